"""A process serves until SIGTERM, and reports when it is ready."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from shared.readiness import notify_ready

SERVICE = """
import asyncio, sys
from contextlib import asynccontextmanager
from pathlib import Path
from aiohttp import web
from shared.health import Health
from shared.web.application import HEALTH
from shared.web.server import serve

async def slow(request):
    print("asked", flush=True)
    while not Path(sys.argv[2]).exists():
        await asyncio.sleep(0.01)
    return web.Response(text="slow")

async def shut_down(app):
    print("shut down", flush=True)

@asynccontextmanager
async def make():
    app = web.Application()
    app[HEALTH] = Health("slow", ready=())
    app.router.add_get("/slow", slow)
    app.on_shutdown.append(shut_down)
    try:
        yield app
    finally:
        print("closed", flush=True)

serve(make, sys.argv[1])
"""


def start(listen: str, notify: Path, go_on: Path) -> subprocess.Popen[str]:
    """A service that answers when the file `go_on` is there."""
    return subprocess.Popen(
        [sys.executable, "-c", SERVICE, listen, str(go_on)],
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


async def until_refused(path: str) -> None:
    """Connect again and again until a connection is refused, while a request is being served."""
    while True:
        _, writer = await asyncio.open_unix_connection(path)
        writer.close()
        await asyncio.sleep(0.01)


async def test_after_sigterm_it_finishes_requests_and_accepts_no_connection(
    tmp_path: Path, ready: socket.socket
) -> None:
    path, go_on = str(tmp_path / "s"), tmp_path / "go-on"
    with start(f"unix:{path}", tmp_path / "ready", go_on) as process, ready:
        assert process.stdout is not None
        assert await asyncio.to_thread(ready.recv, 100) == b"READY=1"
        asking = asyncio.create_task(ask(path))
        assert await asyncio.to_thread(process.stdout.readline) == "asked\n"
        process.send_signal(signal.SIGTERM)
        with pytest.raises(OSError):  # noqa: PT011 - refused, or the socket is gone already
            await until_refused(path)
        assert await asyncio.to_thread(process.stdout.readline) == "shut down\n"
        go_on.touch()
        assert (await asking).endswith(b"slow")
        assert await asyncio.to_thread(process.wait, 10) == 0
        assert process.stdout.read() == "closed\n"


def test_readiness_is_reported_to_the_supervisors_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready: socket.socket
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify_ready()
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "ready"))
    notify_ready()
    with ready:
        assert ready.recv(100) == b"READY=1"


def test_readiness_is_reported_to_an_abstract_socket_too(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"zaiseki-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        notify_ready()
        assert listening.recv(100) == b"READY=1"
