"""Takes messages once: the inbox row and the effect commit together, the receipt comes after."""

from collections.abc import Iterable
from uuid import UUID

from shared.db import Connection


async def add(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Remember the ids; those that were not known yet."""
    rows = await connection.fetch(
        """
        insert into inbox (id) select unnest($1::uuid[])
        on conflict do nothing returning id
        """,
        sorted(ids),
    )
    return {row["id"] for row in rows}


async def purge(connection: Connection) -> None:
    """Forget what is older than any message that is still accepted, with a day to spare."""
    await connection.execute("delete from inbox where received_at < now() - interval '31 days'")
