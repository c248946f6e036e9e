"""The operators' view of customers: one found by its code, its members, pending approvals.

Each display is recorded before the data is shown (B6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.membership.domain.company.audit import VENDOR
from services.membership.domain.company.customers import Customer
from services.membership.domain.company.disclosure import RevealReason
from services.membership.domain.entry.text import code_key
from services.membership.domain.joining.admission import Reason
from services.membership.domain.members.actors import Actor, Operator
from services.membership.domain.members.members import Member
from services.membership.errors import ApprovalNotFound, CustomerNotFound, MemberNotFound
from services.membership.flows.ground import acting, audit
from services.membership.flows.ground.acting import Acting
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers, handles
from services.membership.storage.joining import approvals
from services.membership.storage.members import email_changes, members
from shared import clock
from shared.addresses import Address, InvalidAddress
from shared.contracts.base import AuditSubject
from shared.db import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request that only the vendor decides; `customer_code` is as it was entered."""

    id: UUID
    customer_id: UUID | None
    customer_code: str
    name: str
    email: str
    reasons: tuple[Reason, ...]
    waits_since: datetime


async def get_customer(context: Context, code: str) -> Customer:
    """The customer of a code, in any spelling.

    Raises:
        CustomerNotFound: There is none.
    """
    key = code_key(code)
    async with context.db.connection() as connection:
        found = (await customers.list_by_code_key(connection, [key], lock=False)).get(key)
    if found is None:
        raise CustomerNotFound
    return found.customer


async def identify(context: Context, handle: str) -> UUID:
    """The id of an operator, for audit logs."""
    async with context.db.transaction("identify operator") as connection:
        return await handles.add(connection, handle, at=await clock.now(connection))


async def list_handles(context: Context) -> list[tuple[UUID, str, datetime]]:
    """The operators in audit logs: id, handle, first use."""
    async with context.db.connection() as connection:
        return await handles.list_all(connection)


async def list_members(
    context: Context, who: Operator, *, only: UUID | None = None
) -> list[Member]:
    """All members, in the order in which they joined, or one; for showing masked.

    Raises:
        MemberNotFound: There is no member of the id `only` here.
    """
    act, found = await _find(context, who, only)
    await _record(act, "company", action="members_listed")
    return found


async def reveal_members(
    context: Context, who: Operator, reason: RevealReason, *, only: UUID | None = None
) -> list[Member]:
    """The same for showing in full; with an audit entry for each member shown.

    Raises:
        MemberNotFound: There is no member of the id `only` here.
    """
    act, found = await _find(context, who, only)
    await _record(
        act, "member", action="revealed", targets=[one.id for one in found], reason=reason
    )
    return found


async def _find(context: Context, who: Operator, only: UUID | None) -> tuple[Acting, list[Member]]:
    async with acting.look(context, who, "look for a member") as act:
        act.require("see_contacts")
        everybody = await members.list_of_customer(act.connection, act.customer.id)
    found = [one for one in everybody if only in (None, one.id)]
    if only and not found:
        raise MemberNotFound
    return act, found


async def call_back(context: Context, who: Operator) -> Customer:
    """The customer with its registered number, for an operator who has to call it (R6)."""
    async with acting.look(context, who, "look for who is called") as act:
        act.require("see_contacts")
    await _record(act, "company", action="phone_shown")
    return act.customer


async def reveal_waiting(
    context: Context, who: Operator, id: UUID, reason: RevealReason
) -> Waiting:
    """One of this customer's pending requests, for showing in full.

    Raises:
        ApprovalNotFound: The customer has no pending request with this id.
    """
    async with acting.look(context, who, "reveal what waits") as act:
        act.require("see_contacts")
    async with context.db.connection() as connection:
        waiting = await _waiting(connection)
    found = next((one for one in waiting if one.id == id), None)
    ours = (act.customer.id, code_key(act.customer.code))
    if found is None or (ours[0] != found.customer_id and ours[1] != code_key(found.customer_code)):
        raise ApprovalNotFound
    await _record(act, "approval", action="revealed", targets=[id], reason=reason)
    return found


async def _record(
    act: Acting,
    subject: AuditSubject,
    *,
    action: str,
    targets: Sequence[UUID | None] = (None,),
    reason: str = "",
) -> None:
    why = ",".join(filter(None, (reason, act.basis)))
    async with act.context.db.transaction("record vendor's look") as connection:
        for target in targets:
            await audit.record(
                connection, act.customer.id, act.actor, subject, action,
                target_id=target, reason=why,
            )  # fmt: skip


async def get_member(context: Context, who: Operator, email: str) -> Member:
    """The customer's member who has this address.

    Raises:
        MemberNotFound: There is none here.
    """
    try:
        key = Address.parse(email).key
    except InvalidAddress as error:
        raise MemberNotFound from error
    async with acting.look(context, who, "look at a member") as act:
        found = await members.find_by_email_key(act.connection, key)
        if found is None or found.customer_id != act.customer.id:
            raise MemberNotFound
        return found


async def list_waiting(context: Context, staff: UUID) -> list[Waiting]:
    """The vendor's pending requests, the oldest first; for showing masked. They concern many
    customers, so the display is recorded in the vendor's own audit log."""
    async with context.db.transaction("list what waits for the vendor") as connection:
        actor = Actor(source="operator", id=staff)
        await audit.record(connection, VENDOR, actor, "approval", "listed")
        return await _waiting(connection)


async def _waiting(connection: Connection) -> list[Waiting]:
    asked = await approvals.list_of_operators(connection)
    changes = await email_changes.list_of_operators(connection)
    waiting = [
        Waiting(
            id=one.id,
            customer_id=one.customer_id,
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
                customer_id=customer.id,
                customer_code=customer.code,
                name=member.person.name,
                email=change.email,
                reasons=change.reasons,
                waits_since=change.since,
            )
        )
    return sorted(waiting, key=lambda one: (one.waits_since, one.id))
