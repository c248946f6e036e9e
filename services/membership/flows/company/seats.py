"""Seats (R5, B3): taken, held and freed only under the customer's lock, with a row per movement.

The caller has locked the customer, so the counts stay valid until the commit.
"""

from collections.abc import Sequence
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.company.seats import Seats
from services.membership.domain.joining.invitations import Invitation
from services.membership.domain.joining.registrations import Registration
from services.membership.domain.members.actors import Actor
from services.membership.errors import SeatsFull
from services.membership.storage.company import customers, seat_movements
from services.membership.storage.joining import invitations
from services.membership.storage.members import members
from shared.db import Connection


async def count(connection: Connection, customer: Customer) -> Seats:
    """Return the seats in use, by kind, and the current limit."""
    return Seats(
        accounts=await members.count(connection, customer.id),
        invitations=await invitations.count_holding(connection, customer.id),
        limit=customer.seat_limit,
    )


async def require_free(connection: Connection, customer: Customer, wanted: int = 1) -> None:
    """Raise if there are not enough free seats; lapsed invitations are ended first.

    Raises:
        SeatsFull: Fewer than `wanted` are free; `free` says how many.
    """
    await sweep(connection, customer.id)
    seats = await count(connection, customer)
    if seats.free < wanted:
        raise SeatsFull(free=seats.free)


async def take(
    connection: Connection, customer_id: UUID, member_id: UUID, actor: Actor, *, held: bool = False
) -> None:
    """Record that an opened account uses a seat; `held`: an invitation held that seat before.

    Whether a seat is free is checked by `require_free`, not here.
    """
    await seat_movements.add(
        connection,
        customer_id,
        "taken",
        0 if held else 1,
        subject_id=member_id,
        actor_id=actor.id,
    )


async def free(connection: Connection, customer_id: UUID, member_id: UUID, actor: Actor) -> None:
    """Record that a closed account uses no seat any more."""
    await seat_movements.add(
        connection, customer_id, "freed", -1, subject_id=member_id, actor_id=actor.id
    )


async def hold(connection: Connection, invitation: Invitation, actor: Actor) -> None:
    """Record that an invitation holds a seat until it expires."""
    await seat_movements.add(
        connection,
        invitation.customer_id,
        "held",
        1,
        subject_id=invitation.id,
        actor_id=actor.id,
        until=invitation.expires_at,
    )


async def withdraw(connection: Connection, ended: Sequence[Invitation], actor: Actor) -> None:
    """End these invitations as withdrawn, and record the seats that become free."""
    await invitations.end(connection, [one.id for one in ended], "withdrawn")
    for one in ended:
        if one.holds_seat:
            await seat_movements.add(
                connection,
                one.customer_id,
                "withdrawn",
                -1,
                subject_id=one.id,
                actor_id=actor.id,
            )


async def give_back(connection: Connection, waiting: Registration, actor: Actor) -> None:
    """Withdraw the invitation, if any, from which a rejected or lapsed registration came, and erase
    its address."""
    if waiting.invitation_id is None:
        return
    invited = await invitations.find(connection, waiting.invitation_id)
    assert invited is not None
    await withdraw(connection, [invited], actor)
    await invitations.erase(connection, invited.id, invited.email_key)


async def lock_and_sweep(connection: Connection, customer_id: UUID) -> None:
    """Lock the customer, then `sweep`; for callers that have not locked it yet."""
    await customers.lock(connection, customer_id)
    await sweep(connection, customer_id)


async def sweep(connection: Connection, customer_id: UUID) -> None:
    """End lapsed invitations, and those that wait for a decision that can no longer be made; record
    the seats that become free."""
    lapsed = await invitations.list_due(connection, customer_id)
    await invitations.end(connection, [one.id for one in lapsed], "lapsed")
    for one in lapsed:
        if one.holds_seat:
            await seat_movements.add(
                connection, customer_id, "lapsed", -1, subject_id=one.id, actor_id=None
            )
