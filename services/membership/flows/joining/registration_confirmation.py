"""The result of a confirmed registration: an account, or a pending request.

All flows lock in the order of `locking`: the customer, registrations of the address, members.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.membership.domain.company.customers import NO_CUSTOMER
from services.membership.domain.entry.text import code_key
from services.membership.domain.joining import admission
from services.membership.domain.joining.admission import Applicant, Circumstances, Reason
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.joining.registrations import Registration
from services.membership.domain.members.members import Member
from services.membership.domain.permissions import deciders
from services.membership.errors import RegistrationLinkInvalid
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, notices
from services.membership.flows.ground.acting import Deed
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import acceptance, account_opening
from services.membership.flows.joining.account_opening import Newcomer
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations, registrations
from services.membership.storage.members import members
from shared.addresses import Address
from shared.contracts.base import Role
from shared.contracts.mails import FirstOwnerJoined, MemberJoined
from shared.db import Connection

_NOTICE_LIVES = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A registration, and the relevant data of its customer."""

    registration: Registration
    concerned: Sequence[Member]
    invited: Invitation | None


async def decide(connection: Connection, context: Context, registration: Registration) -> bool:
    """Compare the entered data with the customer list, under the customer's lock; returns whether
    an account was opened.

    For an unknown code it runs the same queries, so that the response time does not show which
    codes exist (ASVS-6.3.8).

    Raises:
        RegistrationLinkInvalid: The address has an account by now.
    """
    entry = registration.entry
    if await members.find_by_email_key(connection, entry.email_key) is not None:
        raise RegistrationLinkInvalid
    code = code_key(entry.customer_code)
    customer = await customers.lock_by_code_key(connection, code) or NO_CUSTOMER
    await registrations.lock_queue(connection, customer.id)
    act = await acting.by_link(context, connection, customer)
    case = _Case(
        registration=registration,
        concerned=await members.list_concerned(connection, customer.id, entry.person),
        invited=await acceptance.find_invitation(connection, customer.id, entry.email_key),
    )
    reasons = await _reasons(act, case)
    if reasons:
        await _hold_back(act, case, reasons)
    else:
        await registrations.end_others(connection, entry.email_key, but=registration.id)
        await _open(act, case)
    return not reasons


async def _reasons(act: Deed, case: _Case) -> Sequence[Reason]:
    connection, customer, entry = act.connection, act.customer, case.registration.entry
    if case.invited is None:
        await seats.sweep(connection, customer.id)
    reasons = admission.reasons_to_wait(
        Applicant(
            person=entry.person,
            customer_phone=entry.customer_phone,
            domain=Address.parse(entry.email).domain,
        ),
        Circumstances(
            phone=customer.phone,
            domains=await customers.list_domains(connection, customer.id),
            invited=case.invited is not None,
            free_seats=(await seats.count(connection, customer)).free,
            people=[member.person for member in case.concerned],
        ),
    )
    return ("unknown_customer",) if customer is NO_CUSTOMER else reasons


async def _hold_back(act: Deed, case: _Case, reasons: Sequence[Reason]) -> None:
    """Let an invited person wait on the invitation's seat; otherwise its link stays valid."""
    kept = await _wait(act, case, reasons)
    if kept and case.invited is not None and "phone_mismatch" not in reasons:
        await invitations.update_waiting(act.connection, case.invited.id)
        await registrations.update_invitation(act.connection, case.registration.id, case.invited.id)


async def _wait(act: Deed, case: _Case, reasons: Sequence[Reason]) -> bool:
    """Let it wait for a decision, unless too many wait already (R1); returns whether it waits.

    It replaces a pending request of the same address, which stays if this one is dropped.
    """
    connection, registration = act.connection, case.registration
    customer_id = None if act.customer is NO_CUSTOMER else act.customer.id
    rightly, entry = "phone_mismatch" not in reasons, registration.entry
    waiting = await registrations.count_waiting(connection, customer_id, entry, rightly=rightly)
    kept = admission.may_wait(waiting, with_customer=customer_id is not None)
    # Asked for what is dropped too, so that the time does not tell which queue is full.
    await registrations.end_others(connection, entry.email_key, but=registration.id, really=kept)
    if not kept:
        await registrations.update_dropped(connection, registration.id)
        return False
    has_approver = bool(deciders(case.concerned))
    await registrations.update_waiting(
        connection,
        registration.id,
        customer_id=customer_id,
        waits_for=admission.who_decides(reasons, has_approver=has_approver),
        reasons=reasons,
    )
    return True


async def _open(act: Deed, case: _Case) -> None:
    if case.invited is not None:
        newcomer = newcomer_of(case.registration, case.invited.role)
        member = await acceptance.admit(act, case.invited, newcomer)
    else:
        accounts = await members.count(act.connection, act.customer.id)
        newcomer = newcomer_of(case.registration, admission.first_role(accounts))
        member = await account_opening.open_account(act, newcomer, how="domain")
    if member is None:
        raise RegistrationLinkInvalid
    await registrations.update_approved(act.connection, case.registration.id, act.customer.id)
    if case.invited is None:
        await _tell(act, case, member)


async def _tell(act: Deed, case: _Case, member: Member) -> None:
    """The company did not invite the member: notify the vendor of a first owner, and owners of each
    member (R3)."""
    expires_at = act.now + _NOTICE_LIVES
    if member.role == "owner":
        first = FirstOwnerJoined(
            customer_code=act.customer.code,
            customer_name=act.customer.name,
            member_email=member.email,
            joined_at=member.created_at,
        )
        await notices.write_vendor(
            act.connection, act.context, first, about=member, expires_at=expires_at
        )
    for owner in case.concerned:
        if owner.role == "owner" and owner.state == "active":
            joined = MemberJoined(
                name=owner.person.name_for(owner.locale),
                customer_name=act.customer.name,
                member_email=member.email,
                joined_at=member.created_at,
            )
            await notices.write(act.connection, act.context, owner, joined, expires_at=expires_at)


def newcomer_of(registration: Registration, role: Role) -> Newcomer:
    """The person of an approved registration."""
    entry = registration.entry
    return Newcomer(
        id=registration.id,
        email=entry.email,
        email_key=entry.email_key,
        person=entry.person,
        locale=entry.locale,
        role=role,
    )
