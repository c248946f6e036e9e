"""Hears NOTIFY on a connection of its own, for ever. What is heard is a hint, never the truth."""

import asyncio
from collections.abc import Callable

import asyncpg

from shared.logging import get_logger

log = get_logger("listening")

PAUSE_SECONDS = 0.5


def channel(service: str) -> str:
    """The channel on which a commit of this service is announced."""
    return f"outbox_{service}"


def confirmed_channel(service: str) -> str:
    """The channel on which the subjects of confirmed rows are announced."""
    return f"confirmed_{service}"


async def listen(
    dsn: str, channel: str, *, heard: Callable[[str], None], connected: Callable[[], None]
) -> None:
    """Call `heard` with each payload, and `connected` whenever something may have been missed."""
    while True:
        try:
            await _listen_once(dsn, channel, heard, connected)
        except Exception as error:
            log.warning("not listening", channel=channel, error=repr(error))
        await asyncio.sleep(PAUSE_SECONDS)


async def _listen_once(
    dsn: str, channel: str, heard: Callable[[str], None], connected: Callable[[], None]
) -> None:
    lost = asyncio.Event()
    connection = await asyncpg.connect(dsn, timeout=3)
    try:
        connection.add_termination_listener(lambda *_: lost.set())
        await connection.add_listener(channel, lambda *arguments: heard(str(arguments[-1])))
        connected()
        await lost.wait()
    finally:
        connection.terminate()
