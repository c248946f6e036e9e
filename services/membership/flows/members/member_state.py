"""Suspension, resumption and deletion of an account (R11, R12, R14 to R16, R18).

Each public function waits for auth's confirmation, at most `RECEIPT_WAIT_SECONDS`. If it does not
come in time, the returned member shows that the change is pending, so a response never calls an
account suspended or deleted while its sessions still work.
"""

from uuid import UUID

from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.members import Member, SuspensionCard
from services.membership.domain.members.trust import Distrust
from services.membership.errors import LastOwner, MemberNotFound, SuccessorInvalid
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, auth_sync, notices
from services.membership.flows.ground.acting import Acting, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.members import erasure, withdrawal
from services.membership.storage.members import member_states, members


async def suspend(context: Context, who: Who, id: UUID, card: SuspensionCard) -> Member:
    """Suspend an account. `card` holds the reason, the notes, and a date on which the company is
    reminded (B2); the account is not resumed on that date.

    The account's sessions end when auth commits the suspension. This transaction already withdraws
    all pending requests of the member, however old: a change of address, invitations and moves.

    Raises:
        AccountNotActive: The caller's account is not active, or the session has ended.
        MemberNotFound: The company has no such member.
        RoleRequired, OwnAccount, OwnerProtected, AlreadySuspended, LastOwner: The caller may not
            suspend this account; the class gives the reason.
    """
    async with context.confirmations.expect(id) as auth:
        async with acting.begin(context, who, "suspend member") as act:
            target = await act.member(id)
            act.require_on("suspend", target)
            suspended = await member_states.update_suspended(
                act.connection, id, card, by=act.actor.id
            )
            await _distrust(act, suspended)
            await act.record("member", "suspended", target_id=id, reason=card.reason)
            await auth_sync.sync(act.connection, suspended, act.customer)
        return await auth_sync.settled(auth, suspended)


async def resume(context: Context, who: Who, id: UUID) -> Member:
    """Resume an account. A suspended account keeps its seat, so no seat has to be free (R5).

    Raises:
        AccountNotActive: The caller's account is not active, or the session has ended.
        MemberNotFound: The company has no such member.
        VendorOnly: Only vendor staff may resume accounts (R15).
        NotSuspended: The account is not suspended.
    """
    async with context.confirmations.expect(id) as auth:
        async with acting.begin(context, who, "resume member") as act:
            act.require_on("resume", await act.member(id))
            resumed = await member_states.update_resumed(act.connection, id)
            await act.record("member", "resumed", target_id=id)
            await auth_sync.sync(act.connection, resumed, act.customer)
            await notices.tell_resumed(act, resumed)
        return await auth_sync.settled(auth, resumed)


async def delete(
    context: Context, who: Who, id: UUID, *, successor_id: UUID | None = None
) -> Member:
    """Delete an account for good. `successor_id` is recorded as the member who takes over the
    company's data (R17).

    Raises:
        AccountNotActive: The caller's account is not active, or the session has ended.
        MemberNotFound: The company has no such member.
        SuccessorInvalid: The successor is no active member of the company, or is the same member.
        RoleRequired, OwnAccount, OwnerProtected, LastOwner: The caller may not delete this account;
            the class gives the reason.
    """
    async with context.confirmations.expect(id) as auth:
        async with acting.begin(context, who, "delete member") as act:
            target = await act.member(id)
            act.require_on("delete", target)
            await _require_successor(act, target, successor_id)
            closed = await _close(act, target, successor_id=successor_id)
        return await auth_sync.settled(auth, closed)


async def leave(context: Context, who: CallingMember) -> Member:
    """Delete the caller's own account (R11).

    Raises:
        AccountNotActive: The account is not active, or the session has ended.
        LastOwner: The company has other members but no other active owner. Another member must
            become an owner first (R12).
    """
    async with context.confirmations.expect(who.member_id) as auth:
        async with acting.begin(context, who, "leave company") as act:
            assert act.me is not None
            others = await members.count(act.connection, act.customer.id) - 1
            if others and act.judge.is_last_owner(act.me):
                raise LastOwner
            closed = await _close(act, act.me, successor_id=None)
        return await auth_sync.settled(auth, closed)


async def _distrust(act: Acting, suspended: Member) -> None:
    """Withdraw all pending requests of the member, and reject those that still arrive from the
    ended sessions. A resumption does not restore them."""
    await member_states.update_distrusted(act.connection, suspended.id, Distrust(at=act.now))
    await withdrawal.after_change(act, suspended, "suspended")


async def _require_successor(act: Acting, target: Member, successor_id: UUID | None) -> None:
    if successor_id is None:
        return
    try:
        successor = await act.member(successor_id)
    except MemberNotFound as missing:
        raise SuccessorInvalid from missing
    if successor.id == target.id or successor.state != "active":
        raise SuccessorInvalid


async def _close(act: Acting, target: Member, *, successor_id: UUID | None) -> Member:
    """Erase the personal data and close the member's row, for `delete` and `leave`.

    For an account that was moved, see `move.close_replaced`.

    The mail about the deletion is written after `erase`, which drops all unsent mails to the
    member, and uses name and address as they were before the row was closed.
    """
    await erasure.erase(act.connection, target)
    closed = await member_states.close(act.connection, target.id, successor_id=successor_id)
    await notices.tell_deleted(act, target)
    await withdrawal.after_change(act, closed, "deleted")
    await seats.free(act.connection, act.customer.id, target.id, act.actor)
    reason = "handed_over" if successor_id else ""
    await act.record("member", "deleted", target_id=target.id, reason=reason)
    await auth_sync.sync(act.connection, closed, act.customer)
    return closed
