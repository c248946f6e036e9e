"""Accepts each message once: its inbox row and its effect commit together, before the receipt."""

from collections.abc import Iterable
from uuid import UUID

from shared.db import Connection


async def add(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Store the ids, and return those that are new."""
    rows = await connection.fetch(
        """
        insert into inbox (id) select unnest($1::uuid[])
        on conflict do nothing returning id
        """,
        sorted(ids),
    )
    return {row["id"] for row in rows}


async def purge(connection: Connection) -> None:
    """Delete ids that are older than any acceptable message, with a margin of a day."""
    await connection.execute("delete from inbox where received_at < now() - interval '31 days'")
