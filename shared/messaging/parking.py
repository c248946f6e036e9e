"""Parked rows of the outbox, which wait for an operator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.db import Connection
from shared.messaging.outbox import SENT_FOR


async def park(connection: Connection, id: UUID, failure: str) -> None:
    """Park a row, so that it is not published until an operator releases it."""
    await connection.execute(
        "update outbox set parked_at = now(), failure = $2 where id = $1", id, failure
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked row, with the fields that may be shown."""

    id: UUID
    name: str
    parked_at: datetime
    failure: str


async def list_parked(connection: Connection) -> list[Parked]:
    """The parked rows, oldest first."""
    rows = await connection.fetch(
        """
        select id, name, parked_at, failure from outbox
        where parked_at is not null order by parked_at limit 1000
        """
    )
    return [Parked(**row) for row in rows]


async def release(connection: Connection, id: UUID) -> bool:
    """Send a parked row again and reset its failures; returns whether there was one.

    Possible until it is 25 days old: readers reject messages older than their inbox's retention.
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
