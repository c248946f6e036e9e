"""A customer's seat limit (R5, B3): set, raised until a date, or lowered below the seats in use.

Then no account is removed but none can be opened; the owners and the vendor are notified.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from services.membership.domain.company.customers import Customer
from services.membership.domain.members.actors import SYSTEM, Operator
from services.membership.flows.company import seats
from services.membership.flows.ground import acting, audit, notices
from services.membership.flows.ground.context import Context
from services.membership.storage.company import customers, seat_movements
from services.membership.storage.members import members
from shared import clock
from shared.contracts.company_mails import SeatLimitChanged
from shared.db import Connection

Because = Literal["lowered", "raise_lapsed"]


async def change(
    context: Context, who: Operator, limit: int, *, until: datetime | None = None
) -> None:
    """Set a customer's own limit, or with `until` a temporary one until that time."""
    async with acting.begin(context, who, "change seat limit") as act:
        if until is not None:
            await customers.update_raised_limit(act.connection, act.customer.id, limit, until)
        else:
            await customers.update_limit(act.connection, act.customer.id, limit)
        await seat_movements.add_limit(
            act.connection,
            act.customer.id,
            "limit_raised" if until else "limit_set",
            limit,
            actor_id=act.actor.id,
            until=until,
        )
        await act.record("seats", "limit_changed", reason=str(limit))


async def lapse_raises(context: Context) -> None:
    """Restore the own limit of customers whose temporary limit has ended."""
    async with context.db.connection() as connection:
        lapsed = await customers.list_lapsed_raises(connection)
    for customer_id in lapsed:
        async with context.db.transaction("lapse raised seat limits") as connection:
            await _lapse(connection, context, customer_id)


async def _lapse(connection: Connection, context: Context, customer_id: UUID) -> None:
    customer = await customers.lock(connection, customer_id)
    if not await customers.clear_lapsed_raise(connection, customer_id):
        return
    await seat_movements.add_limit(
        connection, customer_id, "raise_lapsed", customer.seat_limit, actor_id=None
    )
    await audit.record(connection, customer_id, SYSTEM, "seats", "raise_lapsed")


async def tell(context: Context) -> None:
    """Notify both sides of changed limits that are below the seats in use."""
    async with context.db.connection() as connection:
        untold = await seat_movements.list_untold(connection)
    for id, customer_id in untold:
        async with context.db.transaction("tell of seat limits") as connection:
            customer = await customers.lock(connection, customer_id)
            kind = await seat_movements.take_untold(connection, id)
            if kind is not None:
                because: Because = "raise_lapsed" if kind == "raise_lapsed" else "lowered"
                await _tell_if_full(connection, context, customer, because)


async def _tell_if_full(
    connection: Connection, context: Context, customer: Customer, because: Because
) -> None:
    """The owners and the vendor, if more seats are in use than the limit allows."""
    await seats.sweep(connection, customer.id)
    counted = await seats.count(connection, customer)
    if counted.used <= counted.limit:
        return
    now = await clock.now(connection)

    def told(name: str) -> SeatLimitChanged:
        return SeatLimitChanged(
            name=name,
            customer_code=customer.code,
            customer_name=customer.name,
            limit=counted.limit,
            used=counted.used,
            because=because,
            changed_at=now,
        )

    for owner in await members.list_of_customer(connection, customer.id):
        if owner.role == "owner" and owner.state == "active":
            await notices.write(
                connection, context, owner, told(owner.person.name_for(owner.locale))
            )
    await notices.write_vendor(connection, context, told(""))
