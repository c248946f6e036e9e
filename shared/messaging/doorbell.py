"""Wakes the relay in the worker process after a commit: one NOTIFY for many commits.

A NOTIFY inside each transaction would serialize the commits (two fifths fewer a second), so it is
sent afterwards, at most every 5 ms. A lost one costs a second, because the relay also polls.
"""

import asyncio

from shared.db import Database
from shared.logging import get_logger
from shared.messaging.listening import channel

log = get_logger("doorbell")

PAUSE_SECONDS = 0.005


class Doorbell:
    """One per API process; `ring` is the database's `on_commit`."""

    def __init__(self, service: str) -> None:
        self._channel = channel(service)
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Call this after a commit."""
        self._rung.set()

    async def run(self, db: Database) -> None:
        """Send notifications, without end."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                async with db.connection() as connection:
                    await connection.execute("select pg_notify($1, '')", self._channel)
            except Exception as error:
                log.warning("the relay was not woken", error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)
