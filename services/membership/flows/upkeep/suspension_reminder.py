"""Reminds a company of the date on a suspension card (B2); the account is not resumed."""

from uuid import UUID

from services.membership.domain.members.members import Member
from services.membership.flows.ground import notices
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.members import member_states, members
from shared.contracts.company_mails import SuspensionReminder
from shared.db import Connection


async def remind(context: Context) -> None:
    """Once for each card, to the active owners and admins."""
    async with context.db.connection() as connection:
        due = await member_states.list_due_cards(connection)
    for id in due:
        async with context.db.transaction("remind of suspension") as connection:
            await _remind(connection, context, id)


async def _remind(connection: Connection, context: Context, id: UUID) -> None:
    member = await member_states.take_due_card(connection, id)
    if member is None:
        return
    customer = await customers.get(connection, member.customer_id)
    for lead in await members.list_of_customer(connection, customer.id):
        if lead.state == "active" and lead.role != "staff":
            await notices.write(connection, context, lead, _params(lead, member, customer.name))


def _params(lead: Member, member: Member, customer_name: str) -> SuspensionReminder:
    assert member.suspension is not None
    assert member.suspension.card.until is not None
    return SuspensionReminder(
        name=lead.person.name_for(lead.locale),
        customer_name=customer_name,
        member_name=member.person.name_for(lead.locale),
        member_email=member.email,
        reason=member.suspension.card.reason,
        until=member.suspension.card.until,
    )
