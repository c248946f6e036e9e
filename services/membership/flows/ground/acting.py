"""Actions on a company: one transaction under its lock, in which permissions are checked again.

The caller's identity only says who calls: role and state are read under the lock, so of two
simultaneous actions the second sees the effect of the first. An id that belongs to another company
is not found, and the attempt is recorded.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.members.actors import VISITOR, Actor, Basis, Operator, Visitor
from services.membership.domain.members.members import Member
from services.membership.domain.members.trust import Session
from services.membership.domain.permissions import CompanyAct, Judge, MemberAct, Why
from services.membership.errors import (
    AccountNotActive,
    AlreadySuspended,
    LastOwner,
    MemberNotFound,
    MemberSuspended,
    NotSuspended,
    OwnAccount,
    OwnerProtected,
    VendorOnly,
)
from services.membership.flows.ground import audit
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.joining import approvals
from services.membership.storage.members import members
from shared import clock
from shared.contracts.base import AuditSubject
from shared.db import Connection
from shared.errors import NotFound, Problem, RoleRequired

Who = Visitor | Operator
GetCustomer = Callable[[Connection, UUID], Awaitable[Customer]]


class Belonging(Protocol):
    """What belongs to a customer."""

    @property
    def customer_id(self) -> UUID | None: ...


B = TypeVar("B", bound=Belonging)

REFUSALS: Mapping[Why, type[Problem]] = {
    fact.code: fact  # type: ignore[misc]  # a test holds that there is one for each
    for fact in (
        RoleRequired,
        VendorOnly,
        OwnAccount,
        OwnerProtected,
        AlreadySuspended,
        NotSuspended,
        MemberSuspended,
        LastOwner,
    )
}


@dataclass(slots=True, kw_only=True)
class Deed:
    """A change in progress: the transaction, the locked customer, the actor, and the time."""

    context: Context
    connection: Connection
    customer: Customer
    actor: Actor
    now: datetime

    async def record(
        self, subject: AuditSubject, action: str, *, target_id: UUID | None = None, reason: str = ""
    ) -> None:
        """Write the deed down in the company's audit log."""
        await audit.record(
            self.connection,
            self.customer.id,
            self.actor,
            subject,
            action,
            target_id=target_id,
            reason=reason,
        )


@dataclass(slots=True, kw_only=True)
class Acting(Deed):
    """An action of a signed-in caller, with their permissions."""

    judge: Judge
    me: Member | None
    session: Session | None = None
    basis: Basis = ""
    trespassed: list[tuple[AuditSubject, UUID]] = field(default_factory=list)

    def require(self, act: CompanyAct) -> None:
        """Check that the action on the company is allowed.

        Raises:
            RoleRequired: It is not.
        """
        if not self.judge.may(act):
            raise RoleRequired

    def require_on(self, act: MemberAct, target: Member) -> None:
        """Check that the action on the account is allowed.

        Raises:
            Problem: It is not; the class gives the reason.
        """
        why = self.judge.why_not(act, target)
        if why is not None:
            raise REFUSALS[why]

    async def member(self, id: UUID) -> Member:
        """A member of this company.

        Raises:
            MemberNotFound: The company has no such member, or no longer.
        """
        found = await members.find(self.connection, id)
        member = self.own("member", id, found, missing=MemberNotFound)
        if member.state == "closed":
            raise MemberNotFound
        return member

    def own(
        self, subject: AuditSubject, id: UUID, found: B | None, *, missing: type[NotFound]
    ) -> B:
        """The object found by an id, if it belongs to this company.

        Raises:
            NotFound: It does not exist, or belongs to another company, which is recorded.
        """
        if found is not None and found.customer_id != self.customer.id:
            self.trespassed.append((subject, id))
            found = None
        if found is None:
            raise missing
        return found

    async def has_owner(self) -> bool:
        """Whether the company has an active owner after the changes so far (R12)."""
        return await members.count_active_owners(self.connection, self.customer.id) > 0

    async def record(
        self, subject: AuditSubject, action: str, *, target_id: UUID | None = None, reason: str = ""
    ) -> None:
        """Write the deed down in the company's audit log; on what it was done is part of why."""
        why = ",".join(filter(None, (reason, self.basis)))
        await Deed.record(self, subject, action, target_id=target_id, reason=why)


@asynccontextmanager
async def begin(
    context: Context, who: Who, name: str, *, registration: UUID | None = None
) -> AsyncIterator[Acting]:
    """Lock the company and check the actor; commits at the end. `name` is the transaction's.

    An action on a registration locks that one as well, in the order of `locking`.

    Raises:
        AccountNotActive: The account of the caller is suspended or closed, or the session ended.
    """
    begun: list[Acting] = []
    try:
        async with context.db.transaction(name) as connection:
            begun.append(await _enter(connection, context, who, customers.lock))
            if registration is not None:
                await approvals.lock(connection, registration)
            yield begun[0]
    except Problem:  # any problem that the flow raised for an id that it did not find
        if begun and begun[0].trespassed:
            await _report(context, begun[0])
        raise


@asynccontextmanager
async def look(context: Context, who: Who, name: str) -> AsyncIterator[Acting]:
    """Check the reader, as `begin` checks the actor; read-only, and without locks.

    Raises:
        AccountNotActive: The account of the caller is suspended or closed, or the session ended.
    """
    async with context.db.snapshot(name) as connection:
        yield await _enter(connection, context, who, customers.get)


async def by_link(context: Context, connection: Connection, customer: Customer) -> Deed:
    """An action of the holder of a mailed link on the customer, which the caller has locked."""
    return Deed(
        context=context,
        connection=connection,
        customer=customer,
        actor=VISITOR,
        now=await clock.now(connection),
    )


async def _enter(
    connection: Connection, context: Context, who: Who, get_customer: GetCustomer
) -> Acting:
    if isinstance(who, Operator):
        customer = await get_customer(connection, who.customer_id)
        me, actor = None, Actor(source="operator", id=who.id, place=who.place)
    else:
        customer, me = await _own(connection, who, get_customer)
        actor = Actor(source=me.role, id=me.id, place=who.place)
    owners = await members.count_active_owners(connection, customer.id)
    return Acting(
        context=context,
        connection=connection,
        customer=customer,
        actor=actor,
        judge=Judge(party=me.role if me else "operator", id=actor.id, active_owners=owners),
        now=await clock.now(connection),
        me=me,
        session=None if isinstance(who, Operator) else who.session,
        basis=who.basis if isinstance(who, Operator) else "",
    )


async def _own(
    connection: Connection, who: Visitor, get_customer: GetCustomer
) -> tuple[Customer, Member]:
    """The company of a member, and the member's current row: under the lock, if one was taken.

    An identity is valid for 60 s, and a body may arrive slowly, so a session that auth has ended
    meanwhile is rejected here: otherwise its request would survive.
    """
    seen = await members.find(connection, who.member_id)
    if seen is None:
        raise AccountNotActive
    customer = await get_customer(connection, seen.customer_id)
    me = await members.find(connection, who.member_id)
    if me is None or me.state != "active" or not me.trusts(who.session):
        raise AccountNotActive
    return customer, me


async def _report(context: Context, acting: Acting) -> None:
    """In a separate transaction, because that of the action is rolled back."""
    async with context.db.transaction("record what was denied") as connection:
        for subject, id in acting.trespassed:
            await audit.record(
                connection, acting.customer.id, acting.actor, subject, "denied", target_id=id
            )
