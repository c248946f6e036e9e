"""Checks a part's health repeatedly, and reports when it has failed too often.

A check fails if the part hangs and does not answer, or answers that it does not work.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

INTERVAL_SECONDS = 3.0
ANSWER_SECONDS = 3.0
MOST_MISSED = 4
"""Failures in a row, because a busy machine may miss one. All of them take 24 s at most."""
LATE_SECONDS = 2.0
"""Seconds by which a round may exceed its check; beyond that this process itself was suspended, as
on a sleeping laptop, and the parts only seem late."""

Question = Callable[[], Awaitable[bool]]
"""Whether a part is healthy. It may hang or raise any exception; both count as failures."""


async def until_unwell(ask: Question) -> None:
    """Watch a part, and return when it has to be restarted."""
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
    return time.clock_gettime(time.CLOCK_BOOTTIME)  # it continues while the machine sleeps
