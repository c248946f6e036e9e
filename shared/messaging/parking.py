"""Rows of the outbox that wait for an operator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.db import Connection
from shared.messaging.outbox import SENT_FOR


async def park(connection: Connection, id: UUID, failure: str) -> None:
    """Keep a row from being published until an operator has looked at it."""
    await connection.execute(
        "update outbox set parked_at = now(), failure = $2 where id = $1", id, failure
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that waits for an operator, as it may be shown."""

    id: UUID
    name: str
    parked_at: datetime
    failure: str


async def list_parked(connection: Connection) -> list[Parked]:
    """The rows that wait for an operator, oldest first."""
    rows = await connection.fetch(
        """
        select id, name, parked_at, failure from outbox
        where parked_at is not null order by parked_at limit 1000
        """
    )
    return [Parked(**row) for row in rows]


async def release(connection: Connection, id: UUID) -> bool:
    """Send a parked row again, with its failures forgotten; whether there was one.

    Only until it is 25 days old: a reader refuses what is older than its inbox remembers.
    """
    released = await connection.fetchval(
        f"""
        update outbox set parked_at = null, failures = 0, due_at = now()
        where id = $1 and parked_at is not null and created_at > now() - {SENT_FOR}
        returning id
        """,
        id,
    )
    return released is not None
