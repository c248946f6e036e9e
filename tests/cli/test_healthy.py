"""`zaiseki healthy` with a server that is ready, one that is not, and none."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from tests.product import ROOT

READY = web.AppKey("ready", asyncio.Event)
IMPORTED = """
import sys
from cli.main import main
main()
print(*{name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names))
"""


async def ask(*arguments: str) -> tuple[int, str]:
    """The exit code, and stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "cli", "healthy", *arguments),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    said = (await process.communicate())[1].decode()
    assert process.returncode is not None
    return process.returncode, said


@pytest_asyncio.fixture
async def runner() -> AsyncIterator[web.AppRunner]:
    """A process that is ready once its event is set."""
    ready = asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=200 if ready.is_set() else 503)

    app = web.Application()
    app.add_routes([web.get("/health/ready", answer)])
    app[READY] = ready
    started = web.AppRunner(app)
    await started.setup()
    yield started
    await started.cleanup()


async def test_a_server_on_a_port_is_healthy_once_it_is_ready(runner: web.AppRunner) -> None:
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    address = f"{host}:{port}"
    assert await ask(address) == (
        1,
        f"{address} is not ready: HTTP/1.0 503 Service Unavailable\n",
    )
    runner.app[READY].set()
    assert await ask(address) == (0, "")


async def test_a_server_on_a_socket_is_healthy_once_it_is_ready(
    runner: web.AppRunner, tmp_path: Path
) -> None:
    path = tmp_path / "api.sock"
    await web.UnixSite(runner, path).start()
    assert (await ask(f"unix:{path}"))[0] == 1
    runner.app[READY].set()
    assert await ask(f"unix:{path}") == (0, "")


async def test_a_missing_server_is_not_healthy(tmp_path: Path) -> None:
    code, said = await ask(f"unix:{tmp_path / 'none.sock'}")
    assert code == 1
    assert "No such file" in said
    assert "Traceback" not in said


async def test_a_server_of_another_protocol_is_not_healthy() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.vendor.test ESMTP 200\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        assert (await ask(f"{host}:{port}"))[0] == 1


@pytest.mark.parametrize("arguments", [(), ("8081",), ("a:1", "b:2")])
async def test_wrong_arguments_are_answered_with_the_usage(arguments: tuple[str, ...]) -> None:
    code, said = await ask(*arguments)
    assert code == 2
    assert said.startswith("usage: zaiseki healthy ADDRESS")


def test_the_command_imports_only_the_standard_library() -> None:
    """It runs every few seconds in each container; the product takes seconds to import."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", IMPORTED, "healthy", "127.0.0.1:1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == {"__main__", "cli"}
