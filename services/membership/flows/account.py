"""Tells auth of members: always the whole state, under the version that the row has."""

from services.membership.domain.customers import Customer
from services.membership.domain.members import Member
from services.membership.flows.context import Context
from services.membership.storage import customers, members
from shared.contracts.auth import FirstPassword, SyncAccount
from shared.db import Connection
from shared.messaging import outbox


async def sync(connection: Connection, member: Member, customer: Customer) -> None:
    """Put the member's state into the transaction that changed it."""
    await outbox.put(
        connection, state_of(member, customer), subject=member.id, version=member.version
    )


def state_of(member: Member, customer: Customer) -> SyncAccount:
    """What auth is told; of a closed account only that it is."""
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
        customer_id=customer.id,
        customer_code=customer.code,
        customer_name=customer.name,
        email=member.email,
        name=member.person.name,
        role=member.role,
        locale=member.locale,
        first_password=FirstPassword(
            sha256=member.first_password_sha256.hex(),
            expires_at=member.first_password_expires_at,
        ),
    )


async def confirm(_context: object, connection: Connection, row: outbox.Row) -> None:
    """Auth's receipt: it has this version of the member. Runs in the receipt's transaction."""
    assert row.subject is not None
    assert row.version is not None
    await members.update_confirmed_version(connection, row.subject, row.version)


async def renew_stale(context: Context) -> None:
    """Auth has been away for 20 days: what it was not told is replaced by today's state."""
    async with context.db.transaction() as connection:
        for member_id in sorted(await outbox.take_stale(connection, SyncAccount.NAME)):
            member = await members.find(connection, member_id)
            if member is not None:
                await sync(connection, member, await customers.get(connection, member.customer_id))
