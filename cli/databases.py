"""Opens one service's database for a command that needs no other resource of the service."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from shared.db import Database

T = TypeVar("T")


def use(service: str, work: "Callable[[Database], Awaitable[T]]") -> T:
    """Run `work` with the database of a service, whose schema must be of this release. It uses the
    trial clock if the run does.

    Raises:
        Refusal, Refused: No database is given or reachable, or the schema does not fit.
    """
    from cli.database import dsn
    from shared import schema
    from shared.db import open_database

    async def run() -> T:
        await schema.require(service, dsn(service))
        trial = _has_trial_clock()
        async with open_database(dsn(service), schema=service, trial_clock=trial) as db:
            return await work(db)

    return asyncio.run(run())


def now() -> datetime:
    """Business time; membership's database is queried only if there is a trial clock.

    Raises:
        Refusal, Refused: As for `use`.
    """
    from shared.clock import Clock

    async def ask(db: "Database") -> datetime:
        clock = Clock()
        await clock.refresh(db)
        return clock.now()

    return use("membership", ask) if _has_trial_clock() else Clock().now()


def _has_trial_clock() -> bool:
    from cli.database import setting

    return setting("TRIAL_CLOCK") == "on"
