"""Browsers that have signed in fully once. Their token changes at each full sign-in."""

from datetime import timedelta
from uuid import UUID

from shared.crypto import new_id
from shared.db import Connection


async def find(connection: Connection, token_sha256: bytes, email_key: str) -> UUID | None:
    """The device with this token, if it is known for the account with this address."""
    found: UUID | None = await connection.fetchval(
        """
        select devices.id from devices join accounts on accounts.member_id = devices.member_id
        where token_sha256 = $1 and email_key = $2 and expires_at > clock_now()
        """,
        token_sha256,
        email_key,
    )
    return found


async def is_known(connection: Connection, device_id: UUID, member_id: UUID) -> bool:
    """Whether a device that was found before is still known for this member."""
    known: bool = await connection.fetchval(
        """
        select exists (
            select from devices where id = $1 and member_id = $2 and expires_at > clock_now()
        )
        """,
        device_id,
        member_id,
    )
    return known


async def purge_member(connection: Connection, member_id: UUID) -> None:
    """Forget all known browsers of this member."""
    await connection.execute("delete from devices where member_id = $1", member_id)


async def purge_every(connection: Connection) -> None:
    """Forget all known browsers of all members."""
    await connection.execute("delete from devices")


async def remember(
    connection: Connection,
    member_id: UUID,
    *,
    old_sha256: bytes,
    new_sha256: bytes,
    lives: timedelta,
) -> None:
    """Give the browser a new token, for every member that it is known for, and for this one."""
    await connection.execute(
        "update devices set token_sha256 = $2 where token_sha256 = $1", old_sha256, new_sha256
    )
    await connection.execute(
        """
        insert into devices (id, member_id, token_sha256, expires_at)
        values ($1, $2, $3, clock_now() + $4::interval)
        on conflict (token_sha256, member_id)
            do update set last_used_at = clock_now(), expires_at = excluded.expires_at
        """,
        new_id(), member_id, new_sha256, lives,
    )  # fmt: skip


async def purge(connection: Connection) -> None:
    """Forget devices that have expired."""
    await connection.execute("delete from devices where expires_at < clock_now()")
