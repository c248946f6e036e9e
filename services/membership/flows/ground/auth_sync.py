"""Sends members' states to auth: always the complete state, with the row's version."""

from dataclasses import replace

from services.membership.domain.company.customers import Customer
from services.membership.domain.joining import first_password
from services.membership.domain.members import members as domain
from services.membership.domain.members.members import Member
from services.membership.flows.ground import notices
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.members import member_states, members
from shared.contracts.auth import FirstPassword, Suspension, SyncAccount
from shared.contracts.company_mails import RegistrationApproved
from shared.db import Connection
from shared.messaging import outbox
from shared.messaging.confirmations import Expectation

PAGE = 200
"""The number of accounts that are sent to auth again at once; its queue takes 400 at a time."""


async def sync(connection: Connection, member: Member, customer: Customer) -> None:
    """Send the member's state, in the transaction that changed it."""
    await outbox.put(
        connection, state_of(member, customer), subject=member.id, version=member.version
    )


def state_of(member: Member, customer: Customer) -> SyncAccount:
    """The message to auth; of a closed account it has only ids and the state."""
    if member.state == "closed":
        return SyncAccount(
            member_id=member.id,
            version=member.version,
            state="closed",
            customer_id=member.customer_id,
        )
    return SyncAccount(
        member_id=member.id,
        version=member.version,
        state=member.state,
        state_version=member.state_version,
        customer_id=customer.id,
        customer_code=customer.code,
        customer_name=customer.name,
        email=member.email,
        name=member.person.name,
        family_name=member.person.family_name,
        given_name=member.person.given_name,
        reading=member.person.reading,
        customer_reading=customer.name_kana,
        role=member.role,
        locale=member.locale,
        first_password=FirstPassword(
            sha256=member.first_password_sha256.hex(),
            expires_at=member.first_password_expires_at,
        ),
        suspension=_card_of(member.suspension),
    )


def _card_of(suspension: domain.Suspension | None) -> Suspension | None:
    """The part of the card that the member may read (B2)."""
    if suspension is None:
        return None
    card = suspension.card
    return Suspension(
        reason=card.reason, note=card.for_member, since=suspension.since, until=card.until
    )


async def settled(auth: Expectation, changed: Member) -> Member:
    """The changed member once auth has confirmed it, or after a while without that (R18)."""
    if await auth.confirmed(changed.version):
        return replace(changed, confirmed_version=changed.version)
    return changed


async def confirm(context: Context, connection: Connection, row: outbox.Row) -> None:
    """Auth's receipt: it has this version of the member. Runs in the receipt's transaction.

    An approved applicant gets the link for a first password now, when it works (R3).
    """
    assert row.subject is not None
    assert row.version is not None
    await member_states.update_confirmed_version(connection, row.subject, row.version)
    member = await member_states.take_welcome(connection, row.subject)
    if member is not None:
        await _welcome(context, connection, member)


async def _welcome(context: Context, connection: Connection, member: Member) -> None:
    customer = await customers.get(connection, member.customer_id)
    params = RegistrationApproved(
        customer_name=customer.name,
        token=first_password.token(context.settings.first_password_key, member.id),
        expires_at=member.first_password_expires_at,
    )
    ends = member.first_password_expires_at
    await notices.write(connection, context, member, params, expires_at=ends)


async def tell_older(context: Context) -> None:
    """Send states again, a page at a time, that auth got in an older format.

    While many messages wait, no page is begun, so that suspensions are not delayed.
    """
    async with context.db.connection() as connection:
        page = await member_states.list_told_before(connection, PAGE)
        if not page or (await outbox.count_unconfirmed(connection)).waiting >= PAGE:
            return
    for customer_id in sorted({member.customer_id for member in page}):
        ids = [member.id for member in page if member.customer_id == customer_id]
        async with context.db.transaction("tell auth of older accounts") as connection:
            customer = await customers.lock(connection, customer_id)
            for member in await member_states.update_told(connection, ids):
                await sync(connection, member, customer)


async def renew_stale(context: Context) -> None:
    """After 20 days without auth: replace undelivered messages with the current state."""
    async with context.db.transaction("renew stale accounts") as connection:
        for member_id in sorted(await outbox.take_stale(connection, SyncAccount.NAME)):
            member = await members.find(connection, member_id)
            if member is not None:
                await sync(connection, member, await customers.get(connection, member.customer_id))
