"""Requests that wait for approval (R3, R4): listed with probable duplicates, decided, lapsed.

A company's owners and admins decide on requests with the right code and phone; the vendor, after a
recorded call, on the others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.membership.domain.email_changes import EmailChange
from services.membership.domain.joining.admission import Reason, first_role
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.joining.registrations import Registration
from services.membership.domain.members.members import Member, Person, is_probable_double
from services.membership.errors import ApprovalDecided, ApprovalNotFound, OwnAccount
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, notices
from services.membership.flows.ground.acting import Acting, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import acceptance, account_opening
from services.membership.flows.joining.registration_confirmation import newcomer_of
from services.membership.flows.members import email_change
from services.membership.storage.joining import approvals, invitations
from services.membership.storage.members import email_changes, members
from shared.contracts.address_mails import EmailChangeRejected
from shared.contracts.base import RejectionReason
from shared.contracts.company_mails import RegistrationRejected
from shared.messaging.mailer import NOTICE_LIVES

Kind = Literal["registration", "email_change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing to decide on: who asks, why it did not go by itself, and who it may be already."""

    id: UUID
    kind: Kind
    person: Person
    email: str
    reasons: tuple[Reason, ...]
    waits_since: datetime
    doubles: list[Member]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """The rejection: a reason, and a note in the approver's own words."""

    reason: RejectionReason
    note: str = ""


async def list_waiting(context: Context, who: Who) -> list[Waiting]:
    """The requests that wait for the company's owners and admins, the oldest first.

    Raises:
        RoleRequired: The caller may not decide.
    """
    async with acting.look(context, who, "list approvals") as act:
        act.require("decide")
        people = await members.list_of_customer(act.connection, act.customer.id)
        asked = await approvals.list_of_customer(act.connection, act.customer.id)
        changes = await email_changes.list_of_customer(act.connection, act.customer.id)
        replaced = await invitations.list_replaced(act.connection, act.customer.id)
    waiting = [
        _registration(one, [other for other in people if other.id != replaced.get(one.id)])
        for one in asked
    ]
    waiting += [_change(one, people, act) for one in changes]
    return sorted(waiting, key=lambda one: (one.waits_since, one.id))


async def approve(context: Context, who: Who, id: UUID) -> None:
    """Approve it: a registration gets an account and a seat, a change of address takes effect.

    Raises:
        RoleRequired: The caller may not decide.
        ApprovalNotFound: The company has no pending request with this id.
        ApprovalDecided: It was already decided or withdrawn, the address has an account by now, or
            the sender of its invitation may not send it any more.
        OwnAccount: It is the caller's own change of address.
        SeatsFull: The company has no free seat.
    """
    async with acting.begin(context, who, "approve", registration=id) as act:
        found = await _find(act, id)
        if isinstance(found, Registration):
            await _open(act, found)
            return
        await act.record("address", "change_approved", target_id=found.member_id)
        if await email_change.carry_out(act, found) is None:
            raise ApprovalDecided


async def reject(context: Context, who: Who, id: UUID, rejection: Rejection) -> None:
    """Reject it, and notify the applicant of the reason; the entered data is erased.

    Raises:
        RoleRequired, ApprovalNotFound, ApprovalDecided, OwnAccount: As for `approve`.
    """
    async with acting.begin(context, who, "reject", registration=id) as act:
        found = await _find(act, id)
        if isinstance(found, Registration):
            await _turn_down(act, found, rejection)
        else:
            await _refuse_change(act, found, rejection)


def _registration(waiting: Registration, people: list[Member]) -> Waiting:
    entry = waiting.entry
    return Waiting(
        id=waiting.id,
        kind="registration",
        person=entry.person,
        email=entry.email,
        reasons=waiting.reasons,
        waits_since=waiting.since,
        doubles=[one for one in people if is_probable_double(entry.person, one.person)],
        mine=False,
    )


def _change(waiting: EmailChange, people: list[Member], act: Acting) -> Waiting:
    member = next(one for one in people if one.id == waiting.member_id)
    return Waiting(
        id=waiting.id,
        kind="email_change",
        person=member.person,
        email=waiting.email,
        reasons=waiting.reasons,
        waits_since=waiting.since,
        doubles=[],
        mine=member.id == act.actor.id,
    )


async def _find(act: Acting, id: UUID) -> Registration | EmailChange:
    """The request to decide on: an operator may decide on every request, and chooses the customer
    of one without a customer."""
    act.require("decide")
    found: Registration | EmailChange | None = await approvals.find(act.connection, id)
    found = found or await email_changes.find(act.connection, id)
    operator = act.judge.party == "operator"
    if found is None or not (operator and found.customer_id is None):
        act.own("approval", id, found, missing=ApprovalNotFound)
    if found is None or (not operator and found.waits_for == "operator"):
        raise ApprovalNotFound
    if found.state != "waiting" or await _is_withdrawn(act, found):
        raise ApprovalDecided
    if isinstance(found, EmailChange) and found.member_id == act.actor.id:
        raise OwnAccount
    return found


async def _is_withdrawn(act: Acting, found: Registration | EmailChange) -> bool:
    """Whether the invitation whose seat it uses was withdrawn meanwhile."""
    if isinstance(found, EmailChange) or found.invitation_id is None:
        return False
    invited = await invitations.find(act.connection, found.invitation_id)
    return invited is None or invited.state != "waiting"


async def _open(act: Acting, waiting: Registration) -> None:
    invited = await _find_invitation(act, waiting)
    opened = await (_open_held(act, waiting, invited) if invited else _open_free(act, waiting))
    if opened is None:
        raise ApprovalDecided
    await approvals.update_decided(
        act.connection, waiting.id, "approved", customer_id=act.customer.id
    )
    await act.record("approval", "approved", target_id=waiting.id, reason=",".join(waiting.reasons))


async def _find_invitation(act: Acting, waiting: Registration) -> Invitation | None:
    """The invitation whose seat it uses, or a later one of the company to the address."""
    if waiting.invitation_id is not None:
        return await invitations.find(act.connection, waiting.invitation_id)
    key = waiting.entry.email_key
    return await acceptance.find_invitation(act.connection, act.customer.id, key)


async def _open_held(act: Acting, waiting: Registration, invited: Invitation) -> Member | None:
    newcomer = newcomer_of(waiting, invited.role)
    return await acceptance.admit(act, invited, newcomer, how="approval")


async def _open_free(act: Acting, waiting: Registration) -> Member | None:
    await seats.require_free(act.connection, act.customer)
    accounts = await members.count(act.connection, act.customer.id)
    newcomer = newcomer_of(waiting, first_role(accounts))
    return await account_opening.open_account(act, newcomer, how="approval")


async def _turn_down(act: Acting, waiting: Registration, rejection: Rejection) -> None:
    """Name the company only if it decides itself, because then code and phone were right. The
    vendor names none; otherwise a stranger would learn whose code was typed (ASVS-6.3.8)."""
    company = None if act.judge.party == "operator" else act.customer
    await act.context.mailer.send(
        act.connection,
        RegistrationRejected(
            customer_name=company.name if company else "",
            reason=rejection.reason,
            note=rejection.note,
            decided_at=act.now,
        ),
        to=waiting.entry.email,
        subject_id=waiting.id,
        customer_id=company.id if company else None,
        locale=waiting.entry.locale,
        expires_at=act.now + NOTICE_LIVES,
    )
    await seats.give_back(act.connection, waiting, act.actor)
    await approvals.update_decided(
        act.connection, waiting.id, "rejected", customer_id=act.customer.id
    )
    await act.record("approval", "rejected", target_id=waiting.id, reason=rejection.reason)


async def _refuse_change(act: Acting, waiting: EmailChange, rejection: Rejection) -> None:
    member = await act.member(waiting.member_id)
    await email_changes.end(act.connection, waiting.id, "rejected")
    rejected = EmailChangeRejected(
        name=member.person.name_for(member.locale),
        reason=rejection.reason,
        note=rejection.note,
        decided_at=act.now,
    )
    await notices.tell(act, member, rejected)
    await act.record("address", "change_rejected", target_id=member.id, reason=rejection.reason)
