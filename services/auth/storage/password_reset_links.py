"""Links that set a new password: the database keeps their hash only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.crypto import new_id
from shared.db import Connection

_ALIVE = "ended_at is null and expires_at > clock_now()"


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a member: made in the last hour, and alive for long enough to be used."""

    last_hour: int
    sufficing: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link that can be used: the member whose password it sets, and the time when it expires."""

    member_id: UUID
    expires_at: datetime


async def count(connection: Connection, member_id: UUID, suffices: timedelta) -> Links:
    """How many links this member was sent in the last hour, and how many have `suffices` left."""
    row = await connection.fetchrow(
        f"""
        select count(*) filter (where created_at > clock_now() - interval '1 hour') as last_hour,
            count(*) filter (where {_ALIVE} and expires_at > clock_now() + $2::interval)
                as sufficing
        from password_reset_links where member_id = $1
        """,
        member_id,
        suffices,
    )
    assert row is not None
    return Links(**row)


async def add(
    connection: Connection, member_id: UUID, token_sha256: bytes, lives: timedelta, *, keep: int
) -> None:
    """Add a link; of more than `keep` living ones the oldest end."""
    await connection.execute(
        """
        insert into password_reset_links (id, member_id, token_sha256, expires_at)
        values ($1, $2, $3, clock_now() + $4::interval)
        """,
        new_id(), member_id, token_sha256, lives,
    )  # fmt: skip
    await connection.execute(
        f"""
        update password_reset_links set ended_at = clock_now()
        where id in (
            select id from password_reset_links where member_id = $1 and {_ALIVE}
            order by created_at desc, id desc offset $2
        )
        """,
        member_id,
        keep,
    )


async def find(connection: Connection, token_sha256: bytes) -> Link | None:
    """Return the link of this token if it can be used."""
    row = await connection.fetchrow(
        f"""
        select member_id, expires_at from password_reset_links
        where token_sha256 = $1 and {_ALIVE}
        """,
        token_sha256,
    )
    return Link(**row) if row else None


async def consume(connection: Connection, token_sha256: bytes) -> UUID | None:
    """Use a living link up; whose password it sets. Of two at once one gets None."""
    member_id: UUID | None = await connection.fetchval(
        f"""
        update password_reset_links set ended_at = clock_now()
        where token_sha256 = $1 and {_ALIVE} returning member_id
        """,
        token_sha256,
    )
    return member_id


async def end_all(connection: Connection, member_id: UUID) -> None:
    """End all links of a member."""
    await connection.execute(
        """
        update password_reset_links set ended_at = clock_now()
        where member_id = $1 and ended_at is null
        """,
        member_id,
    )


async def end_every(connection: Connection) -> None:
    """End the links of all members."""
    await connection.execute(
        "update password_reset_links set ended_at = clock_now() where ended_at is null"
    )


async def purge(connection: Connection) -> None:
    """Forget links that ended or expired a day ago."""
    await connection.execute(
        "delete from password_reset_links where expires_at < clock_now() - interval '1 day'"
    )
