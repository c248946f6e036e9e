"""Watches the event loop: how much CPU time of its thread a single step takes.

Time taken by other processes does not count, so a busy machine makes no difference.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MOST_SECONDS = 0.05


@dataclass
class Watch:
    """The longest step so far, in seconds of CPU time."""

    longest: float = 0.0

    def take(self) -> float:
        """The longest step since the last call."""
        longest, self.longest = self.longest, 0.0
        return longest


@contextmanager
def watching() -> Iterator[Watch]:
    """Measure each step of the loops of this process, which run in one thread."""
    watch = Watch()
    run = asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        watch.longest = max(watch.longest, time.thread_time() - began)

    asyncio.Handle._run = measured  # type: ignore[method-assign]
    try:
        yield watch
    finally:
        asyncio.Handle._run = run  # type: ignore[method-assign]
