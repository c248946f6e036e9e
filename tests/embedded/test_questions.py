"""Which answers count as healthy: a busy part's do, silence and errors do not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from embedded import questions, watch
from embedded.postgres import SOCKET
from tests.servers import Servers


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "INTERVAL_SECONDS", 0.01)
    monkeypatch.setattr(watch, "ANSWER_SECONDS", 0.05)


@asynccontextmanager
async def answering(place: Path, text: bytes) -> AsyncIterator[Path]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(text)
        await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(answer, place)
    async with server:
        yield place


async def hangs() -> bool:
    await asyncio.Event().wait()
    return True


async def fails() -> bool:
    raise ValueError("nonsense")


async def says_no() -> bool:
    return False


@pytest.mark.parametrize("ask", [hangs, fails, says_no])
async def test_a_part_without_an_answer_four_times_has_to_be_replaced(
    ask: Callable[[], Awaitable[bool]],
) -> None:
    async with asyncio.timeout(5):
        await watch.until_unwell(ask)


async def test_after_the_machine_slept_no_part_counts_as_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The supervisor was suspended too: every round took longer than a question may."""
    asked, now = 0, 0.0
    awake = asyncio.Event()

    def sleeping() -> float:
        nonlocal now
        now += 0 if awake.is_set() else 3600
        return now

    async def ask() -> bool:
        nonlocal asked
        asked += 1
        if asked == 2 * watch.MOST_MISSED:
            awake.set()
        return False

    monkeypatch.setattr(watch, "_now", sleeping)
    async with asyncio.timeout(5):
        await watch.until_unwell(ask)
    assert asked == 3 * watch.MOST_MISSED - 1, "only answers missed while awake count"


@pytest.mark.parametrize(
    ("answer", "alive"),
    [
        (b"+OK\r\n+PONG\r\n", True),
        (b"+OK\r\n-LOADING Valkey is loading the dataset in memory\r\n", True),
        (b"+OK\r\n-BUSY Valkey is busy running a script\r\n", True),
        (b"+OK\r\n-MISCONF Errors writing to the AOF file: No space left on device\r\n", True),
        (
            b"-WRONGPASS invalid username-password pair\r\n-NOAUTH Authentication required.\r\n",
            False,
        ),
        (b"+OK\r\n", False),
        (b"", False),
    ],
)
async def test_a_busy_valkey_is_alive_and_one_that_refuses_the_password_is_not(
    tmp_path: Path, answer: bytes, alive: bool
) -> None:
    async with answering(tmp_path / "s", answer) as place:
        assert await questions.valkey_is_alive(place, "secret") is alive


@pytest.mark.parametrize(
    ("status", "serves", "speaks"),
    [(b"200", True, True), (b"421", False, True), (b"x", False, False)],
)
async def test_a_gateway_is_alive_with_any_status_and_a_process_only_with_200(
    tmp_path: Path, status: bytes, serves: bool, speaks: bool
) -> None:
    async with answering(tmp_path / "s", b"HTTP/1.1 " + status + b" Words\r\n\r\n") as place:
        assert await questions.http(place, "/health/live") is serves
        assert await questions.speaks_http(place) is speaks


async def test_a_postgres_without_free_connections_is_alive(servers: Servers) -> None:
    place = servers.directory / SOCKET
    held = [await asyncio.open_unix_connection(place) for _ in range(210)]
    try:
        assert await questions.postgres(place)
    finally:
        for _, writer in held:
            writer.close()
