"""A stopped clock of the event loop: a test decides when pauses of the tested code end."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class LoopClock:
    """Ready callbacks run as usual; `asyncio.sleep` and `asyncio.timeout` wait for `advance`."""

    def __init__(self, now: float) -> None:
        self._now = now

    def time(self) -> float:
        return self._now

    async def advance(self, seconds: float) -> None:
        """Run all ready callbacks, advance the clock, and run the callbacks that are due then."""
        await self.settle()
        self._now += seconds
        await self.settle()

    async def settle(self) -> None:
        """Run all callbacks that need neither time nor input."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait for input, for example from a database, while the clock is stopped."""
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
