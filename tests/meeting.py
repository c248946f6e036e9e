"""Lets attempts meet between a read and a write, as in a race without its lock."""

import asyncio
from contextlib import suppress


class Meeting:
    """Holds each arriving task until `parties` tasks have arrived, or 5 seconds have passed."""

    def __init__(self, parties: int = 2) -> None:
        self._parties = parties
        self._here: set[object] = set()
        self._complete = asyncio.Event()

    async def wait(self) -> None:
        """Arrive, and continue when all have arrived."""
        self._here.add(asyncio.current_task())
        if len(self._here) >= self._parties:
            self._complete.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._complete.wait(), timeout=5)
