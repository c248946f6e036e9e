"""Asks a part for its health, over and over, and says when it has been silent for too long.

A part that stands still does not answer, and one that answers may say that it does not work.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

INTERVAL_SECONDS = 3.0
ANSWER_SECONDS = 3.0
MOST_MISSED = 4
"""In a row: a busy machine may miss one. All of them take 24 s at the most."""
LATE_SECONDS = 2.0
"""By which a round takes longer than its question: then this process itself stood still, as in a
laptop that slept, and every part only looks late."""

Question = Callable[[], Awaitable[bool]]
"""Whether a part is well. It may hang, and it may raise anything: neither is an answer."""


async def until_unwell(ask: Question) -> None:
    """Watch a part; returns when it has to be replaced."""
    missed = 0
    while missed < MOST_MISSED:
        began = _now()
        await asyncio.sleep(INTERVAL_SECONDS)
        well = await _is_well(ask)
        late = _now() - began > INTERVAL_SECONDS + ANSWER_SECONDS + LATE_SECONDS
        missed = 0 if well or late else missed + 1


async def _is_well(ask: Question) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await ask()
    except Exception:
        return False


def _now() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)  # it counts on while the machine sleeps
