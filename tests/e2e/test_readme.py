"""The README's walk, run by a shell as it stands."""

import asyncio
import re
import subprocess

from tests.product import ROOT, Product

BLOCK = re.compile(r"^```sh walk\n(.*?)^```$", re.MULTILINE | re.DOTALL)


async def test_the_walk_of_the_readme_does_the_main_job(product: Product) -> None:
    script = "set -eu\n" + "".join(BLOCK.findall((ROOT / "README.md").read_text()))
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-c", script],
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "ORIGIN": product.origin,
            "MAILBOX": product.run["mailbox"],
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    assert '"status":"approved"' in lines[1]
    assert lines[2] == '{"next":"presence_check"}'
    assert '"state":"pending"' in lines[3]
    assert lines[4] == '{"next":"done"}'
    assert "taro.yamada@yamato-shoji.example" in lines[5]
    assert '"role":"owner"' in lines[6]
    assert '"seats":{"used":1,"limit":10' in lines[7]
    assert "taro.yamada@yamato-shoji.example" in lines[8]
    assert '"state":"open"' in lines[9]
    assert '"status":"approved"' in lines[10]
    assert '"found":1' in lines[11]
    assert '"state":"suspended"' in lines[12]
    assert '"action":"suspended"' in lines[13]
    assert '"kind":"held"' in lines[14]
    assert "sign_in_required" in lines[-1], "old sessions are dead"
