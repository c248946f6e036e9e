"""Makes attempts meet between a look and an act, as a race without its lock would."""

import asyncio
from contextlib import suppress


class Meeting:
    """Holds each task that comes until `parties` of them have come, or 5 seconds have passed."""

    def __init__(self, parties: int = 2) -> None:
        self._parties = parties
        self._here: set[object] = set()
        self._complete = asyncio.Event()

    async def wait(self) -> None:
        """Come, and go on when all are there."""
        self._here.add(asyncio.current_task())
        if len(self._here) >= self._parties:
            self._complete.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._complete.wait(), timeout=5)
