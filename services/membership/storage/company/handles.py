"""The table `handles`: the short names of operators on the command line."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.crypto import new_id
from shared.db import Connection


async def add(connection: Connection, handle: str, *, at: datetime) -> UUID:
    """The id of a handle, which is created at its first use."""
    await connection.execute(
        "insert into handles (id, handle, created_at) values ($1, $2, $3) on conflict do nothing",
        new_id(),
        handle,
        at,
    )
    id: UUID = await connection.fetchval("select id from handles where handle = $1", handle)
    return id


async def list_all(connection: Connection) -> list[tuple[UUID, str, datetime]]:
    """Each id with its handle and the time of its first use, ordered by handle."""
    rows = await connection.fetch("select id, handle, created_at from handles order by handle")
    return [(row["id"], row["handle"], row["created_at"]) for row in rows]


async def list_known(connection: Connection, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the ids that are operators'."""
    rows = await connection.fetch("select id from handles where id = any($1)", list(ids))
    return frozenset(row["id"] for row in rows)
