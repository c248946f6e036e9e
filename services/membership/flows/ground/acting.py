"""Actions on a company: each is one transaction, in which the caller's rights are checked.

The signed identity of a request may be outdated, so the caller's role and state are read again. An
action that changes data (`begin`) first locks the company, so of two at once the second sees the
changes of the first; one that only reads (`look`) locks nothing. An id that belongs to another
company counts as not found; `begin` also records the attempt in the audit log.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.members.actors import VISITOR, Actor, Basis, CallingMember, Operator
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

Who = CallingMember | Operator
GetCustomer = Callable[[Connection, UUID], Awaitable[Customer]]


class Belonging(Protocol):
    """Represents an object that belongs to a customer."""

    @property
    def customer_id(self) -> UUID | None: ...


B = TypeVar("B", bound=Belonging)

REFUSALS: Mapping[Why, type[Problem]] = {
    fact.code: fact  # type: ignore[misc]  # a test checks that each code has one
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
    """Describes one action in progress: its transaction, the customer (whose row is locked if the
    action changes anything), the actor, and the time."""

    context: Context
    connection: Connection
    customer: Customer
    actor: Actor
    now: datetime

    async def record(
        self, subject: AuditSubject, action: str, *, target_id: UUID | None = None, reason: str = ""
    ) -> None:
        """Record the action in the company's audit log."""
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
    """Describes the action of a member or an operator. `judge` decides what they may do.

    `me` is the caller's own member, None for an operator. `basis` says what an operator's action is
    based on. `foreign_ids` collects requested ids that belong to other companies.
    """

    judge: Judge
    me: Member | None
    session: Session | None = None
    basis: Basis = ""
    foreign_ids: list[tuple[AuditSubject, UUID]] = field(default_factory=list)

    def require(self, act: CompanyAct) -> None:
        """Check that the caller may do this to the company.

        Raises:
            RoleRequired: The caller's role does not allow it.
        """
        if not self.judge.may(act):
            raise RoleRequired

    def require_on(self, act: MemberAct, target: Member) -> None:
        """Check that the caller may do this to the account.

        Raises:
            Problem: The caller may not; the class, one of `REFUSALS`, gives the reason.
        """
        why = self.judge.why_not(act, target)
        if why is not None:
            raise REFUSALS[why]

    async def member(self, id: UUID) -> Member:
        """Return a member of this company.

        Raises:
            MemberNotFound: The company has no such member, or the account was closed.
        """
        found = await members.find(self.connection, id)
        member = self.require_own("member", id, found, missing=MemberNotFound)
        if member.state == "closed":
            raise MemberNotFound
        return member

    def require_own(
        self, subject: AuditSubject, id: UUID, found: B | None, *, missing: type[NotFound]
    ) -> B:
        """Return the object that was found by an id, if it belongs to this company.

        Raises:
            NotFound: There is no such object, or it belongs to another company. `missing` is the
                class. An id of another company is kept for the audit log.
        """
        if found is not None and found.customer_id != self.customer.id:
            self.foreign_ids.append((subject, id))
            found = None
        if found is None:
            raise missing
        return found

    async def has_owner(self) -> bool:
        """Return whether the company has an active owner, after the changes so far (R12)."""
        return await members.count_active_owners(self.connection, self.customer.id) > 0

    async def record(
        self, subject: AuditSubject, action: str, *, target_id: UUID | None = None, reason: str = ""
    ) -> None:
        """Record the action in the company's audit log; the reason includes the operator's
        basis."""
        why = ",".join(filter(None, (reason, self.basis)))
        await Deed.record(self, subject, action, target_id=target_id, reason=why)


@asynccontextmanager
async def begin(
    context: Context, who: Who, name: str, *, registration: UUID | None = None
) -> AsyncIterator[Acting]:
    """Begin an action that changes data: lock the company, and read the caller's role and state.

    The end of the block commits. `name` is the name of the transaction. With `registration`, that
    registration is locked too, after the company (see `locking`).

    Raises:
        AccountNotActive: The caller's account is suspended or closed, or the session has ended.
    """
    begun: list[Acting] = []
    try:
        async with context.db.transaction(name) as connection:
            begun.append(await _enter(connection, context, who, customers.lock))
            if registration is not None:
                await approvals.lock(connection, registration)
            yield begun[0]
    except Problem:
        await _record_foreign_ids(context, begun)
        raise


@asynccontextmanager
async def look(context: Context, who: Who, name: str) -> AsyncIterator[Acting]:
    """Begin an action that only reads. The caller's role and state are read as in `begin`.

    The transaction is a snapshot: it locks nothing, and cannot write. An attempt to use another
    company's id is recorded all the same, in a transaction of its own.

    Raises:
        AccountNotActive: The caller's account is suspended or closed, or the session has ended.
    """
    begun: list[Acting] = []
    try:
        async with context.db.snapshot(name) as connection:
            begun.append(await _enter(connection, context, who, customers.get))
            yield begun[0]
    except Problem:
        await _record_foreign_ids(context, begun)
        raise


async def by_link(context: Context, connection: Connection, customer: Customer) -> Deed:
    """Return the action of a person who uses a mailed link. The flow that calls this has locked
    the customer.
    """
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
        customer, me = await _find_customer_and_member(connection, who, get_customer)
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


async def _find_customer_and_member(
    connection: Connection, who: CallingMember, get_customer: GetCustomer
) -> tuple[Customer, Member]:
    """Return the member's company, and the member as read after the company was locked.

    An identity is accepted for 60 s after it was signed, and a request's body may arrive slowly. So
    a session that auth has ended in the meantime is rejected here. Otherwise a request of it that
    arrives after the withdrawal would take effect.
    """
    seen = await members.find(connection, who.member_id)
    if seen is None:
        raise AccountNotActive
    customer = await get_customer(connection, seen.customer_id)
    me = await members.find(connection, who.member_id)
    if me is None or me.state != "active" or not me.trusts(who.session):
        raise AccountNotActive
    return customer, me


async def _record_foreign_ids(context: Context, begun: Sequence[Acting]) -> None:
    """Record the attempts to use other companies' ids in a transaction of their own, because any
    problem rolls back the action's transaction."""
    denied = [(one, subject, id) for one in begun for subject, id in one.foreign_ids]
    if not denied:
        return
    async with context.db.transaction("record what was denied") as connection:
        for one, subject, id in denied:
            await audit.record(
                connection, one.customer.id, one.actor, subject, "denied", target_id=id
            )
