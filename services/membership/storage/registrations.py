"""The table `registrations`: what was entered, and what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from services.membership.domain.admission import Reason, WaitsFor
from services.membership.domain.registrations import Entry, Registration
from services.membership.storage.registration_row import RegistrationRow
from shared.db import Connection


async def add(
    connection: Connection, id: UUID, entry: Entry, *, token_sha256: bytes, expires_at: datetime
) -> None:
    """Keep what was entered, unconfirmed."""
    person = entry.person
    await connection.execute(
        """
        insert into registrations (
            id, token_sha256, customer_code, customer_phone, family_name, given_name,
            family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at
        ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        id,
        token_sha256,
        entry.customer_code,
        entry.customer_phone,
        person.family_name,
        person.given_name,
        person.family_name_kana,
        person.given_name_kana,
        entry.email,
        entry.email_key,
        person.phone,
        entry.locale,
        expires_at,
    )


async def find_by_token(connection: Connection, token_sha256: bytes) -> Registration | None:
    """The registration whose link this is, unless the link has expired."""
    row = await connection.fetchrow(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where token_sha256 = $1 and expires_at > clock_now()
        """,
        token_sha256,
    )
    return RegistrationRow.read(row) if row else None


async def lock_of_address(
    connection: Connection, email_key: str, *, id: UUID | None = None
) -> list[Registration]:
    """All registrations of an address, locked: they are confirmed one after the other.

    One that was decided has no address any more, so `id` names it.
    """
    rows = await connection.fetch(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where (email_key = $1 and $1 <> '') or id = $2 order by id for update
        """,
        email_key,
        id,
    )
    return [RegistrationRow.read(row) for row in rows]


async def end_others(connection: Connection, email_key: str, *, but: UUID) -> None:
    """Whatever else was entered for the address is over."""
    await connection.execute(
        """
        update registrations set state = 'ended', waits_for = null, reasons = '{}'
        where email_key = $1 and id <> $2 and state in ('unconfirmed', 'waiting')
        """,
        email_key,
        but,
    )


async def update_approved(connection: Connection, id: UUID, customer_id: UUID) -> None:
    """The registration has become a member."""
    await connection.execute(
        """
        update registrations set state = 'approved', confirmed_at = clock_now(), customer_id = $2
        where id = $1
        """,
        id,
        customer_id,
    )


async def update_waiting(
    connection: Connection,
    id: UUID,
    *,
    customer_id: UUID | None,
    waits_for: WaitsFor,
    reasons: Sequence[Reason],
) -> None:
    """Somebody has to decide."""
    await connection.execute(
        """
        update registrations set state = 'waiting', confirmed_at = clock_now(), customer_id = $2,
            waits_for = $3, reasons = $4
        where id = $1
        """,
        id,
        customer_id,
        waits_for,
        list(reasons),
    )


async def update_invitation(connection: Connection, id: UUID, invitation_id: UUID) -> None:
    """It waits on the seat of an invitation."""
    await connection.execute(
        "update registrations set invitation_id = $2 where id = $1", id, invitation_id
    )


async def update_dropped(connection: Connection, id: UUID) -> None:
    """Too many wait: what was entered goes, only the link still has its answer (R1)."""
    await connection.execute(
        """
        update registrations set state = 'dropped', confirmed_at = clock_now(),
            customer_code = '', customer_phone = '', family_name = '', given_name = '',
            family_name_kana = '', given_name_kana = '', email = '', email_key = '', phone = ''
        where id = $1
        """,
        id,
    )


async def erase(connection: Connection, id: UUID, email_key: str) -> list[UUID]:
    """What was entered for a member or with that address goes; the ids of what is empty now."""
    rows = await connection.fetch(
        """
        update registrations set
            state = case when state in ('unconfirmed', 'waiting') then 'ended' else state end,
            customer_code = '', customer_phone = '', family_name = '', given_name = '',
            family_name_kana = '', given_name_kana = '', email = '', email_key = '', phone = ''
        where id = $1 or email_key = $2 returning id
        """,
        id,
        email_key,
    )
    return [row["id"] for row in rows]


async def count_waiting(connection: Connection, customer_id: UUID | None) -> int:
    """How many wait for a customer, or (None) without one; exact under `lock_without_customer`
    or the customer's lock."""
    waiting: int = await connection.fetchval(
        """
        select count(*) from registrations
        where state = 'waiting' and customer_id is not distinct from $1
        """,
        customer_id,
    )
    return waiting


async def lock_without_customer(connection: Connection) -> None:
    """What a customer's row is for its registrations, for those without one."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('registrations without customer', 0))"
    )


async def purge_expired(connection: Connection) -> None:
    """Forget those that nobody had to decide on, once their link has no answer to give any more."""
    await connection.execute(
        """
        delete from registrations
        where expires_at <= clock_now() and state <> 'waiting' and decided_at is null
        """
    )


async def purge_decided(connection: Connection, kept: timedelta) -> None:
    """Forget those that somebody decided on so long ago, or nobody in time."""
    await connection.execute(
        "delete from registrations where decided_at <= clock_now() - $1::interval", kept
    )
