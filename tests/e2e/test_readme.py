"""The README's walk, run by a shell as it is written; its other commands exist."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from cli.main import LIGHT
from tests.e2e.test_main_job import import_customer, pass_check
from tests.product import ASKED_AT_EVERY_SIGN_IN, ROOT, Product, running

README = (ROOT / "README.md").read_text()
MAIN = (ROOT / "cli" / "main.py").read_text()
BLOCK = re.compile(r"^```sh walk\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest_asyncio.fixture(scope="module")
async def trial(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """A run with nothing but the sample customers: the walk reads the newest mail, and the demo
    wants no others. The tests of this file use it one after another."""
    state = tmp_path_factory.mktemp("trial") / "state"
    async with running(state, **ASKED_AT_EVERY_SIGN_IN) as product:
        yield product


async def test_the_walk_of_the_readme_does_the_main_job(trial: Product) -> None:
    script = "set -eu\n" + "".join(BLOCK.findall(README))
    script = script.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    done = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-c", script],
        env={
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "ORIGIN": trial.origin,
            "MAILBOX": trial.run["mailbox"],
            "LANG": "C.UTF-8",
            "STATE_DIR": str(trial.state),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
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
    end = next(number for number, line in enumerate(lines) if "sign_in_required" in line)
    assert end > 14, "old sessions have ended"
    said = "\n".join(lines[end + 1 :])
    assert "(dry run: nothing was changed)" in said
    assert said.count("t***@yamato-shoji.example") == 1
    assert said.count("taro.yamada@yamato-shoji.example") == 1
    for told in ("active", "suspended", "closed"):
        assert f"The account is {told}" in said
    assert "The limit is 20 until the end of 2099-03-31." in said
    assert '"handle": "sato"' in said
    assert lines[-1].endswith(" entries, 0 breaks.")


async def test_the_demo_fills_a_company_and_can_be_removed(trial: Product, tmp_path: Path) -> None:
    made = await asyncio.to_thread(trial.command, "demo", "--json")
    assert made.returncode == 0, made.stderr
    demo = json.loads(made.stdout)
    assert demo["password"] not in trial.logs() + trial.dump_database() + trial.dump_broker()
    owner = trial.browser()
    await pass_check(trial, owner, demo["email"], demo["password"], count=2)
    members = (await owner.get("/api/membership/company/members")).body["items"]
    assert sorted(one["state"] for one in members) == ["active"] * 8 + ["suspended"] * 2
    assert {one["role"] for one in members} == {"owner", "admin", "staff"}
    invited = (await owner.get("/api/membership/company/invitations")).body["items"]
    assert len([one for one in invited if one["state"] == "open"]) == 3, "one of them is a move"
    waiting = (await owner.get("/api/membership/company/approvals")).body["items"]
    assert sorted(one["reasons"] for one in waiting) == [
        ["personal_address"], ["personal_address", "probable_double"],
    ]  # fmt: skip

    refused = await asyncio.to_thread(trial.command, "demo")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--remove" in refused.stderr
    removed = await asyncio.to_thread(trial.command, "demo", "--remove", "--json")
    assert json.loads(removed.stdout) == {"code": "A-1004", "accounts": 10}, removed.stderr
    assert (await owner.get("/api/auth/session")).status == 401

    import_customer(trial, tmp_path, "R-1", "real.example")
    refused = await asyncio.to_thread(trial.command, "demo", "--remove")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "besides the samples" in refused.stderr


def test_each_command_of_the_readme_exists() -> None:
    """In blocks it is written as it can be typed after `make run`: with the path of its folder."""
    fenced = "\n".join(re.findall(r"^```.*?\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))
    assert not re.findall(r"^zaiseki ", fenced, re.MULTILINE)
    named = set(re.findall(r"\.venv/bin/zaiseki ([a-z]+)(?: ([a-z]+))?", README))
    assert len(named) > 12
    for command, below in named:
        assert command in LIGHT or f'name="{command}"' in MAIN, command
        source = ROOT / "cli" / f"{command}.py"
        text = source.read_text() if source.exists() else ""
        if below and "typer.Typer(" in text:
            assert re.search(rf'command\("{below}"\)|def {below}\(', text), below
