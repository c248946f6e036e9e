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
    """The seats in use by kind, and the current limit."""
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
    """An account was opened; `held`: on the seat of an invitation."""
    await seat_movements.add(
        connection,
        customer_id,
        "taken",
        0 if held else 1,
        subject_id=member_id,
        actor_id=actor.id,
    )


async def free(connection: Connection, customer_id: UUID, member_id: UUID, actor: Actor) -> None:
    """An account was closed."""
    await seat_movements.add(
        connection, customer_id, "freed", -1, subject_id=member_id, actor_id=actor.id
    )


async def hold(connection: Connection, invitation: Invitation, actor: Actor) -> None:
    """An invitation was sent."""
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
    """Invitations were withdrawn; their seats become free."""
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
    """End the invitation, if any, whose seat a rejected or lapsed request uses."""
    if waiting.invitation_id is None:
        return
    invited = await invitations.find(connection, waiting.invitation_id)
    assert invited is not None
    await withdraw(connection, [invited], actor)
    await invitations.erase(connection, invited.id, invited.email_key)


async def lock_and_sweep(connection: Connection, customer_id: UUID) -> None:
    """The same for callers that have not locked the customer yet."""
    await customers.lock(connection, customer_id)
    await sweep(connection, customer_id)


async def sweep(connection: Connection, customer_id: UUID) -> None:
    """End expired invitations."""
    lapsed = await invitations.list_due(connection, customer_id)
    await invitations.end(connection, [one.id for one in lapsed], "lapsed")
    for one in lapsed:
        if one.holds_seat:
            await seat_movements.add(
                connection, customer_id, "lapsed", -1, subject_id=one.id, actor_id=None
            )
