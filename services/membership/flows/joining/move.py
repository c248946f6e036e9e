"""Recreating an account whose mailbox was lost (R7), with its seat, role and history.

Started by an owner or admin within the company's domains, or by an operator after a recorded call.
Credentials are not taken over: the new account has another id and its own first password.
"""

from uuid import UUID

from services.membership.domain.joining.invitations import LIFETIME, Invitation
from services.membership.domain.members.actors import VISITOR, Operator
from services.membership.domain.members.members import Member
from services.membership.errors import AddressInUse, ForeignDomain
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, audit, auth_sync, mail_budget, notices
from services.membership.flows.ground.acting import Acting, Deed, Who
from services.membership.flows.ground.context import Context
from services.membership.flows.joining import invitation, invitation_mails
from services.membership.flows.members import erasure
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations
from services.membership.storage.members import member_states, members
from shared.addresses import Address
from shared.contracts.address_mails import AccountMoved, AccountMoveRequested
from shared.crypto import new_id, random_token


async def start(context: Context, who: Who, id: UUID, email: str) -> Invitation:
    """Ask the new address to confirm; until then the account stays as it is. An earlier pending
    move of the account ends.

    Raises:
        MemberNotFound: The company has no such member.
        RoleRequired, OwnAccount, OwnerProtected: The caller may not move this account.
        MemberSuspended: The account is suspended.
        ForeignDomain: The address is not in the company's domains, and the caller is no operator.
        AddressInUse: A member of the company has the address, or an invitation to it is pending.
        TooManyMailsToAddress: The mailbox has used up its mails of this hour, or got such a mail
            less than a minute ago.
        TooManyMailsOfCompany: The company has used up its mails of this hour.
    """
    async with acting.begin(context, who, "start move") as act:
        target = await act.member(id)
        act.require_on("move", target)
        address = Address.parse(email)
        domains = await customers.list_domains(act.connection, act.customer.id)
        if not isinstance(who, Operator) and address.domain not in domains:
            raise ForeignDomain
        await seats.sweep(act.connection, act.customer.id)
        await _end_former(act, target)
        await _require_free(act, address.key)
        moving, stop_token = _moving(act, target, address), random_token()
        await mail_budget.charge(act, "move", moving.id, moving.email)
        await invitation.add(act, moving, stop_token=stop_token)
        await invitation_mails.send(act, moving)
        await _warn(act, target, stop_token)
        await act.record("address", "move_started", target_id=target.id)
        return moving


async def close_replaced(act: Deed, old: Member, *, successor_id: UUID) -> None:
    """Close the old account in the transaction that opened the new one.

    Its personal data is erased. The new account becomes its successor, and the sender of its
    invitations.
    """
    await erasure.erase(act.connection, old)
    moved = AccountMoved(
        name=old.person.name_for(old.locale), customer_name=act.customer.name, moved_at=act.now
    )
    await notices.tell(act, old, moved)
    closed = await member_states.close(act.connection, old.id, successor_id=successor_id)
    await invitations.update_inviter(act.connection, old.id, successor_id)
    await seats.free(act.connection, act.customer.id, old.id, VISITOR)
    await audit.record(
        act.connection,
        act.customer.id,
        VISITOR,
        "member",
        "replaced",
        target_id=old.id,
        reason="moved",
    )
    await auth_sync.sync(act.connection, closed, act.customer)


async def _end_former(act: Acting, target: Member) -> None:
    """End the earlier move of the account, if there is one, even if it waits for a decision."""
    former = await invitations.find_replacing(act.connection, target.id)
    if former is not None:
        await seats.withdraw(act.connection, [former], act.actor)


async def _require_free(act: Acting, email_key: str) -> None:
    member = await members.find_by_email_key(act.connection, email_key)
    invited = await invitations.find_held(act.connection, act.customer.id, email_key)
    if (member and member.customer_id == act.customer.id) or invited:
        raise AddressInUse


def _moving(act: Acting, target: Member, address: Address) -> Invitation:
    return Invitation(
        id=new_id(),
        customer_id=act.customer.id,
        batch_id=new_id(),
        email=address.mailed,
        email_key=address.key,
        role=target.role,
        locale=target.locale,
        state="open",
        replaces=target.id,
        invited_by=act.me.id if act.me else None,
        created_at=act.now,
        sent_at=act.now,
        expires_at=act.now + LIFETIME,
        session=act.session,
    )


async def _warn(act: Acting, target: Member, stop_token: str) -> None:
    """Mail the old address a link that stops the move, in case the mailbox is not lost."""
    notice = AccountMoveRequested(
        name=target.person.name_for(target.locale),
        customer_name=act.customer.name,
        mover_name=act.me.person.name_for(target.locale) if act.me else "",
        requested_at=act.now,
        token=stop_token,
    )
    await notices.tell(act, target, notice)
