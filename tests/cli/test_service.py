"""`zaiseki api` and `zaiseki worker`: they report that they are ready, work, and end."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from embedded import keys, mail_key, message_keys
from embedded.readiness import ReadySocket
from tests.conftest import TestDatabase
from tests.product import ROOT


@asynccontextmanager
async def running(*command: str, environment: dict[str, str]) -> AsyncIterator[None]:
    """A process that is ready; at the end it is stopped."""
    ready = ReadySocket(Path(environment["NOTIFY_SOCKET"]))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *("-m", "cli", *command), cwd=ROOT, env=environment
    )
    try:
        async with asyncio.timeout(30):
            await ready.heard(b"READY=1")
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            await ready.heard(b"STOPPING=1")
        assert await process.wait() == 0
        ready.close()


@pytest.fixture
def environment(tmp_path: Path, database: TestDatabase, redis_url: str) -> dict[str, str]:
    """The environment of a process of auth."""
    keys.make_missing(tmp_path)
    message_keys.write_public(tmp_path)
    return {
        "PATH": os.environ["PATH"],
        "NOTIFY_SOCKET": str(tmp_path / "ready"),
        "AUTH_DATABASE_URL": database.dsn("auth"),
        "AUTH_LISTEN": f"unix:{tmp_path / 'api.sock'}",
        "AUTH_WORKER_LISTEN": f"unix:{tmp_path / 'worker.sock'}",
        "REDIS_URL": redis_url,
        "MESSAGE_PUBLIC_KEYS": keys.read_public_keys(tmp_path),
        "AUTH_MESSAGE_KEY": keys.read_keys(tmp_path, keys.message_key("auth")),
        "ADDRESS_KEY": keys.read_keys(tmp_path, keys.ADDRESS_KEY),
        "PRESENCE_KEYS": keys.read_keys(tmp_path, keys.PRESENCE_KEYS),
        "IDENTITY_KEYS_DIR": str(tmp_path / keys.IDENTITY_KEYS),
        "MAIL_PUBLIC_KEY": mail_key.public(tmp_path),
    }


async def test_the_api_of_a_service_answers_and_ends(environment: dict[str, str]) -> None:
    async with (
        running("api", "auth", environment=environment),
        aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(environment["AUTH_LISTEN"].removeprefix("unix:"))
        ) as session,
        session.get("http://localhost/session") as answer,
    ):
        assert answer.status == 401


async def test_the_worker_of_a_service_works_and_ends(
    environment: dict[str, str],
) -> None:
    async with running("worker", "auth", environment=environment):
        pass


@pytest.mark.parametrize("arguments", [("api",), ("worker", "mailbox"), ("api", "auth", "more")])
async def test_an_unknown_service_is_refused(arguments: tuple[str, ...]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *("-m", "cli", *arguments), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    said = (await process.communicate())[1].decode()
    assert process.returncode == 2
    assert said.startswith(f"usage: zaiseki {arguments[0]}")
