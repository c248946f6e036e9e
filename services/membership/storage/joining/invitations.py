"""The table `invitations`. Written under the customer's lock only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from services.membership.domain.joining.invitations import Invitation, InvitationState
from services.membership.storage.joining.invitation_row import InvitationRow
from shared.db import Connection

_COLUMNS = InvitationRow.COLUMNS


async def add(
    connection: Connection,
    invitation: Invitation,
    *,
    token_sha256: bytes,
    stop_token_sha256: bytes | None,
) -> None:
    """Add an open invitation; a move has a second link, which stops it."""
    session, person = invitation.session, invitation.person
    await connection.execute(
        """
        insert into invitations (
            id, customer_id, batch_id, email, email_key, role, locale, replaces, invited_by,
            created_at, sent_at, expires_at, token_sha256, stop_token_sha256, session_id,
            session_at, family_name, given_name, family_name_kana, given_name_kana, department,
            job_title
        ) values (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21, $22
        )
        """,
        invitation.id,
        invitation.customer_id,
        invitation.batch_id,
        invitation.email,
        invitation.email_key,
        invitation.role,
        invitation.locale,
        invitation.replaces,
        invitation.invited_by,
        invitation.created_at,
        invitation.sent_at,
        invitation.expires_at,
        token_sha256,
        stop_token_sha256,
        session.id if session else None,
        session.authenticated_at if session else None,
        person.family_name,
        person.given_name,
        person.family_name_kana,
        person.given_name_kana,
        person.department,
        person.job_title,
    )


async def find(connection: Connection, id: UUID) -> Invitation | None:
    """The invitation of this id."""
    row = await connection.fetchrow(f"select {_COLUMNS} from invitations where id = $1", id)
    return InvitationRow.read(row) if row else None


async def find_by_token(connection: Connection, token_sha256: bytes) -> Invitation | None:
    """The invitation of this link, in any state."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from invitations where token_sha256 = $1", token_sha256
    )
    return InvitationRow.read(row) if row else None


async def find_by_stop_token(connection: Connection, token_sha256: bytes) -> Invitation | None:
    """The move that this link stops, in any state."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from invitations where stop_token_sha256 = $1",
        token_sha256,
    )
    return InvitationRow.read(row) if row else None


async def find_held(connection: Connection, customer_id: UUID, email_key: str) -> Invitation | None:
    """A customer's invitation to an address, unless it has expired."""
    row = await connection.fetchrow(
        f"""
        select {_COLUMNS} from invitations
        where customer_id = $1 and email_key = $2
            and (state = 'waiting' or (state = 'open' and expires_at > clock_now()))
        """,
        customer_id,
        email_key,
    )
    return InvitationRow.read(row) if row else None


async def list_held_keys(
    connection: Connection, customer_id: UUID, keys: Sequence[str]
) -> set[str]:
    """Those of these addresses to which a customer's invitation is pending."""
    rows = await connection.fetch(
        """
        select email_key from invitations
        where customer_id = $1 and email_key = any($2)
            and (state = 'waiting' or (state = 'open' and expires_at > clock_now()))
        """,
        customer_id,
        list(keys),
    )
    return {row["email_key"] for row in rows}


_DUE = """
    (state = 'open' and expires_at <= clock_now())
    or (state = 'waiting' and not exists (
        select from registrations
        where invitation_id = invitations.id and registrations.state = 'waiting'
    ))
"""
"""Expired ones, and those that wait for a decision that can no longer be made: they hold no seat,
even before a job has ended them."""


async def list_of_customer(
    connection: Connection, customer_id: UUID, *, after: UUID | None, limit: int
) -> list[Invitation]:
    """At most `limit` after `after` of those that currently hold a seat or replace an account."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from invitations
        where customer_id = $1 and state in ('open', 'waiting') and not ({_DUE})
            and ($2::uuid is null or id > $2)
        order by id limit $3
        """,
        customer_id,
        after,
        limit,
    )
    return [InvitationRow.read(row) for row in rows]


async def list_addresses(
    connection: Connection, customer_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, str]:
    """The addresses of a customer's invitations of these ids, unless they were erased."""
    rows = await connection.fetch(
        """
        select id, email from invitations
        where customer_id = $1 and id = any($2) and email <> '' and replaces is null
        """,
        customer_id,
        list(ids),
    )
    return {row["id"]: row["email"] for row in rows}


async def list_of_batch(connection: Connection, batch_id: UUID) -> list[Invitation]:
    """The invitations of one request."""
    rows = await connection.fetch(
        f"select {_COLUMNS} from invitations where batch_id = $1 order by id", batch_id
    )
    return [InvitationRow.read(row) for row in rows]


async def list_sent_by(connection: Connection, member_id: UUID) -> list[Invitation]:
    """A member's invitations and moves, in every state before an account is opened."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from invitations
        where invited_by = $1 and state in ('open', 'waiting') order by id
        """,
        member_id,
    )
    return [InvitationRow.read(row) for row in rows]


async def list_concerning(connection: Connection, member_id: UUID) -> list[Invitation]:
    """The same, and moves that would replace the member's account."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from invitations
        where (invited_by = $1 or replaces = $1) and state in ('open', 'waiting') order by id
        """,
        member_id,
    )
    return [InvitationRow.read(row) for row in rows]


async def find_replacing(connection: Connection, member_id: UUID) -> Invitation | None:
    """The move that would replace an account; there is at most one."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from invitations where replaces = $1 and state in ('open', 'waiting')",
        member_id,
    )
    return InvitationRow.read(row) if row else None


async def list_replaced(connection: Connection, customer_id: UUID) -> dict[UUID, UUID]:
    """The accounts that pending moves would replace, by the id of the pending request."""
    rows = await connection.fetch(
        """
        select id, replaces from invitations
        where customer_id = $1 and state = 'waiting' and replaces is not null
        """,
        customer_id,
    )
    return {row["id"]: row["replaces"] for row in rows}


async def list_due(connection: Connection, customer_id: UUID) -> list[Invitation]:
    """Those of a customer that have lapsed, or whose decision can no longer be made."""
    rows = await connection.fetch(
        f"select {_COLUMNS} from invitations where customer_id = $1 and ({_DUE}) order by id",
        customer_id,
    )
    return [InvitationRow.read(row) for row in rows]


async def list_customers_with_due(connection: Connection) -> list[UUID]:
    """The customers who have such."""
    rows = await connection.fetch(
        f"select distinct customer_id from invitations where {_DUE} order by customer_id"
    )
    return [row["customer_id"] for row in rows]


async def count_holding(connection: Connection, customer_id: UUID) -> int:
    """The number of those that currently hold a seat."""
    holding: int = await connection.fetchval(
        f"""
        select count(*) from invitations
        where customer_id = $1 and state in ('open', 'waiting') and replaces is null
            and not ({_DUE})
        """,
        customer_id,
    )
    return holding


async def update_sent(connection: Connection, id: UUID, expires_at: datetime) -> None:
    """Record that it was sent again, and restart its lifetime."""
    await connection.execute(
        "update invitations set sent_at = clock_now(), expires_at = $2 where id = $1",
        id,
        expires_at,
    )


async def update_waiting(connection: Connection, id: UUID) -> None:
    """It was accepted, and waits for a decision."""
    await connection.execute("update invitations set state = 'waiting' where id = $1", id)


async def update_inviter(connection: Connection, member_id: UUID, successor_id: UUID) -> None:
    """Assign a member's invitations and moves to another member."""
    await connection.execute(
        "update invitations set invited_by = $2 where invited_by = $1", member_id, successor_id
    )


async def purge(connection: Connection, kept: timedelta) -> None:
    """Delete those that ended so long ago, except those that a registration refers to."""
    await connection.execute(
        """
        delete from invitations where ended_at <= clock_now() - $1::interval
            and not exists (select from registrations where invitation_id = invitations.id)
        """,
        kept,
    )


async def erase(connection: Connection, id: UUID, email_key: str) -> list[UUID]:
    """Erase the data of the person in ended invitations when the account is deleted; returns
    their ids."""
    rows = await connection.fetch(
        """
        update invitations set email = '', email_key = '', family_name = '', given_name = '',
            family_name_kana = '', given_name_kana = '', department = '', job_title = ''
        where id in (
            select id from invitations
            where state not in ('open', 'waiting') and (id = $1 or email_key = $2)
            order by id for update
        ) returning id
        """,
        id,
        email_key,
    )
    return [row["id"] for row in rows]


async def end(connection: Connection, ids: Sequence[UUID], state: InvitationState) -> None:
    """Give invitations their outcome."""
    await connection.execute(
        "update invitations set state = $2, ended_at = clock_now() where id = any($1)",
        list(ids),
        state,
    )
