"""A process that serves until it is told to stop, and says when it is ready."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shared.readiness import notify_ready

SERVICE = """
import asyncio, sys
from contextlib import asynccontextmanager
from aiohttp import web
from shared.health import Health
from shared.web.application import HEALTH
from shared.web.server import forever, serve

async def slow(request):
    await asyncio.sleep(0.5)
    return web.Response(text="slow")

async def work():
    await asyncio.sleep(float(sys.argv[2]))
    raise RuntimeError("broken work")

@asynccontextmanager
async def make():
    app = web.Application()
    app[HEALTH] = Health("slow", ready=())
    app.router.add_get("/slow", slow)
    task = forever(work())
    try:
        yield app
    finally:
        task.cancel()
        print("closed", flush=True)

serve(make, sys.argv[1])
"""


def start(listen: str, notify: Path, *, work_ends_after: float = 1e9) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVICE, listen, str(work_ends_after)],
        env={**os.environ, "NOTIFY_SOCKET": str(notify)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def ready(tmp_path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.settimeout(10)
    listening.bind(str(tmp_path / "ready"))
    return listening


async def ask(path: str) -> bytes:
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer


async def nobody_answers(path: str) -> None:
    """Knock until nobody opens; the one who is inside is still being served."""
    while True:
        _, writer = await asyncio.open_unix_connection(path)
        writer.close()
        await asyncio.sleep(0.01)


async def test_it_serves_on_a_socket_until_sigterm_finishes_what_it_began_and_takes_nobody_new(
    tmp_path: Path, ready: socket.socket
) -> None:
    path = str(tmp_path / "s")
    with start(f"unix:{path}", tmp_path / "ready") as process, ready:
        assert await asyncio.to_thread(ready.recv, 100) == b"READY=1"
        asking = asyncio.create_task(ask(path))
        await asyncio.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        with pytest.raises(OSError):  # noqa: PT011 - refused, or the socket is gone already
            await nobody_answers(path)
        assert (await asking).endswith(b"slow")
        assert await asyncio.to_thread(process.wait, 10) == 0
        assert process.stdout is not None
        assert process.stdout.read() == "closed\n"


async def test_what_should_run_for_ever_takes_the_process_with_it(
    tmp_path: Path, ready: socket.socket
) -> None:
    """Whoever supervises it starts it again; the reason is in the log."""
    started = time.monotonic()
    listen = "127.0.0.1:0"
    with start(listen, tmp_path / "ready", work_ends_after=0.1) as process, ready:
        output, _ = await asyncio.to_thread(process.communicate, None, 10)
    assert "RuntimeError('broken work')" in output
    assert output.endswith("closed\n")
    assert process.returncode == 0
    assert time.monotonic() - started < 5


def test_readiness_is_told_to_whoever_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready: socket.socket
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify_ready()
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "ready"))
    notify_ready()
    with ready:
        assert ready.recv(100) == b"READY=1"


def test_readiness_knows_abstract_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"zaiseki-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        notify_ready()
        assert listening.recv(100) == b"READY=1"
