"""Sends responses at fixed steps of time, so that the duration reveals nothing (ASVS-6.3.8).

A handler may take some tenths of a millisecond longer for an existing customer or address than for
an unknown one. Its response is therefore sent at the next multiple of `STEP`.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

STEP = 0.1
"""Seconds; several times the slowest duration, but too short for people to notice."""

T = TypeVar("T")


async def at_even_steps(work: Awaitable[T]) -> T:
    """The result or exception of the work, at the next multiple of `STEP` since its beginning."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        return await work
    finally:
        await asyncio.sleep(rest_of_step(loop.time() - began))


def rest_of_step(elapsed: float) -> float:
    """The seconds from `elapsed` seconds to the next multiple of `STEP`."""
    return -elapsed % STEP
