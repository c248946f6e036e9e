"""Mails that are held back after a restore, until an administrator releases or drops them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from services.notifier.domain import Held
from shared.db import Connection

_WAITS = "state in ('queued', 'sending', 'key_missing')"


async def update_held(connection: Connection, before: UUID) -> int:
    """Hold waiting mails, and later ones with an earlier id; returns how many wait now.

    No process may be sending: the lease of a mail that was being sent at the backup is invalid.
    """
    await connection.execute(
        """
        insert into mail_hold (held_before) values ($1)
        on conflict (only_row) do update set held_before = excluded.held_before
        """,
        before,
    )
    held = await connection.fetch(f"update mails set held = true where {_WAITS} returning id")
    return len(held)


async def list_all(connection: Connection) -> Sequence[Held]:
    """The held mails that may still be sent, the oldest first."""
    rows = await connection.fetch(
        f"""
        select id, template, to_address, state, created_at, expires_at from mails
        where held and {_WAITS} and expires_at > clock_now() order by id
        """
    )
    return [Held(**row) for row in rows]


async def update_released(connection: Connection, ids: Collection[UUID] | None) -> int:
    """Release these mails, or with None all held ones; returns how many."""
    released = await connection.fetch(
        """
        update mails set held = false, due_at = now()
        where held and ($1::uuid[] is null or id = any($1)) returning id
        """,
        None if ids is None else list(ids),
    )
    return len(released)


async def update_dropped(connection: Connection, ids: Collection[UUID] | None) -> int:
    """Drop these mails, or with None all held ones, and erase them; returns how many."""
    dropped = await connection.fetch(
        f"""
        update mails set state = 'expired', held = false, sealed_params = null,
            settled_at = clock_now()
        where held and {_WAITS} and ($1::uuid[] is null or id = any($1)) returning id
        """,
        None if ids is None else list(ids),
    )
    return len(dropped)
