"""The times of presence checks' mails, for the hourly limit."""

from datetime import datetime
from uuid import UUID

from shared.crypto import new_id
from shared.db import Connection


async def add(connection: Connection, check_id: UUID, member_id: UUID) -> None:
    """A mail is sent now."""
    await connection.execute(
        "insert into presence_mails (id, check_id, member_id) values ($1, $2, $3)",
        new_id(),
        check_id,
        member_id,
    )


async def list_last_hour(
    connection: Connection, member_id: UUID, *, new_browsers: bool = False
) -> list[datetime]:
    """When this member's mails of the last hour went, oldest first; or those for new browsers."""
    rows = await connection.fetch(
        """
        select sent_at
        from presence_mails join presence_checks on presence_checks.id = presence_mails.check_id
        where presence_mails.member_id = $1 and sent_at > clock_now() - interval '1 hour'
          and not ($2 and known_browser)
        order by sent_at
        """,
        member_id,
        new_browsers,
    )
    return [row["sent_at"] for row in rows]


async def find_last(connection: Connection, check_id: UUID) -> datetime | None:
    """When the last mail of a check went."""
    sent_at: datetime | None = await connection.fetchval(
        "select max(sent_at) from presence_mails where check_id = $1", check_id
    )
    return sent_at


async def clear(connection: Connection, member_id: UUID) -> None:
    """Delete a member's mails from the count, after a reset."""
    await connection.execute("delete from presence_mails where member_id = $1", member_id)


async def purge(connection: Connection) -> None:
    """Delete mails that the limit no longer counts."""
    await connection.execute(
        "delete from presence_mails where sent_at < clock_now() - interval '1 day'"
    )
