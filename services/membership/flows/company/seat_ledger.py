"""The ledger of seats for the company (B3), which explains why no seat is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.membership.domain.company.seats import Movement, Seats
from services.membership.flows.company import names, seats
from services.membership.flows.ground import acting
from services.membership.flows.ground.acting import Who
from services.membership.flows.ground.context import Context
from services.membership.storage.company import handles, seat_movements


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the ledger, newest movements first.

    `names` has the current names of members and the addresses of invitations; `operators` has the
    ids of the operators on this page. The next page starts after the row `next`; None: this is the
    last one.
    """

    seats: Seats
    movements: Sequence[Movement]
    names: Mapping[UUID, str]
    operators: frozenset[UUID]
    next: UUID | None


async def show(context: Context, who: Who, *, before: UUID | None, limit: int) -> Page:
    """The seats of the company and their movements.

    Raises:
        RoleRequired: The caller may not see it.
    """
    async with acting.look(context, who, "read seat ledger") as act:
        act.require("see_seats")
        found = await seat_movements.list_page(
            act.connection, act.customer.id, before=before, limit=limit + 1
        )
        page = found[:limit]
        counted = await seats.count(act.connection, act.customer)
        ids = {id for row in page for id in (row.subject_id, row.actor_id) if id}
        named = await names.find(act.connection, act.customer.id, ids)
        operators = await handles.list_known(act.connection, list(ids))
    return Page(
        seats=counted,
        movements=page,
        names=named,
        operators=operators,
        next=page[-1].id if len(found) > limit else None,
    )
