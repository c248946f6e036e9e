"""Business time: an SQL function in each schema, and the same time in Python for tokens.

`clock_now()` is `now()` plus an offset that is used only in a run with `TRIAL_CLOCK=on`. Delivery
(leases, pauses, ids of messages) uses the real clock.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from shared import forever
from shared.db import Connection, Database
from shared.logging import get_logger

log = get_logger("clock")


async def now(connection: Connection) -> datetime:
    """The time of the current transaction."""
    moment: datetime = await connection.fetchval("select clock_now()")
    return moment


async def advance(connection: Connection, step: timedelta) -> timedelta:
    """Move business time forward in one schema, and return how far ahead it is."""
    ahead: timedelta = await connection.fetchval(
        "update clock set ahead = ahead + $1::interval returning ahead", step
    )
    return ahead


class Clock:
    """The time for uses without the database, such as the `exp` of a JWT.

    In a run with a trial clock `follow` keeps the offset within a second of the schema's.
    """

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC) + self._offset

    @asynccontextmanager
    async def following(self, service: str, db: Database, *, trial: bool) -> AsyncIterator[None]:
        """Follow the schema's offset during the block, if there is a trial clock.

        It is read before the block begins, because a command ends within the first second.
        """
        if trial:
            await self.refresh(db)
        parts = {"trial_clock": partial(self.follow, db)} if trial else {}
        async with forever.running(service, parts):
            yield

    async def follow(self, db: Database) -> None:
        """Read the offset once a second, without end."""
        while True:
            try:
                await self.refresh(db)
            except Exception as error:
                log.warning("the trial clock was not read", error=repr(error))
            await asyncio.sleep(1)

    async def refresh(self, db: Database) -> None:
        """Read the offset once."""
        async with db.connection() as connection:
            self._offset = await connection.fetchval("select clock_now() - now()")
