"""Making an account anew whose mailbox was lost (R7): its seat, role and history go to the new one.

Started by an owner or admin within the company's domains, or by an operator after a recorded call.
No credential carries over: the new account has another id, and a first password of its own.
"""

from uuid import UUID

from services.membership.domain import invitations as domain
from services.membership.domain.actors import VISITOR, Operator
from services.membership.domain.customers import Customer
from services.membership.domain.invitations import LIFETIME, Invitation
from services.membership.domain.members import Member
from services.membership.errors import AddressInUse, ForeignDomain
from services.membership.flows import account, acting, audit, erasure, invitation, notices, seats
from services.membership.flows.acting import Acting, Who
from services.membership.flows.context import Context
from services.membership.storage import customers, invitations, member_states, members
from shared import clock
from shared.addresses import Address
from shared.contracts.address_mails import AccountMove, AccountMoved, AccountMoveRequested
from shared.crypto import new_id
from shared.db import Connection
from shared.messaging.mailer import NOTICE_LIVES


async def start(context: Context, who: Who, id: UUID, email: str) -> Invitation:
    """Ask the new address to confirm; until it does, nothing changes. Only the last one counts.

    Raises:
        MemberNotFound: The company has no such member.
        RoleRequired, OwnAccount, OwnerProtected, MemberSuspended: It is not open.
        ForeignDomain: The address is not of the company's domains, and no operator asks.
        AddressInUse: Somebody of the company has the address, or is invited by it.
    """
    async with acting.begin(context, who) as act:
        target = await act.member(id)
        act.require_on("move", target)
        address = Address.parse(email)
        domains = await customers.list_domains(act.connection, act.customer.id)
        if not isinstance(who, Operator) and address.domain not in domains:
            raise ForeignDomain
        await _require_free(act, address.key)
        await _withdraw_earlier(act, target)
        moving = _moving(act, target, address)
        await invitation.add(act, moving)
        await _mail(act, target, moving)
        await act.record("address", "move_started", target_id=target.id)
        return moving


async def close_replaced(
    connection: Connection, context: Context, customer: Customer, moving: Invitation
) -> None:
    """The new address is confirmed: the old account closes in the same transaction."""
    assert moving.replaces is not None
    old = await members.find(connection, moving.replaces)
    if old is None or old.state == "closed":
        return
    now = await clock.now(connection)
    await erasure.erase(connection, old)
    await context.mailer.send(
        connection,
        AccountMoved(name=old.person.name, customer_name=customer.name, moved_at=now),
        to=old.email,
        subject_id=old.id,
        customer_id=customer.id,
        locale=old.locale,
        expires_at=now + NOTICE_LIVES,
    )
    closed = await member_states.close(connection, old.id, successor_id=None)
    await seats.free(connection, customer.id, old.id, VISITOR)
    await audit.record(
        connection, customer.id, VISITOR, "member", "replaced", target_id=old.id, reason="moved"
    )
    await account.sync(connection, closed, customer)


async def _require_free(act: Acting, email_key: str) -> None:
    member = await members.find_by_email_key(act.connection, email_key)
    invited = await invitations.find_open(act.connection, act.customer.id, email_key)
    if (member and member.customer_id == act.customer.id) or invited:
        raise AddressInUse


async def _withdraw_earlier(act: Acting, target: Member) -> None:
    earlier = await invitations.list_replacing(act.connection, target.id)
    await seats.withdraw(act.connection, earlier, act.actor)


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
    )


async def _mail(act: Acting, target: Member, moving: Invitation) -> None:
    """The link to the new address, and to the old one that it was asked for."""
    mover = act.me.person.name if act.me else ""
    link = AccountMove(
        name=target.person.name,
        customer_name=act.customer.name,
        mover_name=mover,
        token=domain.token(act.context.settings.first_password_key, moving.id),
        expires_at=moving.expires_at,
    )
    await act.context.mailer.send(
        act.connection,
        link,
        to=moving.email,
        subject_id=moving.id,
        customer_id=act.customer.id,
        locale=target.locale,
        expires_at=moving.expires_at,
    )
    notice = AccountMoveRequested(
        name=target.person.name,
        customer_name=act.customer.name,
        mover_name=mover,
        requested_at=act.now,
    )
    await notices.tell(act, target, notice)
