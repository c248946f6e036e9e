"""Invitations (R3, R5): sent by owners and admins, each holding a seat until it is answered."""

from uuid import UUID

from services.membership.flows import seats
from services.membership.flows.acting import Acting
from services.membership.storage import invitations


async def withdraw_sent_by(act: Acting, member_id: UUID) -> None:
    """Take back the open invitations of somebody who may not invite any more."""
    ended = await invitations.list_sent_by(act.connection, member_id)
    await seats.withdraw(act.connection, ended, act.actor)
    for one in ended:
        await act.record("invitation", "withdrawn", target_id=one.id, reason="inviter_gone")
