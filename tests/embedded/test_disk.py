"""A file that cannot be written, as on a full disk, does not end the supervision of a part."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.product import Product, running


async def back(product: Product) -> None:
    async with asyncio.timeout(30):
        while (await product.browser().get("/api/membership/me")).status != 401:
            await asyncio.sleep(0.1)


async def test_a_part_is_kept_while_run_json_cannot_be_written(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state") as product:
        in_the_way = product.state / "run.json.new"
        in_the_way.mkdir()
        first = product.pid("membership-api")
        os.kill(first, signal.SIGKILL)
        await asyncio.sleep(1)
        await back(product)
        assert product.pid("membership-api") == first, "the file is unchanged"
        assert "run.json could not be written: Is a directory" in product.output.read_text()
        in_the_way.rmdir()
        await product.replaced("membership-api", first)
        await product.kill("membership-api")
        await back(product)


async def test_a_part_whose_log_cannot_be_written_is_restarted_once_it_can(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        log = product.state / "logs" / "caddy.log"
        log.unlink()
        log.mkdir()
        pid = product.pid("caddy")
        os.kill(pid, signal.SIGKILL)
        async with asyncio.timeout(10):
            while "caddy ended ([Errno 21] Is a directory" not in product.output.read_text():
                await asyncio.sleep(0.1)
        log.rmdir()
        await product.replaced("caddy", pid)
        await back(product)


async def test_a_secret_that_cannot_be_written_is_a_startup_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "state" / "secrets" / "address-key.new"
    in_the_way.mkdir(parents=True)
    product = Product(tmp_path / "state")
    with pytest.raises(AssertionError) as ended:
        await product.start()
    assert "Traceback" not in str(ended.value)
    assert f"zaiseki: {in_the_way}: Is a directory." in str(ended.value)
