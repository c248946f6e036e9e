"""Withdraws a member's requests, in every state before they take effect: a change of address,
invitations and moves. The owners and the member are notified, except after a deletion.

The caller has locked the customer. A registration that waits on the seat of a withdrawn invitation
is not locked here, so that a withdrawal does not wait for a person who is confirming a
registration. After the commit, that registration is not shown and cannot be approved;
`approval_upkeep` ends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.email_changes import EmailChange
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.members.actors import Actor
from services.membership.domain.members.members import Member
from services.membership.domain.permissions import may_stand
from services.membership.flows.company import seats
from services.membership.flows.ground import audit, notices
from services.membership.flows.ground.acting import Acting
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations
from services.membership.storage.members import email_changes, members
from shared import clock
from shared.contracts.address_mails import RequestsWithdrawn, WithdrawalReason
from shared.db import Connection

Because = WithdrawalReason | Literal["deleted"]
"""The reason of a withdrawal. After a deletion no mail is sent: it would name the person."""

_OF_SENDER = ("suspended", "deleted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The withdrawn requests, and the reason; all of them concern the member."""

    member: Member
    because: Because
    change: EmailChange | None = None
    invitations: Sequence[Invitation] = ()


async def stands(connection: Connection, invitation: Invitation) -> bool:
    """Whether an invitation or a move is still valid, by the current rows (`may_stand`)."""
    return may_stand(
        invitation,
        sender=await _find(connection, invitation.invited_by),
        replaced=await _find(connection, invitation.replaces),
    )


async def after_change(act: Acting, changed: Member, because: Because) -> None:
    """Withdraw what is not valid any more after a member got another role or stopped being active:
    invitations and moves that the member sent, and a move of the member's own account. If the
    account is not active, its change of address is withdrawn too."""
    connection = act.connection
    concerned = await invitations.list_concerning(connection, changed.id)
    fallen = [one for one in concerned if not await stands(connection, one)]
    change = None
    if changed.state != "active":
        change = await email_changes.find_pending(connection, changed.id)
    withdrawal = Withdrawal(member=changed, because=because, change=change, invitations=fallen)
    await carry_out(connection, act.context, withdrawal, actor=act.actor)


async def carry_out(
    connection: Connection, context: Context, withdrawal: Withdrawal, *, actor: Actor
) -> None:
    """End the requests, free their seats, and record each. Unless the member was deleted, mail the
    owners and the member."""
    if withdrawal.change is None and not withdrawal.invitations:
        return
    if withdrawal.change is not None:
        await email_changes.end(connection, withdrawal.change.id, "ended")
    await seats.withdraw(connection, withdrawal.invitations, actor)
    await _record(connection, withdrawal, actor)
    if withdrawal.because != "deleted":
        await _tell(connection, context, withdrawal, withdrawal.because)


async def _find(connection: Connection, id: UUID | None) -> Member | None:
    return await members.find(connection, id) if id else None


async def _record(connection: Connection, withdrawal: Withdrawal, actor: Actor) -> None:
    member, because = withdrawal.member, withdrawal.because
    record, customer_id = audit.record, withdrawal.member.customer_id
    if withdrawal.change is not None:
        await record(
            connection, customer_id, actor, "address", "change_withdrawn",
            target_id=member.id, reason=because,
        )  # fmt: skip
    for one in withdrawal.invitations:
        if one.replaces is not None:
            await record(
                connection, customer_id, actor, "address", "move_withdrawn",
                target_id=one.replaces, reason=because,
            )  # fmt: skip
        else:
            await record(
                connection, customer_id, actor, "invitation", "withdrawn",
                target_id=one.id, reason="inviter_gone" if because in _OF_SENDER else because,
            )  # fmt: skip


async def _tell(
    connection: Connection, context: Context, withdrawal: Withdrawal, because: WithdrawalReason
) -> None:
    """Mail the active owners, and the member if the account is active, each in their own language.
    A mail about its recipient's own requests or account says "you" (`about_reader`,
    `move_of_reader`)."""
    member = withdrawal.member
    customer = await customers.get(connection, member.customer_id)
    everybody = await members.list_of_customer(connection, customer.id)
    replaced = {one.replaces for one in withdrawal.invitations}
    moved = [one for one in everybody if one.id in replaced]
    now = await clock.now(connection)
    for reader in everybody:
        if reader.state != "active" or (reader.role != "owner" and reader.id != member.id):
            continue
        params = RequestsWithdrawn(
            name=reader.person.name_for(reader.locale),
            customer_name=customer.name,
            member_name=member.person.name_for(reader.locale),
            member_email=member.email,
            about_reader=reader.id == member.id,
            because=because,
            change_of_address=withdrawal.change is not None,
            invited=tuple(one.email for one in withdrawal.invitations if one.replaces is None),
            moved=tuple(one.person.name_for(reader.locale) for one in moved if one.id != reader.id),
            move_of_reader=reader.id in replaced,
            withdrawn_at=now,
        )
        await notices.write(connection, context, reader, params)
