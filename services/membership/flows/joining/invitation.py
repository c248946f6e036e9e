"""Invitations (R3, R5): sent by owners and admins, each holding a seat until it ends.

No response shows whether an invited address has an account at another customer. If it has one, the
mail goes to the address as that account stores it; nothing else differs.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from services.membership.domain.company.mail_budgets import WaitingMail
from services.membership.domain.joining import invitations as domain
from services.membership.domain.joining.invitations import LIFETIME, Invitation
from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.members import UNKNOWN, Person
from services.membership.domain.permissions import INVITED_ROLES
from services.membership.errors import (
    AccountNotActive,
    AlreadyInvited,
    AlreadyMember,
    InvitationEnded,
    InvitationNotFound,
)
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, mail_budget
from services.membership.flows.ground.acting import Acting, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import invitation_mails
from services.membership.flows.members import withdrawal
from services.membership.storage.company import caused_mails
from services.membership.storage.joining import invitations
from services.membership.storage.members import members
from shared.addresses import Address
from shared.contracts.base import Locale, Role
from shared.crypto import new_id, sha256
from shared.errors import RoleRequired
from shared.idempotency import once

_ROUTE = "POST /company/invitations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """The address, the role and the language of one invitation, and what the inviter entered about
    the person."""

    email: str
    role: Role
    locale: Locale
    person: Person = UNKNOWN


class Batch(BaseModel):
    """The invitations of one request."""

    invitees: tuple[Invitee, ...]


async def send(context: Context, who: Who, batch: Batch, *, key: str | None) -> list[Invitation]:
    """Send all invitations of the batch or none; a repeated request returns those of the first one.

    Raises:
        RoleRequired: The caller may not invite, or not with this role.
        AccountNotActive: The caller's account is not active, or the session has ended.
        AlreadyMember, AlreadyInvited: An address is a member or invited; `email` says which.
        SeatsFull: There are not enough free seats; `free` says how many.
        TooManyMailsToAddress: The mail budget of an address is used up; `email` says which.
        IdempotencyKeyReused: The key was used with another body.
        IdempotencyKeyBusy: The first request with this key has not ended yet.
    """
    async with acting.begin(context, who, "send invitations") as act:
        act.require("invite")
        batch_id = await once(
            act.connection,
            caller=act.actor.id,
            route=_ROUTE,
            key=key,
            body=batch,
            make=lambda: send_all(act, batch.invitees),
        )
        return await invitations.list_of_batch(act.connection, batch_id)


async def list_open(
    context: Context, who: Who, *, after: UUID | None, limit: int
) -> list[Invitation]:
    """The company's open invitations, one more than `limit` if there are more.

    Raises:
        RoleRequired: The caller may not invite.
        AccountNotActive: The caller's account is not active, or the session has ended.
    """
    async with acting.look(context, who, "list invitations") as act:
        act.require("invite")
        return await invitations.list_of_customer(
            act.connection, act.customer.id, after=after, limit=limit + 1
        )


async def resend(context: Context, who: Who, id: UUID) -> Invitation:
    """Send an open invitation again, with the same link; its seven days start again.

    Raises:
        RoleRequired: The caller may not invite.
        AccountNotActive: The caller's account is not active, or the session has ended.
        InvitationNotFound: The company has no such invitation.
        InvitationEnded: It is not open any more, or its sender is no longer allowed to send it.
        TooManyMailsToAddress: The last mail to the address is too recent, or its mails of this hour
            are used up.
        TooManyMailsOfCompany: The company's mails of this hour are used up.
    """
    async with acting.begin(context, who, "resend invitation") as act:
        invitation = await _find_open(act, id)
        if not await withdrawal.stands(act.connection, invitation):
            raise InvitationEnded
        await mail_budget.charge(act, "invitation", id, invitation.email)
        await invitations.update_sent(act.connection, id, act.now + LIFETIME)
        sent = await invitations.find(act.connection, id)
        assert sent is not None
        await invitation_mails.send(act, sent)
        await act.record("invitation", "sent_again", target_id=invitation.id)
        return sent


async def withdraw(context: Context, who: Who, id: UUID) -> None:
    """Withdraw an open invitation; its link ends and its seat becomes free.

    Raises:
        RoleRequired: The caller may not invite.
        AccountNotActive: The caller's account is not active, or the session has ended.
        InvitationNotFound: The company has no such invitation.
        InvitationEnded: It is not open any more.
    """
    async with acting.begin(context, who, "withdraw invitation") as act:
        invitation = await _find_open(act, id)
        await seats.withdraw(act.connection, [invitation], act.actor)
        await act.record("invitation", "withdrawn", target_id=id)


async def sweep(context: Context) -> None:
    """End expired invitations, customer by customer."""
    async with context.db.connection() as connection:
        due = await invitations.list_customers_with_due(connection)
    for customer_id in due:
        async with context.db.transaction("lapse invitations") as connection:
            await seats.lock_and_sweep(connection, customer_id)


async def _find_open(act: Acting, id: UUID) -> Invitation:
    act.require("invite")
    await seats.sweep(act.connection, act.customer.id)
    found = await invitations.find(act.connection, id)
    invitation = act.require_own("invitation", id, found, missing=InvitationNotFound)
    if invitation.state != "open":
        raise InvitationEnded
    return invitation


async def send_all(act: Acting, invitees: Sequence[Invitee]) -> UUID:
    """Store the invitations, send the mails that the budget allows, and return the batch's id.

    Raises:
        RoleRequired, AlreadyMember, AlreadyInvited, SeatsFull, TooManyMailsToAddress: As for
            `send`.
    """
    if any(one.role not in INVITED_ROLES.get(act.judge.party, ()) for one in invitees):
        raise RoleRequired
    await seats.require_free(act.connection, act.customer, len(invitees))
    batch_id, by_id = new_id(), {new_id(): invitee for invitee in invitees}
    for id, invitee in by_id.items():
        await _add(act, invitee, id, batch_id)
    addresses = {id: invitee.email for id, invitee in by_id.items()}
    sent_now = await mail_budget.charge_list(act, "invitation", addresses)
    for invitation in await invitations.list_of_batch(act.connection, batch_id):
        if invitation.id in sent_now:
            await invitation_mails.send(act, invitation)
    return batch_id


async def send_waiting(context: Context) -> None:
    """Send the mails that waited for their company's budget (`mail_budget.charge_list`)."""
    async with context.db.transaction("send waiting invitations") as connection:
        await caused_mails.end_withdrawn(connection)
    async with context.db.connection() as connection:
        waiting = await caused_mails.list_waiting_of_members(connection)
        found = [await invitations.find(connection, one.subject_id) for one in waiting]
    for mail, invitation in zip(waiting, found, strict=True):
        if invitation is None or invitation.invited_by is None:
            continue
        # If the sender is not active any more, the invitation was withdrawn, and the next round
        # drops its waiting mail.
        with suppress(AccountNotActive):
            sender = CallingMember(member_id=invitation.invited_by)
            async with acting.begin(context, sender, "send waiting invitation") as act:
                await _send_waiting(act, mail)


async def _send_waiting(act: Acting, mail: WaitingMail) -> None:
    invitation = await invitations.find(act.connection, mail.subject_id)
    if (
        invitation is None
        or invitation.state != "open"
        or not await withdrawal.stands(act.connection, invitation)
    ):
        await caused_mails.end_waiting(act.connection, [mail.subject_id])
    elif await mail_budget.has_room(act):
        await caused_mails.update_sent(act.connection, mail.id)
        await invitations.update_sent(act.connection, invitation.id, act.now + LIFETIME)
        sent = await invitations.find(act.connection, invitation.id)
        assert sent is not None
        await invitation_mails.send(act, sent)


async def _add(act: Acting, invitee: Invitee, id: UUID, batch_id: UUID) -> None:
    key = Address.parse(invitee.email).key
    member = await members.find_by_email_key(act.connection, key)
    if member is not None and member.customer_id == act.customer.id:
        raise AlreadyMember(email=invitee.email)
    if await invitations.find_held(act.connection, act.customer.id, key) is not None:
        raise AlreadyInvited(email=invitee.email)
    invitation = Invitation(
        id=id,
        customer_id=act.customer.id,
        batch_id=batch_id,
        email=invitee.email,
        email_key=key,
        role=invitee.role,
        locale=invitee.locale,
        person=invitee.person,
        state="open",
        replaces=None,
        invited_by=act.actor.id,
        created_at=act.now,
        sent_at=act.now,
        expires_at=act.now + LIFETIME,
        session=act.session,
    )
    await add(act, invitation)
    await seats.hold(act.connection, invitation, act.actor)
    await act.record("invitation", "sent", target_id=invitation.id, reason=invitation.role)


async def add(act: Acting, invitation: Invitation, *, stop_token: str | None = None) -> None:
    """Store an invitation with the hash of the token of its link.

    A move has a second token, for the link that stops it.
    """
    token = domain.token(act.context.settings.first_password_key, invitation.id)
    await invitations.add(
        act.connection,
        invitation,
        token_sha256=sha256(token),
        stop_token_sha256=sha256(stop_token) if stop_token else None,
    )
