"""Withdraws the requests of distrusted sessions before they take effect.

The customer's lock decides between a distrust and the use of a link: the one that commits first
wins. A change of address confirmed before has taken effect, and both addresses were notified.
"""

from services.membership.domain.members.actors import SYSTEM
from services.membership.domain.members.trust import Distrust
from services.membership.flows.ground.context import Context
from services.membership.flows.members import withdrawal
from services.membership.flows.members.withdrawal import Withdrawal
from services.membership.storage.company import customers
from services.membership.storage.joining import invitations
from services.membership.storage.members import email_changes, member_states, members
from shared.contracts import membership as contracts
from shared.db import Connection


async def take(connection: Connection, context: Context, message: contracts.Distrust) -> None:
    """Auth has ended sessions of a member that an intruder may have used.

    A repetition has no effect. A late message does not affect requests of sessions that began
    after it (`Distrust.ends`). A closed account has no requests left, and a move has passed its
    own on to another account.
    """
    customer = await customers.lock(connection, message.customer_id)
    member = await members.find(connection, message.member_id)
    if member is None or member.customer_id != customer.id or member.state == "closed":
        return
    distrust = Distrust(at=message.at, spared=message.spared_session_id)
    await member_states.update_distrusted(connection, member.id, distrust)
    change = await email_changes.find_pending(connection, member.id)
    sent = await invitations.list_sent_by(connection, member.id)
    ended = Withdrawal(
        member=member,
        because="distrusted",
        change=change if change and distrust.ends(change.asked) else None,
        invitations=[one for one in sent if distrust.ends(one.asked, since=message.since)],
    )
    await withdrawal.carry_out(connection, context, ended, actor=SYSTEM)
