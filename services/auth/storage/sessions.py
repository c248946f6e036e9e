"""Sessions. Ending one takes effect at the commit: there is no cache that could be stale."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.auth.domain.accounts import Device, Session
from shared.crypto import new_id
from shared.db import Connection
from shared.web.caller import Stage

_ALIVE = """
    ended_at is null and expires_at > clock_now()
    and (stage = 'presence' or last_used_at > clock_now() - $2::interval)
"""
# A session that waits for its presence check cannot be used, and ends with the check.


async def add(
    connection: Connection,
    *,
    member_id: UUID,
    token_sha256: bytes,
    stage: Stage,
    browser: str,
    network: str,
    lives: timedelta,
) -> UUID:
    """Open a session; its id."""
    session_id = new_id()
    await connection.execute(
        """
        insert into sessions (id, member_id, token_sha256, stage, browser, network, expires_at)
        values ($1, $2, $3, $4, $5, $6, clock_now() + $7::interval)
        """,
        session_id, member_id, token_sha256, stage, browser, network, lives,
    )  # fmt: skip
    return session_id


async def find(connection: Connection, token_sha256: bytes, idle: timedelta) -> Session | None:
    """The active session of a token, if its account is active."""
    row = await connection.fetchrow(
        f"""
        select sessions.id, stage, sessions.member_id, customer_id, customer_code, customer_name,
            email, name, role, authenticated_at, last_used_at
        from sessions join accounts on accounts.member_id = sessions.member_id
        where token_sha256 = $1 and accounts.state = 'active' and {_ALIVE}
        """,
        token_sha256,
        idle,
    )
    return Session(**row) if row else None


async def find_end_reason(
    connection: Connection, token_sha256: bytes, told_for: timedelta
) -> str | None:
    """Why the session of a token ended, for a while after it did."""
    reason: str | None = await connection.fetchval(
        """
        select end_reason from sessions
        where token_sha256 = $1 and ended_at > clock_now() - $2::interval
        """,
        token_sha256,
        told_for,
    )
    return reason


async def touch(connection: Connection, session_id: UUID) -> None:
    """The session was used now. Where another transaction has locked it, the next use tells."""
    await connection.execute(
        """
        update sessions set last_used_at = clock_now() where id = (
            select id from sessions where id = $1 and ended_at is null
            for no key update skip locked
        )
        """,
        session_id,
    )


async def advance(connection: Connection, session_id: UUID, token_sha256: bytes) -> bool:
    """Its holder was authenticated now: active, under a new token; whether it still lived."""
    advanced = await connection.fetchval(
        """
        update sessions set stage = 'active', token_sha256 = $2,
            authenticated_at = clock_now(), last_used_at = clock_now()
        where id = $1 and ended_at is null returning id
        """,
        session_id,
        token_sha256,
    )
    return advanced is not None


async def end(connection: Connection, session_id: UUID, reason: str) -> None:
    """End one session."""
    await connection.execute(
        """
        update sessions set ended_at = clock_now(), end_reason = $2
        where id = $1 and ended_at is null
        """,
        session_id,
        reason,
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """Sessions ended together: `began` is the beginning of the oldest one, None where there was
    none; `at` is now, and not before the last authentication in any of them: the transaction that
    opened a session may have begun after this one."""

    at: datetime
    began: datetime | None


async def end_all(
    connection: Connection, member_id: UUID, reason: str, *, but: UUID | None = None
) -> Ended:
    """End all sessions of a member, or all but one."""
    row = await connection.fetchrow(
        """
        with ended as (
            update sessions set ended_at = clock_now(), end_reason = $2
            where member_id = $1 and ended_at is null and id is distinct from $3
            returning created_at, authenticated_at
        )
        select greatest(clock_now(), max(authenticated_at)) as at, min(created_at) as began
        from ended
        """,
        member_id,
        reason,
        but,
    )
    assert row is not None
    return Ended(**row)


async def list_active(connection: Connection, member_id: UUID, idle: timedelta) -> list[Device]:
    """The member's sessions that are signed in fully, latest use first."""
    rows = await connection.fetch(
        f"""
        select id, browser, created_at, last_used_at from sessions
        where member_id = $1 and stage = 'active' and {_ALIVE}
        order by last_used_at desc, id
        """,
        member_id,
        idle,
    )
    return [Device(**row) for row in rows]


async def is_alive(connection: Connection, session_id: UUID, member_id: UUID) -> bool:
    """Whether this is a session of this member that has not ended."""
    alive: bool = await connection.fetchval(
        """
        select exists (
            select from sessions where id = $1 and member_id = $2 and ended_at is null
        )
        """,
        session_id,
        member_id,
    )
    return alive


async def is_of_another(connection: Connection, session_id: UUID, member_id: UUID) -> bool:
    """Whether this is a session, living or ended, of another member."""
    found: bool = await connection.fetchval(
        "select exists (select from sessions where id = $1 and member_id <> $2)",
        session_id,
        member_id,
    )
    return found


async def take_unreported_use(connection: Connection) -> list[tuple[UUID, datetime]]:
    """Members who used a session since this was asked last, and when.

    A session that another transaction is changing is left for the next time: waiting for several
    of them could deadlock.
    """
    rows = await connection.fetch(
        """
        with free as (
            select id from sessions
            where stage = 'active' and ended_at is null
              and last_used_at > coalesce(reported_at, '-infinity')
            for update skip locked
        ), used as (
            update sessions set reported_at = last_used_at where id in (select id from free)
            returning member_id, last_used_at
        )
        select member_id, max(last_used_at) as at from used group by member_id order by member_id
        """
    )
    return [(row["member_id"], row["at"]) for row in rows]


async def purge(connection: Connection, idle: timedelta, *, kept: timedelta) -> None:
    """Forget sessions that ended or lapsed so long ago."""
    await connection.execute(
        """
        delete from sessions where id in (
            select id from sessions where ended_at < clock_now() - $2::interval
                or expires_at < clock_now() - $2::interval
                or last_used_at < clock_now() - $1::interval - $2::interval
            for update skip locked
        )
        """,
        idle,
        kept,
    )


async def find_id(connection: Connection, token_sha256: bytes) -> UUID | None:
    """The session of a token, if it has not ended."""
    session_id: UUID | None = await connection.fetchval(
        "select id from sessions where token_sha256 = $1 and ended_at is null", token_sha256
    )
    return session_id


async def end_every(connection: Connection, reason: str) -> int:
    """End the sessions of all members; how many there were."""
    ended = await connection.fetch(
        """
        update sessions set ended_at = clock_now(), end_reason = $1
        where ended_at is null returning id
        """,
        reason,
    )
    return len(ended)
