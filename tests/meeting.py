"""Makes two attempts meet between a look and an act, as a race without its lock would."""

import asyncio
from contextlib import suppress


class Meeting:
    """Holds each attempt that comes until `parties` have come, or until 5 seconds have passed."""

    def __init__(self, parties: int = 2) -> None:
        self._missing = parties
        self._complete = asyncio.Event()

    async def wait(self) -> None:
        """Come, and go on when all are there."""
        self._missing -= 1
        if self._missing <= 0:
            self._complete.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._complete.wait(), timeout=5)
