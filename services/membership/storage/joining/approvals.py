"""The table `registrations`: pending ones, and decisions."""

from datetime import datetime, timedelta
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.joining.admission import WaitsFor
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.joining.registrations import Registration, RegistrationState
from services.membership.domain.members.members import Person
from services.membership.storage.joining.registration_row import RegistrationRow
from services.membership.storage.members.member_row import MemberRow
from shared.db import Connection

_HELD = """
    (invitation_id is null or exists (
        select from invitations
        where invitations.id = registrations.invitation_id and invitations.state = 'waiting'
    ))
"""
"""Whether the invitation whose seat it uses, if any, was not withdrawn."""


async def lock(connection: Connection, id: UUID) -> None:
    """Lock the registration of this id, if there is one, for a decision."""
    await connection.execute("select from registrations where id = $1 for update", id)


async def find(connection: Connection, id: UUID) -> Registration | None:
    """The registration of this id."""
    row = await connection.fetchrow(
        f"select {RegistrationRow.COLUMNS} from registrations where id = $1", id
    )
    return RegistrationRow.read(row) if row else None


async def list_of_customer(connection: Connection, customer_id: UUID) -> list[Registration]:
    """Registrations that wait for a customer's owners and admins, the oldest first; R1 limits
    their number."""
    rows = await connection.fetch(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where customer_id = $1 and state = 'waiting' and waits_for = 'approver' and {_HELD}
        order by confirmed_at, id
        """,
        customer_id,
    )
    return [RegistrationRow.read(row) for row in rows]


async def list_of_operators(connection: Connection) -> list[Registration]:
    """Registrations that wait for the vendor, the oldest first, including those whose customer has
    no approver any more."""
    rows = await connection.fetch(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where state = 'waiting' and {_HELD}
            and (waits_for = 'operator' or {MemberRow.nobody_decides("registrations.customer_id")})
        order by confirmed_at, id limit 1000
        """
    )
    return [RegistrationRow.read(row) for row in rows]


async def list_lapsed(connection: Connection, waited: timedelta) -> list[Registration]:
    """Registrations that have waited for longer than this."""
    rows = await connection.fetch(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where state = 'waiting' and confirmed_at <= clock_now() - $1::interval
        order by confirmed_at limit 500
        """,
        waited,
    )
    return [RegistrationRow.read(row) for row in rows]


async def list_withdrawn(connection: Connection) -> list[Registration]:
    """Pending registrations of a withdrawn invitation."""
    rows = await connection.fetch(
        f"""
        select {RegistrationRow.COLUMNS} from registrations
        where state = 'waiting' and not {_HELD} order by id limit 500
        """
    )
    return [RegistrationRow.read(row) for row in rows]


async def add_invited(
    connection: Connection,
    invitation: Invitation,
    customer: Customer,
    person: Person,
    *,
    waits_for: WaitsFor,
) -> None:
    """An invited person probably has an account (R4): store the entered data for a decision."""
    await connection.execute(
        """
        insert into registrations (
            id, token_sha256, state, customer_code, customer_phone, family_name, given_name,
            family_name_kana, given_name_kana, email, email_key, phone, locale, expires_at,
            confirmed_at, customer_id, waits_for, reasons, invitation_id, department, job_title
        )
        select id, token_sha256, 'waiting', $2, $3, $4, $5, $6, $7, email, email_key, $8, locale,
            expires_at, clock_now(), customer_id, $9, array['probable_double'], id, $10, $11
        from invitations where id = $1
        """,
        invitation.id,
        customer.code,
        customer.phone,
        person.family_name,
        person.given_name,
        person.family_name_kana,
        person.given_name_kana,
        person.phone,
        waits_for,
        person.department,
        person.job_title,
    )


async def update_decided(
    connection: Connection, id: UUID, state: RegistrationState, *, customer_id: UUID | None
) -> None:
    """End the waiting, and erase the entered data, which an opened account now has."""
    await connection.execute(
        f"""
        update registrations set state = $2, decided_at = clock_now(), customer_id = $3,
            waits_for = null, {RegistrationRow.EMPTIED}
        where id = $1
        """,
        id,
        state,
        customer_id,
    )


async def list_digests_due(connection: Connection, pause: timedelta) -> list[UUID]:
    """The customers with pending requests whose approvers were last notified too long ago."""
    rows = await connection.fetch(
        f"""
        select distinct waiting.customer_id from (
            select customer_id from registrations
            where state = 'waiting' and waits_for = 'approver' and {_HELD}
            union all
            select members.customer_id from email_changes
            join members on members.id = email_changes.member_id
            where email_changes.state = 'waiting' and waits_for = 'approver'
        ) as waiting
        left join approval_digests as told on told.customer_id = waiting.customer_id
        where told.sent_at is null or told.sent_at <= clock_now() - $1::interval
        """,
        pause,
    )
    return [row["customer_id"] for row in rows]


async def update_told(connection: Connection, customer_id: UUID, at: datetime) -> None:
    """Record that a customer's approvers were notified; the nil id stands for the vendor."""
    await connection.execute(
        """
        insert into approval_digests (customer_id, sent_at) values ($1, $2)
        on conflict (customer_id) do update set sent_at = excluded.sent_at
        """,
        customer_id,
        at,
    )


async def find_told(connection: Connection, customer_id: UUID) -> datetime | None:
    """When a customer's approvers were last notified."""
    told: datetime | None = await connection.fetchval(
        "select sent_at from approval_digests where customer_id = $1", customer_id
    )
    return told
