"""The event loop's clock, stopped: a pause of the code under test ends when the test says so."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class LoopClock:
    """What is ready runs as usual; `asyncio.sleep` and `asyncio.timeout` wait for `advance`."""

    def __init__(self, now: float) -> None:
        self._now = now

    def time(self) -> float:
        return self._now

    async def advance(self, seconds: float) -> None:
        """Let what is ready run, then let so much time pass, and run what waited for it."""
        await self.settle()
        self._now += seconds
        await self.settle()

    async def settle(self) -> None:
        """Let everything run that needs neither time nor input."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait for input, for example from a database, while the clock stands still."""
        given_up = time.monotonic() + 30
        while not reached():
            assert time.monotonic() < given_up
            await asyncio.sleep(0)


@contextmanager
def stopped_clock() -> Iterator[LoopClock]:
    """Stop the running loop's clock."""
    loop = asyncio.get_running_loop()
    clock = LoopClock(loop.time())
    loop.time = clock.time  # type: ignore[method-assign]
    try:
        yield clock
    finally:
        del loop.time
