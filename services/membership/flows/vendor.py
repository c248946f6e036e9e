"""What the vendor's staff see of customers: one found by its code, its members, what waits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.membership.domain.actors import Operator
from services.membership.domain.admission import Reason
from services.membership.domain.customers import Customer
from services.membership.domain.members import Member
from services.membership.domain.text import code_key
from services.membership.errors import CustomerNotFound, MemberNotFound
from services.membership.flows import acting
from services.membership.flows.context import Context
from services.membership.storage import approvals, customers, email_changes, members
from shared.addresses import Address, InvalidAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that only the vendor decides on; `customer_code` is as it was entered."""

    id: UUID
    customer_code: str
    name: str
    email: str
    reasons: tuple[Reason, ...]
    waits_since: datetime


async def get_customer(context: Context, code: str) -> Customer:
    """The customer of a code, however it is spelled.

    Raises:
        CustomerNotFound: There is none.
    """
    key = code_key(code)
    async with context.db.connection() as connection:
        found = (await customers.list_by_code_key(connection, [key], lock=False)).get(key)
    if found is None:
        raise CustomerNotFound
    return found.customer


async def list_members(context: Context, who: Operator) -> list[Member]:
    """Everybody with an account, in the order in which they joined."""
    async with acting.look(context, who) as act:
        act.require("see_contacts")
        return await members.list_of_customer(act.connection, act.customer.id)


async def get_member(context: Context, who: Operator, email: str) -> Member:
    """The customer's member who has this address.

    Raises:
        MemberNotFound: There is none here.
    """
    try:
        key = Address.parse(email).key
    except InvalidAddress as error:
        raise MemberNotFound from error
    async with acting.look(context, who) as act:
        found = await members.find_by_email_key(act.connection, key)
        if found is None or found.customer_id != act.customer.id:
            raise MemberNotFound
        return found


async def list_waiting(context: Context) -> list[Waiting]:
    """What waits for the vendor, the oldest first."""
    async with context.db.connection() as connection:
        asked = await approvals.list_of_operators(connection)
        changes = await email_changes.list_of_operators(connection)
        waiting = [
            Waiting(
                id=one.id,
                customer_code=one.entry.customer_code,
                name=one.entry.person.name,
                email=one.entry.email,
                reasons=one.reasons,
                waits_since=one.since,
            )
            for one in asked
        ]
        for change in changes:
            member = await members.find(connection, change.member_id)
            customer = await customers.get(connection, change.customer_id)
            assert member is not None
            waiting.append(
                Waiting(
                    id=change.id,
                    customer_code=customer.code,
                    name=member.person.name,
                    email=change.email,
                    reasons=change.reasons,
                    waits_since=change.since,
                )
            )
    return sorted(waiting, key=lambda one: (one.waits_since, one.id))
