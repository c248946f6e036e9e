"""R23: the supervisor replaces a process that hangs, and no other one."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from tests.embedded.test_run import alive
from tests.product import PROCESSES, ROOT, Product, running

REPLACED_WITHIN = 30.0
"""Seconds. Not a measurement: what the product promises."""


@contextmanager
def frozen_thread(pid: int, name: str | None) -> Iterator[None]:
    """Freeze one thread of a process, as in a call that never returns."""
    command = [sys.executable, "-m", "tests.embedded.freezing", str(pid), *([name] if name else [])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as tracer:
        assert tracer.stdout
        assert tracer.stdout.readline() == "frozen\n"
        try:
            yield
        finally:
            tracer.kill()


async def replaced(product: Product, name: str, pid: int) -> None:
    await product.replaced(name, pid, REPLACED_WITHIN)
    assert not alive(pid)


async def test_r23_a_worker_whose_loop_hangs_is_replaced_and_works_again(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state") as product:
        pid, other = product.pid("auth-worker"), product.pid("notifier-worker")
        with frozen_thread(pid, "loop"):
            await replaced(product, "auth-worker", pid)
        assert product.pid("notifier-worker") == other
        assert "auth-worker fails its health checks" in product.output.read_text()
        log = (product.state / "logs" / "auth-worker.log").read_text()
        assert "Fatal Python error: Aborted" in log, "its log has the stack of each thread"
        asked = await product.browser().post("/api/auth/password-reset", {"email": "a@b.example"})
        assert asked.status == 202
        async with asyncio.timeout(10):
            while (
                product.query("select count(*) from auth.outbox where confirmed_at is null") != "0"
            ):
                await asyncio.sleep(0.1)


async def test_r23_an_api_process_that_hangs_is_replaced(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        pid = product.pid("membership-api")
        os.kill(pid, signal.SIGSTOP)
        await replaced(product, "membership-api", pid)
        assert (await product.browser().get("/api/membership/me")).status == 401


async def test_every_process_of_a_service_names_its_health_address(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as product:
        places = {part["name"]: part["health"] for part in product.run["processes"]}
        watched = {name: path for name, path in places.items() if path}
        assert sorted(watched) == PROCESSES
        for path in watched.values():
            connector = aiohttp.UnixConnector(path)
            async with aiohttp.ClientSession("http://process", connector=connector) as session:
                for question in ("/health/live", "/health/ready"):
                    async with session.get(question) as response:
                        assert (await response.json())["status"] == "pass"
