"""Listens for NOTIFY on a separate connection, without end. Notifications are only hints."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg

from shared.logging import get_logger

log = get_logger("listening")

PAUSE_SECONDS = 0.5

LOOK_SECONDS = 5.0
ANSWER_SECONDS = 3.0
"""How often the connection is checked, and how soon it has to answer.

A failed machine or network sends nothing: without checks, a listener that receives no notifications
would go unnoticed for hours, and each handler would wait for its full limit.
"""


def channel(service: str) -> str:
    """The channel on which a commit of this service is announced."""
    return f"outbox_{service}"


def confirmed_channel(service: str) -> str:
    """The channel on which the subjects of confirmed rows are announced."""
    return f"confirmed_{service}"


async def listen(
    dsn: str, channel: str, *, heard: Callable[[str], None], connected: Callable[[], None]
) -> None:
    """Call `heard` with each payload, and `connected` when notifications may have been missed."""
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
        while not await _lost_within(LOOK_SECONDS, lost):
            await connection.execute("select", timeout=ANSWER_SECONDS)
    finally:
        connection.terminate()


async def _lost_within(seconds: float, lost: asyncio.Event) -> bool:
    # Not `wait_for`: in Python 3.11 it swallows a cancellation that meets the event.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await lost.wait()
    return lost.is_set()
