"""The table `registrations`: the entered data, and its outcome."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from services.membership.domain.joining.admission import Reason, Waiting, WaitsFor
from services.membership.domain.joining.registrations import Entry, Registration
from services.membership.storage.joining.registration_row import RegistrationRow
from shared.db import Connection


async def add(
    connection: Connection, id: UUID, entry: Entry, *, expires_at: datetime
) -> Registration:
    """Store the entered data, with its mail unsent."""
    person = entry.person
    await connection.execute(
        """
        insert into registrations (
            state, id, customer_code, customer_phone, family_name, given_name, family_name_kana,
            given_name_kana, email, email_key, phone, locale, expires_at, mailbox, network,
            department, job_title
        ) values ('unsent', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """,
        id,
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
        entry.mailbox,
        entry.network,
        person.department,
        person.job_title,
    )
    return Registration(id=id, state="unsent", expires_at=expires_at, entry=entry)


async def lock_unsent(connection: Connection, id: UUID) -> Registration | None:
    """The registration of this id, if its mail still waits, locked."""
    row = await connection.fetchrow(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where id = $1 and state = 'unsent' for update
        """,
        id,
    )
    return RegistrationRow.read(row) if row else None


async def update_mailed(
    connection: Connection, id: UUID, *, token_sha256: bytes, expires_at: datetime
) -> None:
    """Its link is being sent, and is valid from now on."""
    await connection.execute(
        """
        update registrations set state = 'unconfirmed', token_sha256 = $2, expires_at = $3
        where id = $1
        """,
        id,
        token_sha256,
        expires_at,
    )


async def close(connection: Connection, id: UUID) -> None:
    """Delete one whose address has an account."""
    await connection.execute("delete from registrations where id = $1", id)


async def find_by_token(connection: Connection, token_sha256: bytes) -> Registration | None:
    """The registration of this link, unless the link has expired."""
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

    A decided one has no address any more, so it is found by `id`.
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


async def end_others(
    connection: Connection, email_key: str, *, but: UUID, really: bool = True
) -> None:
    """End other registrations of the address; if not `really`, run the same query without changing
    anything."""
    await connection.execute(
        """
        update registrations set state = 'ended', waits_for = null, reasons = '{}', mailbox = null,
            network = null
        where email_key = $1 and id <> $2 and state in ('unsent', 'unconfirmed', 'waiting') and $3
        """,
        email_key,
        but,
        really,
    )


async def update_approved(connection: Connection, id: UUID, customer_id: UUID) -> None:
    """The registration has become a member."""
    await connection.execute(
        """
        update registrations set state = 'approved', confirmed_at = clock_now(), customer_id = $2,
            mailbox = null, network = null
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
    """It waits for a decision."""
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
    """Let it wait on the seat of an invitation."""
    await connection.execute(
        "update registrations set invitation_id = $2 where id = $1", id, invitation_id
    )


async def update_dropped(connection: Connection, id: UUID) -> None:
    """Too many wait: erase the entered data; the link still gives the same response (R1)."""
    await connection.execute(
        f"""
        update registrations set state = 'dropped', confirmed_at = clock_now(),
            {RegistrationRow.EMPTIED}
        where id = $1
        """,
        id,
    )


async def erase(connection: Connection, id: UUID, email_key: str) -> list[UUID]:
    """Erase the entered data of a member or an address, and return the ids of the rows."""
    rows = await connection.fetch(
        f"""
        update registrations set
            state = case when state in ('unsent', 'unconfirmed', 'waiting') then 'ended'
                else state end,
            {RegistrationRow.EMPTIED}
        where id in (
            select id from registrations where id = $1 or email_key = $2 order by id for update
        ) returning id
        """,
        id,
        email_key,
    )
    return [row["id"] for row in rows]


async def count_waiting(
    connection: Connection, customer_id: UUID | None, entry: Entry, *, rightly: bool
) -> Waiting:
    """The number that wait in the queue of this one: of a customer, with right or wrong phone, or
    (None) without a customer; without those of the same address, which it replaces. Exact under
    `lock_queue`."""
    row = await connection.fetchrow(
        """
        select count(*) as number, count(*) filter (where network = $3) as of_network,
            count(*) filter (where mailbox = $4) as of_mailbox
        from registrations
        where state = 'waiting' and customer_id is not distinct from $1
            and ('phone_mismatch' = any(reasons)) <> $2 and email_key <> $5
        """,
        customer_id,
        rightly,
        entry.network,
        entry.mailbox,
        entry.email_key,
    )
    assert row is not None
    return Waiting(**row)


async def lock_queue(connection: Connection, customer_id: UUID) -> None:
    """Lock the pending registrations of a customer, or with the nil id those without one."""
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('registrations of ' || $1::uuid::text, 0))",
        customer_id,
    )


async def purge_expired(connection: Connection) -> None:
    """Delete those that needed no decision, once their link has expired."""
    await connection.execute(
        """
        delete from registrations where id in (
            select id from registrations
            where expires_at <= clock_now() and state <> 'waiting' and decided_at is null
            for update skip locked
        )
        """
    )


async def purge_decided(connection: Connection, kept: timedelta) -> None:
    """Delete those that were decided, or lapsed, so long ago."""
    await connection.execute(
        """
        delete from registrations where id in (
            select id from registrations where decided_at <= clock_now() - $1::interval
            for update skip locked
        )
        """,
        kept,
    )
