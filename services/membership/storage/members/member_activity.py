"""The table `members`: activity in auth, which may arrive late and in any order."""

from datetime import datetime
from uuid import UUID

from shared.db import Connection


async def update_last_use(connection: Connection, id: UUID, at: datetime) -> None:
    """Record a use at this time; an older one changes nothing."""
    await connection.execute(
        "update members set last_used_at = greatest(last_used_at, $2) where id = $1", id, at
    )


async def update_password_set(connection: Connection, id: UUID, at: datetime) -> None:
    """Record that the first password was set at this time or earlier."""
    await connection.execute(
        "update members set password_set_at = least(password_set_at, $2) where id = $1", id, at
    )


async def update_presence_passed(connection: Connection, id: UUID, at: datetime) -> None:
    """Record a passed presence check; earlier misses do not count any more."""
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
    """Record a missed presence check, if none was passed since; the last `keep` are kept."""
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
