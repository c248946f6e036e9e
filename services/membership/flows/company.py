"""What members see of themselves and of their company (R10, R13), judged by membership's own rows.

The identity that auth signed only opens the door: a suspended account is refused here at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.membership.domain.customers import Customer
from services.membership.domain.members import Member
from services.membership.errors import AccountNotActive
from services.membership.flows.context import Context
from services.membership.storage import customers, members
from shared.db import Connection


@dataclass(frozen=True, slots=True)
class Company:
    """A customer as its members see it."""

    customer: Customer
    seats_used: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list of members, and where the next one starts, if there is one.

    `in_full`: for an owner or admin, who also see phone and presence standing.
    """

    members: Sequence[Member]
    next: UUID | None
    in_full: bool


async def show_member(context: Context, member_id: UUID) -> tuple[Member, Customer]:
    """Oneself, and whom one belongs to.

    Raises:
        AccountNotActive: The account is suspended or closed.
    """
    async with context.db.connection() as connection:
        member = await _active(connection, member_id)
        return member, await customers.get(connection, member.customer_id)


async def show(context: Context, member_id: UUID) -> Company:
    """The caller's company.

    Raises:
        AccountNotActive: The account is suspended or closed.
    """
    async with context.db.connection() as connection:
        member = await _active(connection, member_id)
        customer = await customers.get(connection, member.customer_id)
        return Company(customer, await members.count(connection, customer.id))


async def list_members(
    context: Context, member_id: UUID, *, after: UUID | None, limit: int
) -> Page:
    """The members of the caller's company, in the order in which they registered.

    Raises:
        AccountNotActive: The account is suspended or closed.
    """
    async with context.db.connection() as connection:
        caller = await _active(connection, member_id)
        found = await members.list_page(
            connection, caller.customer_id, after=after, limit=limit + 1
        )
    page = found[:limit]
    more = page[-1].id if len(found) > limit else None
    return Page(page, more, in_full=caller.role in ("owner", "admin"))


async def _active(connection: Connection, member_id: UUID) -> Member:
    member = await members.find(connection, member_id)
    if member is None or member.state != "active":
        raise AccountNotActive
    return member
