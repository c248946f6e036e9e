"""The table `members`: what auth saw members do. It may come late, and in any order."""

from datetime import datetime
from uuid import UUID

from shared.db import Connection


async def update_last_use(connection: Connection, id: UUID, at: datetime) -> None:
    """The member was there at this moment; an older one changes nothing."""
    await connection.execute(
        "update members set last_used_at = greatest(last_used_at, $2) where id = $1", id, at
    )


async def update_password_set(connection: Connection, id: UUID, at: datetime) -> None:
    """The first password was set at this moment, or earlier."""
    await connection.execute(
        "update members set password_set_at = least(password_set_at, $2) where id = $1", id, at
    )


async def update_presence_passed(connection: Connection, id: UUID, at: datetime) -> None:
    """A presence check was passed; misses from before count no more."""
    await connection.execute(
        """
        update members set
            presence_passed_at = greatest(presence_passed_at, $2),
            presence_missed_at = array(select m from unnest(presence_missed_at) as m where m > $2)
        where id = $1
        """,
        id,
        at,
    )


async def add_presence_missed(connection: Connection, id: UUID, at: datetime, *, keep: int) -> None:
    """A presence check was missed; it counts if none was passed since. The last `keep` are kept."""
    await connection.execute(
        """
        update members set presence_missed_at = (presence_missed_at || $2::timestamptz)[
            greatest(1, cardinality(presence_missed_at) + 2 - $3):]
        where id = $1 and (presence_passed_at is null or presence_passed_at < $2)
        """,
        id,
        at,
        keep,
    )
