"""The table `email_changes`: a member has at most one pending change."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg

from services.membership.domain.email_changes import EmailChange, EmailChangeState, Request
from services.membership.domain.joining.admission import Reason, WaitsFor
from services.membership.domain.members.trust import Asked, session_of
from services.membership.storage.members.member_row import MemberRow
from shared.db import Connection

_SELECT = """
    select c.id, c.member_id, m.customer_id, c.email, c.email_key, c.state, c.expires_at,
        c.waits_for, c.reasons, c.confirmed_at, c.created_at, c.session_id, c.session_at
    from email_changes as c join members as m on m.id = c.member_id
"""


def _change(row: asyncpg.Record) -> EmailChange:
    values = dict(row)
    session = session_of(values.pop("session_id"), values.pop("session_at"))
    asked = Asked(at=values.pop("created_at"), session=session)
    return EmailChange(**{**values, "asked": asked, "reasons": tuple(values["reasons"])})


async def add(connection: Connection, request: Request) -> None:
    """Store a requested change."""
    session = request.session
    await connection.execute(
        """
        insert into email_changes (
            id, member_id, email, email_key, token_sha256, stop_token_sha256, expires_at,
            session_id, session_at
        ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        request.id,
        request.member_id,
        request.email,
        request.email_key,
        request.token_sha256,
        request.stop_token_sha256,
        request.expires_at,
        session.id if session else None,
        session.authenticated_at if session else None,
    )


async def find(connection: Connection, id: UUID) -> EmailChange | None:
    """The change of this id."""
    row = await connection.fetchrow(f"{_SELECT} where c.id = $1", id)
    return _change(row) if row else None


async def find_by_token(connection: Connection, token_sha256: bytes) -> EmailChange | None:
    """The change of this link, unless the link has expired."""
    row = await connection.fetchrow(
        f"{_SELECT} where c.token_sha256 = $1 and c.expires_at > clock_now()", token_sha256
    )
    return _change(row) if row else None


async def find_by_stop_token(connection: Connection, token_sha256: bytes) -> EmailChange | None:
    """The change that this link stops, in any state."""
    row = await connection.fetchrow(f"{_SELECT} where c.stop_token_sha256 = $1", token_sha256)
    return _change(row) if row else None


async def find_pending(connection: Connection, member_id: UUID) -> EmailChange | None:
    """The change of a member that has not taken effect yet; there is at most one."""
    row = await connection.fetchrow(
        f"{_SELECT} where c.member_id = $1 and c.state in ('unconfirmed', 'waiting')", member_id
    )
    return _change(row) if row else None


async def list_of_customer(connection: Connection, customer_id: UUID) -> list[EmailChange]:
    """Changes that wait for a customer's owners and admins, the oldest first."""
    rows = await connection.fetch(
        f"""
        {_SELECT} where m.customer_id = $1 and c.state = 'waiting' and c.waits_for = 'approver'
        order by c.confirmed_at, c.id
        """,
        customer_id,
    )
    return [_change(row) for row in rows]


async def list_of_operators(connection: Connection) -> list[EmailChange]:
    """Changes that wait for the vendor, the oldest first, including those whose customer has no
    other approver any more."""
    nobody = MemberRow.nobody_decides("m.customer_id", but="c.member_id")
    rows = await connection.fetch(
        f"""
        {_SELECT} where c.state = 'waiting' and (c.waits_for = 'operator' or {nobody})
        order by c.confirmed_at, c.id limit 1000
        """
    )
    return [_change(row) for row in rows]


async def list_lapsed(connection: Connection, waited: timedelta) -> list[EmailChange]:
    """Changes that have waited for longer than this."""
    rows = await connection.fetch(
        f"""
        {_SELECT} where c.state = 'waiting' and c.confirmed_at <= clock_now() - $1::interval
        order by c.confirmed_at limit 500
        """,
        waited,
    )
    return [_change(row) for row in rows]


async def update_waiting(
    connection: Connection, id: UUID, *, waits_for: WaitsFor, reasons: Sequence[Reason]
) -> None:
    """It is confirmed, and waits for approval."""
    await connection.execute(
        """
        update email_changes set state = 'waiting', confirmed_at = clock_now(), waits_for = $2,
            reasons = $3
        where id = $1
        """,
        id,
        waits_for,
        list(reasons),
    )


async def end(connection: Connection, id: UUID, state: EmailChangeState) -> None:
    """Record the outcome of a change, and erase its address."""
    await connection.execute(
        """
        update email_changes set state = $2, decided_at = clock_now(), waits_for = null,
            email = '', email_key = ''
        where id = $1
        """,
        id,
        state,
    )


async def end_all(connection: Connection, member_id: UUID) -> None:
    """End a member's pending change."""
    await connection.execute(
        """
        update email_changes set state = 'ended', decided_at = clock_now(), waits_for = null,
            email = '', email_key = ''
        where member_id = $1 and state in ('unconfirmed', 'waiting')
        """,
        member_id,
    )


async def purge(connection: Connection, kept: timedelta) -> None:
    """Delete changes that ended so long ago, and unused links."""
    await connection.execute(
        """
        delete from email_changes
        where state <> 'waiting' and expires_at <= clock_now() - $1::interval
        """,
        kept,
    )
