"""A member's company (R13), with permissions from membership's own rows.

The identity that auth signed only says who calls: a suspended account is rejected here at once, and
so is a distrusted session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args
from uuid import UUID

from services.membership.domain.company.customers import HIGHEST_SEAT_LIMIT, Customer
from services.membership.domain.company.seats import Seats
from services.membership.domain.entry.text import comparison_key
from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.member_list import (
    Department,
    Filter,
    Listing,
    MemberOrder,
    Position,
)
from services.membership.domain.members.members import Member
from services.membership.domain.permissions import CompanyAct, Judge, MemberAct, Why, may
from services.membership.errors import AccountNotActive, MemberNotFound
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, audit
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.members import member_list, members
from shared.db import Connection


@dataclass(frozen=True, slots=True)
class Company:
    """A customer for one of its members, and the actions that the member may take."""

    customer: Customer
    seats: Seats
    may: Sequence[CompanyAct]


@dataclass(frozen=True, slots=True)
class Row:
    """A member in the list.

    `refused` has each action: with the reason why the caller may not take it, or None if the caller
    may. It is empty for a closed account. `in_full`: the caller also sees phone, suspension and
    presence.
    """

    member: Member
    refused: Mapping[MemberAct, Why | None]
    in_full: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list of members. `next` is the position after which the next part starts, None
    if this is the last one.

    `found`: the number of matches.
    """

    rows: Sequence[Row]
    next: Position | None
    found: int


async def show(context: Context, who: CallingMember) -> Company:
    """The caller's company.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session is distrusted.
    """
    async with context.db.connection() as connection:
        member = await _active(connection, who)
        customer = await customers.get(connection, member.customer_id)
        acts = [act for act in get_args(CompanyAct) if may(member.role, act)]
        return Company(customer, await seats.count(connection, customer), acts)


async def list_members(context: Context, who: CallingMember, asked: Listing) -> Page:
    """The members of the caller's company who match, in an order.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session is distrusted.
    """
    async with context.db.connection() as connection:
        caller = await _active(connection, who)
        judge = await _judge(connection, caller)
        wanted = replace(asked.filter, text=comparison_key(asked.filter.text))
        found = await member_list.list_page(
            connection,
            caller.customer_id,
            wanted,
            order=asked.order,
            after=asked.after,
            limit=asked.limit + 1,
        )
        matching = await member_list.count(connection, caller.customer_id, wanted)
    page = found[: asked.limit]
    return Page(
        [_row(judge, member) for _, member in page],
        page[-1][0] if len(found) > asked.limit else None,
        found=matching,
    )


async def export_members(
    context: Context, who: CallingMember, filter: Filter, order: MemberOrder
) -> list[Member]:
    """All members who match, for a file (B16); the export is recorded in the audit log.

    Raises:
        RoleRequired: The caller may not export the list.
        AccountNotActive: The account is suspended or closed, or the session is distrusted.
    """
    async with acting.look(context, who, "read members for export") as act:
        act.require("export_members")
        found = await member_list.list_page(
            act.connection,
            act.customer.id,
            replace(filter, text=comparison_key(filter.text)),
            order=order,
            after=None,
            limit=HIGHEST_SEAT_LIMIT,
        )
    async with context.db.transaction("record export of members") as connection:
        await audit.record(connection, act.customer.id, act.actor, "company", "members_exported")
    return [member for _, member in found]


async def list_departments(context: Context, who: CallingMember) -> list[Department]:
    """The departments of the company's members (B15).

    Raises:
        AccountNotActive: The account is suspended or closed, or the session is distrusted.
    """
    async with context.db.connection() as connection:
        caller = await _active(connection, who)
        return await member_list.list_departments(connection, caller.customer_id)


async def show_colleague(context: Context, who: CallingMember, id: UUID) -> Row:
    """A member of the caller's company; a deleted one until auth has confirmed the deletion.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session is distrusted.
        MemberNotFound: The company has no such member.
    """
    async with acting.look(context, who, "show colleague") as act:
        found = await members.find(act.connection, id)
        member = act.require_own("member", id, found, missing=MemberNotFound)
        if member.shown_state == "closed":
            raise MemberNotFound
        return _row(act.judge, member)


def _row(judge: Judge, member: Member) -> Row:
    acts = () if member.state == "closed" else get_args(MemberAct)
    refused = {act: judge.why_not(act, member) for act in acts}
    return Row(member, refused, in_full=judge.may("see_contacts"))


async def _judge(connection: Connection, member: Member) -> Judge:
    owners = await members.count_active_owners(connection, member.customer_id)
    return Judge(party=member.role, id=member.id, active_owners=owners)


async def _active(connection: Connection, who: CallingMember) -> Member:
    member = await members.find(connection, who.member_id)
    if member is None or member.state != "active" or not member.trusts(who.session):
        raise AccountNotActive
    return member
