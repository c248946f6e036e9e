"""One service's database for a command that needs nothing else of the service."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from shared.db import Database

T = TypeVar("T")


def use(service: str, work: "Callable[[Database], Awaitable[T]]") -> T:
    """Do something with the database of a service, whose schema has to be of this release.

    Raises:
        Refusal, Refused: None is given, none can be reached, or the schema does not fit.
    """
    from cli.database import dsn
    from shared import schema
    from shared.db import open_database

    async def run() -> T:
        await schema.require(service, dsn(service))
        async with open_database(dsn(service), schema=service) as db:
            return await work(db)

    return asyncio.run(run())
