"""Parked rows of the outbox: they are not published until an administrator releases them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.db import Connection
from shared.messaging.outbox import SENT_FOR


async def park(connection: Connection, id: UUID, failure: str) -> None:
    """Park a row, with the reason in `failure`."""
    await connection.execute(
        "update outbox set parked_at = now(), failure = $2 where id = $1", id, failure
    )


@dataclass(frozen=True, slots=True)
class Parked:
    """Describes a parked row by the fields that may be shown."""

    id: UUID
    name: str
    parked_at: datetime
    failure: str


async def list_parked(connection: Connection) -> list[Parked]:
    """Return the rows that were parked first, at most 1000."""
    rows = await connection.fetch(
        """
        select id, name, parked_at, failure from outbox
        where parked_at is not null order by parked_at limit 1000
        """
    )
    return [Parked(**row) for row in rows]


async def release(connection: Connection, id: UUID) -> bool:
    """Publish a parked row again, with its count of failures reset. Returns whether this was
    possible.

    The row must be parked and younger than 25 days: readers reject messages that are too old.
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
