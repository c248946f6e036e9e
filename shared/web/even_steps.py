"""Answers at even steps of time, so that the time of the work does not show (ASVS-6.3.8).

What a handler does for a customer or address that exists may take some tenths of a millisecond more
than for one that does not. Its answer therefore leaves at the next multiple of `STEP`.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

STEP = 0.1
"""Seconds; several times what the slowest of the work takes, and less than a person notices."""

T = TypeVar("T")


async def at_even_steps(work: Awaitable[T]) -> T:
    """What the work gives or raises, at the next multiple of `STEP` since its beginning."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        return await work
    finally:
        await asyncio.sleep(rest_of_step(loop.time() - began))


def rest_of_step(elapsed: float) -> float:
    """The seconds from `elapsed` seconds to the next multiple of `STEP`."""
    return -elapsed % STEP
