"""Asks a process for its health, over and over, and says when it has been silent for too long.

A loop that stands still does not answer, and a process that answers may say that it does not work.
"""

import asyncio
import contextlib

INTERVAL_SECONDS = 3.0
ANSWER_SECONDS = 3.0
MOST_MISSED = 4
"""In a row: a busy machine may miss one. All of them take 24 s at the most."""

_QUESTION = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def until_unwell(path: str) -> None:
    """Watch the process that answers on this Unix socket; returns when it has to be replaced."""
    missed = 0
    while missed < MOST_MISSED:
        await asyncio.sleep(INTERVAL_SECONDS)
        missed = 0 if await _is_live(path) else missed + 1


async def _is_live(path: str) -> bool:
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                writer.write(_QUESTION)
                return (await reader.readline()).split()[1:2] == [b"200"]
            finally:
                writer.close()
    return False
