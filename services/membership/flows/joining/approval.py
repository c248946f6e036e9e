"""Requests that wait for an approval (R3, R4): registrations and changes of address.

The company's owners and admins decide on a change of address, and on a registration with the right
customer code and phone number. If the code or the phone number was wrong, or the company has no
owner or admin other than the applicant, vendor staff (operators) decide after a recorded phone
call.
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
    """Describes one waiting request, for the list of requests.

    `reasons` says why it needs an approval, and `doubles` lists members who are probably the same
    person (R4). `mine` marks the caller's own change of address, on which another person must
    decide; `current_email` is the address that it would replace.
    """

    id: UUID
    kind: Kind
    person: Person
    email: str
    current_email: str | None
    reasons: tuple[Reason, ...]
    waits_since: datetime
    doubles: list[Member]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Holds the reason of a rejection, and a note in the words of the person who decides."""

    reason: RejectionReason
    note: str = ""


async def list_waiting(context: Context, who: Who) -> list[Waiting]:
    """Return the requests that wait for the company's owners and admins, the oldest first.

    Raises:
        RoleRequired: The caller's role does not decide on requests.
        AccountNotActive: The caller's account is not active, or the session has ended.
    """
    async with acting.look(context, who, "list approvals") as act:
        act.require("decide")
        people = await members.list_of_customer(act.connection, act.customer.id)
        asked = await approvals.list_of_customer(act.connection, act.customer.id)
        changes = await email_changes.list_of_customer(act.connection, act.customer.id)
        replaced = await invitations.list_replaced(act.connection, act.customer.id)
    waiting = [
        _waiting_registration(one, [other for other in people if other.id != replaced.get(one.id)])
        for one in asked
    ]
    waiting += [_waiting_change(one, people, act) for one in changes]
    return sorted(waiting, key=lambda one: (one.waits_since, one.id))


async def approve(context: Context, who: Who, id: UUID) -> None:
    """Approve a request: open an account for a registration, or carry out a change of address.

    An account takes one of the company's seats: a free one, or the seat that an invitation holds.

    Raises:
        RoleRequired: The caller's role does not decide on requests.
        AccountNotActive: The caller's account is not active, or the session has ended.
        ApprovalNotFound: The caller has no request with this id to decide on.
        ApprovalDecided: The request was decided or withdrawn already, the address has got an
            account in the meantime, or its invitation is not valid any more.
        OwnAccount: It is the caller's own change of address.
        SeatsFull: The company has no free seat.
    """
    async with acting.begin(context, who, "approve", registration=id) as act:
        found = await _find(act, id)
        if isinstance(found, Registration):
            await _approve_registration(act, found)
            return
        await act.record("address", "change_approved", target_id=found.member_id)
        if await email_change.carry_out(act, found) is None:
            raise ApprovalDecided


async def reject(context: Context, who: Who, id: UUID, rejection: Rejection) -> None:
    """Reject a request, mail the reason to the applicant, and erase the data that was entered.

    Raises:
        RoleRequired, AccountNotActive, ApprovalNotFound, ApprovalDecided, OwnAccount: As for
            `approve`.
    """
    async with acting.begin(context, who, "reject", registration=id) as act:
        found = await _find(act, id)
        if isinstance(found, Registration):
            await _reject_registration(act, found, rejection)
        else:
            await _reject_change(act, found, rejection)


def _waiting_registration(registration: Registration, people: list[Member]) -> Waiting:
    entry = registration.entry
    return Waiting(
        id=registration.id,
        kind="registration",
        person=entry.person,
        email=entry.email,
        current_email=None,
        reasons=registration.reasons,
        waits_since=registration.since,
        doubles=[one for one in people if is_probable_double(entry.person, one.person)],
        mine=False,
    )


def _waiting_change(change: EmailChange, people: list[Member], act: Acting) -> Waiting:
    member = next(one for one in people if one.id == change.member_id)
    return Waiting(
        id=change.id,
        kind="email_change",
        person=member.person,
        email=change.email,
        current_email=member.email,
        reasons=change.reasons,
        waits_since=change.since,
        doubles=[],
        mine=member.id == act.actor.id,
    )


async def _find(act: Acting, id: UUID) -> Registration | EmailChange:
    """Return the request on which the caller decides.

    An operator may decide on every request. A registration with an unknown customer code belongs
    to no customer; then the operator has chosen one.

    Raises:
        RoleRequired, ApprovalNotFound, ApprovalDecided, OwnAccount: As for `approve`.
    """
    act.require("decide")
    found: Registration | EmailChange | None = await approvals.find(act.connection, id)
    found = found or await email_changes.find(act.connection, id)
    operator = act.judge.party == "operator"
    if found is None or not (operator and found.customer_id is None):
        act.require_own("approval", id, found, missing=ApprovalNotFound)
    if found is None or (not operator and found.waits_for == "operator"):
        raise ApprovalNotFound
    if found.state != "waiting" or await _is_withdrawn(act, found):
        raise ApprovalDecided
    if isinstance(found, EmailChange) and found.member_id == act.actor.id:
        raise OwnAccount
    return found


async def _is_withdrawn(act: Acting, found: Registration | EmailChange) -> bool:
    """Return whether the request came from an invitation that does not wait any more, because it
    was withdrawn or has lapsed."""
    if isinstance(found, EmailChange) or found.invitation_id is None:
        return False
    invited = await invitations.find(act.connection, found.invitation_id)
    return invited is None or invited.state != "waiting"


async def _approve_registration(act: Acting, registration: Registration) -> None:
    invited = await _find_invitation(act, registration)
    opened = await (
        _open_on_held_seat(act, registration, invited)
        if invited
        else _open_on_free_seat(act, registration)
    )
    if opened is None:
        raise ApprovalDecided
    await approvals.update_decided(
        act.connection, registration.id, "approved", customer_id=act.customer.id
    )
    await act.record(
        "approval", "approved", target_id=registration.id, reason=",".join(registration.reasons)
    )


async def _find_invitation(act: Acting, registration: Registration) -> Invitation | None:
    """Return the invitation whose seat the registration uses, or None.

    If the registration did not come from an invitation, this is one that the company has sent to
    the applicant's address in the meantime.
    """
    if registration.invitation_id is not None:
        return await invitations.find(act.connection, registration.invitation_id)
    key = registration.entry.email_key
    return await acceptance.find_invitation(act.connection, act.customer.id, key)


async def _open_on_held_seat(
    act: Acting, registration: Registration, invited: Invitation
) -> Member | None:
    newcomer = newcomer_of(registration, invited.role)
    return await acceptance.admit(act, invited, newcomer, how="approval")


async def _open_on_free_seat(act: Acting, registration: Registration) -> Member | None:
    await seats.require_free(act.connection, act.customer)
    accounts = await members.count(act.connection, act.customer.id)
    newcomer = newcomer_of(registration, first_role(accounts))
    return await account_opening.open_account(act, newcomer, how="approval")


async def _reject_registration(
    act: Acting, registration: Registration, rejection: Rejection
) -> None:
    """Reject a registration.

    The mail names the company only if the company itself decides, because in that case the customer
    code and the phone number were right. A rejection by the vendor names no company: otherwise a
    stranger would learn whose customer code was typed (ASVS-6.3.8).
    """
    company = None if act.judge.party == "operator" else act.customer
    await act.context.mailer.send(
        act.connection,
        RegistrationRejected(
            customer_name=company.name if company else "",
            reason=rejection.reason,
            note=rejection.note,
            decided_at=act.now,
        ),
        to=registration.entry.email,
        subject_id=registration.id,
        customer_id=company.id if company else None,
        locale=registration.entry.locale,
        expires_at=act.now + NOTICE_LIVES,
    )
    await seats.give_back(act.connection, registration, act.actor)
    await approvals.update_decided(
        act.connection, registration.id, "rejected", customer_id=act.customer.id
    )
    await act.record("approval", "rejected", target_id=registration.id, reason=rejection.reason)


async def _reject_change(act: Acting, change: EmailChange, rejection: Rejection) -> None:
    member = await act.member(change.member_id)
    await email_changes.end(act.connection, change.id, "rejected")
    rejected = EmailChangeRejected(
        name=member.person.name_for(member.locale),
        reason=rejection.reason,
        note=rejection.note,
        decided_at=act.now,
    )
    await notices.tell(act, member, rejected)
    await act.record("address", "change_rejected", target_id=member.id, reason=rejection.reason)
