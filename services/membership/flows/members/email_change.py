"""A change of the member's own address (R10): confirmed at the new one, announced at the old one.

A personal or foreign address needs the approval of R3, by another person. No response shows
whether an address has an account elsewhere: its holder is notified at the stored address.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.membership.domain import email_changes as domain
from services.membership.domain.email_changes import EmailChange
from services.membership.domain.joining.admission import Reason, address_reasons, who_decides
from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.members import Member, Person
from services.membership.domain.permissions import deciders
from services.membership.errors import AccountNotActive, EmailLinkInvalid
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, auth_sync, mail_budget, notices
from services.membership.flows.ground.acting import Acting
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations
from services.membership.storage.members import email_changes, member_states, members
from shared.addresses import Address, mask
from shared.contracts.address_mails import (
    EmailChangeConfirmation,
    EmailChanged,
    EmailChangeRequested,
    EmailInUse,
)
from shared.crypto import new_id, random_token, sha256
from shared.db import Connection

Status = Literal["changed", "changing", "awaiting_approval"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a confirmed link."""

    status: Status


@dataclass(frozen=True, slots=True)
class Preview:
    """The person whose address a link changes, the new address, and when the link expires.

    `email` is None if the link was used before.
    """

    person: Person
    email: str | None
    expires_at: datetime


async def request(context: Context, who: CallingMember, email: str) -> None:
    """Ask the new address to confirm, and notify the old one; an earlier request ends.

    Raises:
        TooManyMailsToAddress: The last mail to the new address is too recent, or its mails of this
            hour are used up; whether it has an account makes no difference.
        TooManyMailsOfCompany: The company's mails of this hour are used up.
    """
    address = Address.parse(email)
    async with acting.begin(context, who, "request change of address") as act:
        me = act.me
        assert me is not None
        await mail_budget.charge(act, "email_change", me.id, address.mailed)
        await act.record("address", "change_requested", target_id=me.id)
        # Also if the new address is in use: an earlier link that still worked would reveal that.
        await email_changes.end_all(act.connection, me.id)
        stop_token = random_token()
        await _ask(act, me, address, stop_token)
        requested = EmailChangeRequested(
            name=me.person.name_for(me.locale),
            new_email=mask(address.mailed),
            requested_at=act.now,
            browser=who.place.browser,
            token=stop_token,
        )
        await notices.tell(act, me, requested)


async def withdraw(context: Context, who: CallingMember) -> None:
    """End the caller's pending change, if there is one. Its links do nothing afterwards.

    Raises:
        AccountNotActive: The account is suspended or closed, or the session ended.
    """
    async with acting.begin(context, who, "withdraw change of address") as act:
        assert act.me is not None
        change = await email_changes.find_pending(act.connection, act.me.id)
        if change is not None:
            await email_changes.end(act.connection, change.id, "ended")
            await act.record("address", "change_withdrawn", target_id=act.me.id)


async def preview(context: Context, token: str) -> Preview:
    """Find the change that a link confirms. It changes nothing: mail scanners open links.

    Raises:
        EmailLinkInvalid: `confirm` would raise it too.
    """
    async with context.db.snapshot("preview change of address") as connection:
        change = await _find(connection, token)
        member = await members.find(connection, change.member_id)
        holder = await members.find_by_email_key(connection, change.email_key)
    if member is None or member.state != "active":
        raise EmailLinkInvalid
    if change.state in ("waiting", "done"):
        return Preview(member.person, None, change.expires_at)
    if change.state != "unconfirmed" or holder not in (None, member):
        raise EmailLinkInvalid
    return Preview(member.person, change.email, change.expires_at)


async def confirm(context: Context, token: str) -> Outcome:
    """Use a link. Used again, it gives the same answer and changes nothing.

    Raises:
        EmailLinkInvalid: No link has this token, the link has ended, the address has an account by
            now, or the member's account is not active.
    """
    async with context.db.connection() as connection:
        seen = await _find(connection, token)
    async with context.confirmations.expect(seen.member_id) as auth:
        try:
            done = await _use(context, seen)
        except AccountNotActive as suspended:  # a link's response must not reveal that
            raise EmailLinkInvalid from suspended
        if isinstance(done, Outcome):
            return done
        settled = await auth_sync.settled(auth, done)
    return Outcome("changed" if settled.settled else "changing")


async def _find(connection: Connection, token: str) -> EmailChange:
    found = (
        await email_changes.find_by_token(connection, sha256(token)) if token.isascii() else None
    )
    if found is None:
        raise EmailLinkInvalid
    return found


async def _use(context: Context, seen: EmailChange) -> Outcome | Member:
    """The result, or the changed member."""
    who = CallingMember(member_id=seen.member_id)
    async with acting.begin(context, who, "confirm change of address") as act:
        change = await email_changes.find(act.connection, seen.id)
        assert change is not None
        if change.state != "unconfirmed":
            return _again(change, act.me)
        reasons = await _reasons(act, change)
        if reasons:
            await _wait(act, change, reasons)
            return Outcome("awaiting_approval")
        changed = await carry_out(act, change)
        if changed is None:
            raise EmailLinkInvalid
        return changed


async def carry_out(act: Acting, change: EmailChange) -> Member | None:
    """Set the member's address, and notify the old and the new one. Returns None if the new one has
    an account by now."""
    before = await act.member(change.member_id)
    after = await member_states.update_address(
        act.connection, before, change.email, change.email_key
    )
    if after is None:
        return None
    await _take_invitation(act, change)
    await email_changes.end(act.connection, change.id, "done")
    await act.record("address", "changed", target_id=after.id)
    await auth_sync.sync(act.connection, after, act.customer)
    told = EmailChanged(
        name=after.person.name_for(after.locale), new_email=mask(after.email), changed_at=act.now
    )
    for address in (before, after):
        await notices.tell(act, address, told)
    return after


async def _take_invitation(act: Acting, change: EmailChange) -> None:
    """End an open invitation to the new address, which can no longer be accepted, and free its
    seat."""
    held = await invitations.find_held(act.connection, act.customer.id, change.email_key)
    if held is not None and held.state == "open":
        await seats.withdraw(act.connection, [held], act.actor)
        await act.record("invitation", "withdrawn", target_id=held.id, reason="address_taken")


async def _ask(act: Acting, me: Member, address: Address, stop_token: str) -> None:
    """Mail the link to the new address. If another account has the address, its holder is notified
    instead; a row is stored all the same, so that neither the caller's page nor the link that stops
    the change reveals it."""
    known = await members.find_by_email_key(act.connection, address.key)
    free = known is None or known.id == me.id
    token, expires_at = random_token(), act.now + domain.LINK_LIFETIME
    request = domain.Request(
        id=new_id(),
        member_id=me.id,
        email=address.mailed,
        email_key=address.key if free else "",
        token_sha256=sha256(token),
        stop_token_sha256=sha256(stop_token),
        expires_at=expires_at,
        session=act.session,
    )
    await email_changes.add(act.connection, request)
    if known is not None and not free:
        in_use = EmailInUse(name=known.person.name_for(known.locale), requested_at=act.now)
        await notices.tell(act, known, in_use)
    elif known is None or known.email != address.mailed:
        await _send_link(act, me, address, token, expires_at=expires_at)


async def _send_link(
    act: Acting, me: Member, address: Address, token: str, *, expires_at: datetime
) -> None:
    await act.context.mailer.send(
        act.connection,
        EmailChangeConfirmation(
            name=me.person.name_for(me.locale), token=token, expires_at=expires_at
        ),
        to=address.mailed,
        subject_id=me.id,
        customer_id=me.customer_id,
        locale=me.locale,
        expires_at=expires_at,
    )


def _again(change: EmailChange, me: Member | None) -> Outcome:
    if change.state == "waiting":
        return Outcome("awaiting_approval")
    if change.state == "done":
        return Outcome("changed" if me and me.settled else "changing")
    raise EmailLinkInvalid


async def _reasons(act: Acting, change: EmailChange) -> tuple[Reason, ...]:
    domains = await customers.list_domains(act.connection, act.customer.id)
    return address_reasons(Address.parse(change.email).domain, domains)


async def _wait(act: Acting, change: EmailChange, reasons: tuple[Reason, ...]) -> None:
    """Let the change wait for approval. Approvers cannot approve their own change (R3): if there is
    no other approver, the vendor decides."""
    colleagues = await members.list_of_customer(act.connection, act.customer.id)
    others = [one for one in deciders(colleagues) if one.id != change.member_id]
    await email_changes.update_waiting(
        act.connection,
        change.id,
        waits_for=who_decides(reasons, has_approver=bool(others)),
        reasons=reasons,
    )
    await act.record("address", "change_waits", target_id=change.member_id)
