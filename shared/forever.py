"""Runs the background parts of a process, and restarts a part that ends.

If a part ends for any reason, by an error, a cancellation or a return, it is restarted after a
second.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from shared.logging import get_logger
from shared.metrics import PARTS_RESTARTED

log = get_logger("forever")

PAUSE_SECONDS = 1.0

T = TypeVar("T")

Part = Callable[[], Awaitable[None]]
"""A function that starts the work of a part each time it is called."""


@asynccontextmanager
async def running(service: str, parts: Mapping[str, Part]) -> AsyncIterator[None]:
    """Run the named parts during the block. At its end, cancel them and wait until they have
    ended."""
    kept = [_Kept(service, name, part) for name, part in parts.items()]
    for one in kept:
        one.start()
    try:
        yield
    finally:
        await asyncio.gather(*(one.stop() for one in kept))


async def uncut(work: Coroutine[Any, Any, T], *, seconds: float) -> T:
    """Await work that must not be interrupted halfway when the process stops, such as taking a
    lease and using it.

    A cancellation is raised once the work has ended, or after `seconds`; then the work is
    cancelled.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=seconds)
        task.cancel()
        raise


class _Kept:
    def __init__(self, service: str, name: str, part: Part) -> None:
        self._name = name
        self._part = part
        self._restarted = PARTS_RESTARTED.labels(service, name)
        self._task: asyncio.Task[None] | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._stopping = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self._name)
        # A loop around the work would not restart a task that is cancelled before its first step.
        self._task.add_done_callback(self._ended)

    async def stop(self) -> None:
        self._stopping = True
        if self._pause is not None:
            self._pause.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        await self._part()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if self._stopping:
            return
        how = "cancelled" if task.cancelled() else repr(error) if error else "returned"
        log.critical("a part of the process ended", part=self._name, error=how, exc_info=error)
        self._restarted.inc()
        self._pause = asyncio.get_running_loop().call_later(PAUSE_SECONDS, self.start)
