"""Tells the relay in the worker process that something was committed: one NOTIFY for many commits.

A NOTIFY inside each transaction would put the commits in a row (two fifths fewer a second), so it
goes out afterwards, at most one each 5 ms. One that is lost costs a second: the relay also sweeps.
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
        """Something was committed."""
        self._rung.set()

    async def run(self, db: Database) -> None:
        """Pass rings on, for ever."""
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                async with db.connection() as connection:
                    await connection.execute("select pg_notify($1, '')", self._channel)
            except Exception as error:
                log.warning("the relay was not woken", error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)
