"""The table `handles`: the short names by which the vendor's staff say who acts."""

from datetime import datetime
from uuid import UUID

from shared.crypto import new_id
from shared.db import Connection


async def add(connection: Connection, handle: str, *, at: datetime) -> UUID:
    """The id of a handle; one that was never used gets its id now."""
    await connection.execute(
        "insert into handles (id, handle, created_at) values ($1, $2, $3) on conflict do nothing",
        new_id(),
        handle,
        at,
    )
    id: UUID = await connection.fetchval("select id from handles where handle = $1", handle)
    return id


async def list_all(connection: Connection) -> list[tuple[UUID, str, datetime]]:
    """Each id with its handle and since when it is known, by handle."""
    rows = await connection.fetch("select id, handle, created_at from handles order by handle")
    return [(row["id"], row["handle"], row["created_at"]) for row in rows]
