"""Accounts, and the tombstones of closed ones."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from services.auth.domain.accounts import Account
from shared.contracts.auth import SyncAccount
from shared.db import Connection
from shared.messaging.envelope import NotYet

_COLUMNS = """
    member_id, version, state, customer_id, customer_code, customer_name, email, email_key, name,
    family_name, given_name, reading, customer_reading, role, locale, suspension, password_hash,
    password_set_at, first_password_expires_at, must_reset, presence_due_at, wrong_answers,
    reset_at, first_sign_in_until
"""


async def find_by_address(connection: Connection, email_key: str) -> Account | None:
    """The account that has this canonical address."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from accounts where email_key = $1", email_key
    )
    return Account(**row) if row else None


async def find(connection: Connection, member_id: UUID) -> Account | None:
    """The account of a member."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from accounts where member_id = $1", member_id
    )
    return Account(**row) if row else None


async def lock(connection: Connection, member_id: UUID) -> Account | None:
    """The account, locked; every flow that changes it takes this lock first."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from accounts where member_id = $1 for update", member_id
    )
    return Account(**row) if row else None


async def lock_members(connection: Connection, member_ids: Iterable[UUID]) -> None:
    """Let one transaction at a time apply states of these members, whether they have a row or not.

    A row lock cannot do this: it finds nothing to lock while an account is not there yet, or no
    longer. Every transaction takes the locks in the same order, so that none waits in a circle.
    """
    await connection.execute(
        """
        select pg_advisory_xact_lock(key) from (
            select distinct hashtextextended('auth account ' || id, 0) as key
            from unnest($1::uuid[]) as id order by key
        ) as ordered
        """,
        list(member_ids),
    )


async def lock_rows(
    connection: Connection, *, member_ids: Iterable[UUID], email_keys: Iterable[str]
) -> None:
    """Lock several accounts in the order of their ids, by id or by canonical address."""
    await connection.execute(
        """
        select from accounts where member_id = any($1) or email_key = any($2)
        order by member_id for update
        """,
        list(member_ids),
        list(email_keys),
    )


async def find_by_first_password(connection: Connection, token_sha256: bytes) -> Account | None:
    """The account that this token gives its first password; none once it had one."""
    row = await connection.fetchrow(
        f"""
        select {_COLUMNS} from accounts
        where first_password_sha256 = $1 and password_set_at is null
          and first_password_expires_at > clock_now()
        """,
        token_sha256,
    )
    return Account(**row) if row else None


async def list_company_leads(connection: Connection, customer_id: UUID) -> list[Account]:
    """The active owners and admins of a customer."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from accounts
        where customer_id = $1 and state = 'active' and role in ('owner', 'admin')
        order by member_id
        """,
        customer_id,
    )
    return [Account(**row) for row in rows]


async def is_closed(connection: Connection, member_id: UUID) -> bool:
    """Whether there is a tombstone."""
    closed: bool = await connection.fetchval(
        "select exists (select from closed_accounts where member_id = $1)", member_id
    )
    return closed


async def upsert(connection: Connection, state: SyncAccount, email_key: str) -> None:
    """Store the complete state of a member; credentials stay unchanged.

    Raises:
        NotYet: Another account still has the address; its closing is on its way.
    """
    try:
        await _upsert(connection, state, email_key)
    except asyncpg.UniqueViolationError as error:
        raise NotYet("another account still has this address") from error


async def _upsert(connection: Connection, state: SyncAccount, email_key: str) -> None:
    first = state.first_password
    await connection.execute(
        """
        insert into accounts (
            member_id, version, state, customer_id, customer_code, customer_name, email,
            email_key, name, role, locale, suspension, first_password_sha256,
            first_password_expires_at, family_name, given_name, reading, customer_reading
        ) values (
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            coalesce($15, ''), coalesce($16, ''), coalesce($17, ''), coalesce($18, '')
        )
        on conflict (member_id) do update set
            version = excluded.version, state = excluded.state,
            customer_id = excluded.customer_id, customer_code = excluded.customer_code,
            customer_name = excluded.customer_name, email = excluded.email,
            email_key = excluded.email_key, name = excluded.name, role = excluded.role,
            locale = excluded.locale, suspension = excluded.suspension,
            family_name = coalesce($15, accounts.family_name),
            given_name = coalesce($16, accounts.given_name),
            reading = coalesce($17, accounts.reading),
            customer_reading = coalesce($18, accounts.customer_reading),
            first_password_sha256 = case when accounts.password_set_at is null
                then excluded.first_password_sha256 end,
            first_password_expires_at = case when accounts.password_set_at is null
                then excluded.first_password_expires_at end
        """,
        state.member_id,
        state.version,
        state.state,
        state.customer_id,
        state.customer_code,
        state.customer_name,
        state.email,
        email_key,
        state.name,
        state.role,
        state.locale,
        state.suspension.model_dump_json() if state.suspension else None,
        bytes.fromhex(first.sha256) if first else None,
        first.expires_at if first else None,
        state.family_name,
        state.given_name,
        state.reading,
        state.customer_reading,
    )


async def close(connection: Connection, member_id: UUID, version: int) -> None:
    """Erase the account with its credentials, sessions and links; leave a tombstone."""
    await connection.execute(
        "insert into closed_accounts (member_id, version) values ($1, $2) on conflict do nothing",
        member_id,
        version,
    )
    await connection.execute("delete from accounts where member_id = $1", member_id)


async def update_password(connection: Connection, member_id: UUID, password_hash: str) -> None:
    """Set the password that the person chose; the first one ends the token for it."""
    await connection.execute(
        """
        update accounts set password_hash = $2, password_set_at = clock_now(),
            first_password_sha256 = null, first_password_expires_at = null
        where member_id = $1
        """,
        member_id,
        password_hash,
    )


async def update_hash(connection: Connection, member_id: UUID, password_hash: str) -> None:
    """Store the same password under newer hashing parameters."""
    await connection.execute(
        "update accounts set password_hash = $2 where member_id = $1", member_id, password_hash
    )


async def prove_presence(connection: Connection, member_id: UUID, due_at: datetime) -> None:
    """The mailbox was proven: set the time of the next check, and reset wrong answers."""
    await connection.execute(
        "update accounts set presence_due_at = $2, wrong_answers = 0 where member_id = $1",
        member_id,
        due_at,
    )


async def update_reset(
    connection: Connection, member_id: UUID, *, first_sign_in: timedelta
) -> None:
    """The password was reset: no reset is required any more. Every earlier check is older than the
    reset, even if it was committed while this transaction waited for the lock.
    """
    await connection.execute(
        """
        update accounts set must_reset = false,
            first_sign_in_until = clock_now() + $2::interval,
            reset_at = greatest(
                clock_now(),
                (select max(created_at) from presence_checks where member_id = $1)
            )
        where member_id = $1
        """,
        member_id,
        first_sign_in,
    )


async def consume_first_sign_in(connection: Connection, member_id: UUID) -> None:
    """The sign-in after a reset that may come from a new browser is used, or lost."""
    await connection.execute(
        """
        update accounts set first_sign_in_until = null
        where member_id = $1 and first_sign_in_until is not null
        """,
        member_id,
    )


async def add_wrong_answer(connection: Connection, member_id: UUID) -> int:
    """Count a wrong answer to a presence check; returns the count since the last pass or reset."""
    wrong: int = await connection.fetchval(
        """
        update accounts set wrong_answers = wrong_answers + 1
        where member_id = $1 returning wrong_answers
        """,
        member_id,
    )
    return wrong


async def take_back_wrong_answer(connection: Connection, member_id: UUID) -> None:
    """An answer that was counted turned out to be right."""
    await connection.execute(
        "update accounts set wrong_answers = greatest(0, wrong_answers - 1) where member_id = $1",
        member_id,
    )


async def update_must_reset(connection: Connection, member_id: UUID) -> None:
    """Require a password reset before the next sign-in."""
    await connection.execute(
        "update accounts set must_reset = true where member_id = $1", member_id
    )


async def update_distrusted(connection: Connection) -> int:
    """Require a password reset and a presence check of every account, and end links for first
    passwords; returns the number of accounts."""
    rows = await connection.fetch(
        """
        update accounts set must_reset = password_hash is not null, presence_due_at = null,
            first_sign_in_until = null,
            first_password_expires_at = case
                when first_password_expires_at > clock_now() then clock_now()
                else first_password_expires_at
            end
        where member_id in (select member_id from accounts order by member_id for update)
        returning member_id
        """
    )
    return len(rows)
