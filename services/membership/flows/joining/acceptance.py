"""Joining by an invitation: its preview, and its acceptance.

An invitation is the permission of R3, so an acceptance waits for a decision only if the account is
probably the person's second one (R4); until then the invitation keeps its seat. An invitation can
be accepted even if the limit was lowered since, because its seat was taken when it was sent (R5).
"""

from dataclasses import dataclass, replace
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.joining.admission import who_decides
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.members import Member, Person, is_probable_double
from services.membership.domain.permissions import deciders
from services.membership.errors import InvitationLinkInvalid
from services.membership.flows.ground import acting
from services.membership.flows.ground.acting import Deed
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import account_opening, move
from services.membership.flows.joining.account_opening import Confirmed, How, Newcomer
from services.membership.flows.members import withdrawal
from services.membership.storage.company import customers
from services.membership.storage.joining import approvals, invitations, registrations
from services.membership.storage.members import members
from shared import clock
from shared.crypto import sha256
from shared.db import Connection


@dataclass(frozen=True, slots=True)
class Preview:
    """The preview of an invitation. `person` is the member to move, if it moves an account;
    otherwise what the inviter entered. `inviter` is None if the vendor invites."""

    invitation: Invitation
    customer: Customer
    person: Person
    inviter: Member | None


async def preview(context: Context, token: str) -> Preview:
    """Return the preview of an open invitation. This changes nothing.

    Raises:
        InvitationLinkInvalid: No invitation has this token, or it cannot be accepted any more.
    """
    async with context.db.connection() as connection:
        invitation = await _find(connection, token)
        if not await _is_open(connection, invitation):
            raise InvitationLinkInvalid
        customer = await customers.get(connection, invitation.customer_id)
        replaced = await _replaced(connection, invitation)
        sender = invitation.invited_by
        inviter = await members.find(connection, sender) if sender else None
    person = replaced.person if replaced else invitation.person
    return Preview(invitation, customer, person, inviter)


async def accept(context: Context, token: str, person: Person) -> Confirmed:
    """Accept an invitation. A repetition gives the same result and changes nothing.

    Raises:
        InvitationLinkInvalid: There is none with this token, it was withdrawn or has lapsed, the
            address has an account by now, its sender may not send it any more, or the account to
            be moved has changed.
    """
    async with context.db.connection() as connection:
        seen = await _find(connection, token)
    seconds = context.settings.opening_wait_seconds
    async with context.confirmations.expect(seen.id, seconds=seconds) as auth:
        async with context.db.transaction("accept invitation") as connection:
            confirmed = await _settle(connection, context, seen, person)
        return await account_opening.settled(auth, confirmed)


async def find_invitation(
    connection: Connection, customer_id: UUID, email_key: str
) -> Invitation | None:
    """The invitation whose seat the holder of this address may use: not a move of an account, and
    one that its sender may still send."""
    held = await invitations.find_held(connection, customer_id, email_key)
    if held is None or held.replaces is not None:
        return None
    return held if await withdrawal.stands(connection, held) else None


async def admit(
    act: Deed, invitation: Invitation, newcomer: Newcomer, *, how: How = "invitation"
) -> Member | None:
    """Open an account on the seat of an invitation, or in place of the account that it moves.

    A department or job title that the person left empty is taken from the invitation or from the
    moved account (B15). None: the address has an account, or the invitation is not valid any more.
    """
    if not await _stands(act.connection, invitation):
        return None
    replaced = await _replaced(act.connection, invitation)
    known = replaced.person if replaced else invitation.person
    newcomer = replace(newcomer, person=newcomer.person.with_details_of(known))
    member = await account_opening.open_account(act, newcomer, how=how, held=invitation.holds_seat)
    if member is None:
        return None
    if replaced is not None:
        await move.close_replaced(act, replaced, successor_id=member.id)
    await invitations.end(act.connection, [invitation.id], "accepted")
    return member


async def _find(connection: Connection, token: str) -> Invitation:
    found = await invitations.find_by_token(connection, sha256(token)) if token.isascii() else None
    if found is None:
        raise InvitationLinkInvalid
    return found


async def _stands(connection: Connection, invitation: Invitation) -> bool:
    """Return whether an invitation is still valid: open, or waiting for a decision."""
    pending = invitation.state in ("open", "waiting")
    return pending and await withdrawal.stands(connection, invitation)


async def _replaced(connection: Connection, invitation: Invitation) -> Member | None:
    """The account to move, if the invitation moves one."""
    return await members.find(connection, invitation.replaces) if invitation.replaces else None


async def _is_open(connection: Connection, invitation: Invitation) -> bool:
    """Return whether an invitation can be accepted. An expired one cannot, even if no job has
    ended it yet (A23)."""
    if invitation.state != "open" or invitation.expires_at <= await clock.now(connection):
        return False
    return await withdrawal.stands(connection, invitation)


async def _settle(
    connection: Connection, context: Context, seen: Invitation, person: Person
) -> Confirmed:
    """Locks the customer, then the registrations of the address."""
    customer = await customers.lock(connection, seen.customer_id)
    await registrations.lock_of_address(connection, seen.email_key)
    invitation = await invitations.find(connection, seen.id)
    assert invitation is not None
    if invitation.state == "waiting":
        return Confirmed("awaiting_approval")
    if invitation.state != "accepted":
        if not await _is_open(connection, invitation):
            raise InvitationLinkInvalid
        act = await acting.by_link(context, connection, customer)
        if not await _join(act, invitation, person):
            return Confirmed("awaiting_approval")
    opened = await account_opening.find_opened(connection, context, invitation.id)
    if opened is None:
        raise InvitationLinkInvalid
    return opened


async def _join(act: Deed, invitation: Invitation, person: Person) -> bool:
    """Open the account, or let it wait for a decision. Returns whether it was opened. Earlier
    registrations of the address end."""
    await registrations.end_others(act.connection, invitation.email_key, but=invitation.id)
    colleagues = await members.list_of_customer(act.connection, act.customer.id)
    others = [one for one in colleagues if one.id != invitation.replaces]
    if any(is_probable_double(person, one.person) for one in others):
        await _wait(act, invitation, person, colleagues)
        return False
    newcomer = Newcomer(
        id=invitation.id,
        email=invitation.email,
        email_key=invitation.email_key,
        person=person,
        locale=invitation.locale,
        role=invitation.role,
    )
    how: How = "move" if invitation.replaces else "invitation"
    if await admit(act, invitation, newcomer, how=how) is None:
        raise InvitationLinkInvalid
    return True


async def _wait(
    act: Deed, invitation: Invitation, person: Person, colleagues: list[Member]
) -> None:
    approvers = deciders(colleagues)
    await invitations.update_waiting(act.connection, invitation.id)
    await approvals.add_invited(
        act.connection,
        invitation,
        act.customer,
        person,
        waits_for=who_decides(["probable_double"], has_approver=bool(approvers)),
    )
