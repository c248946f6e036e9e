"""GET /company and its seats (R5, R13, B3)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.membership.api.paging import Cursor, PageQuery, cursor_after
from services.membership.api.place import asking
from services.membership.api.shapes import Number, PersonName, SubjectName
from services.membership.domain.company.customers import Customer
from services.membership.domain.company.seats import Movement, MovementKind, Seats
from services.membership.domain.permissions import CompanyAct
from services.membership.flows.company import company, seat_ledger
from services.membership.flows.company.seat_ledger import Page
from shared.web.routing import Answer, Call, NoBody, answer


class CustomerAnswer(Answer):
    """The company that a member belongs to."""

    id: UUID
    code: Annotated[str, Field(examples=["A-1001"])]
    name: Annotated[str, Field(examples=["株式会社ヤマト商事"])]


class SeatsAnswer(Answer):
    """The seats in use, by accounts and by open invitations, and the limit."""

    used: Number
    limit: Annotated[int, Field(examples=[10])]
    free: Number
    accounts: Number
    invitations: Number


class CompanyAnswer(CustomerAnswer):
    """The company with its seats, and the actions that the caller may take."""

    seats: SeatsAnswer
    may: list[CompanyAct]


class MovementAnswer(Answer):
    """A row of the seat ledger; `used` seats are in use after it, and `seat_limit` is a new limit.
    Names are current; null for people who have left. `by_vendor`: the vendor's staff did it."""

    id: UUID
    at: datetime
    kind: MovementKind
    change: Annotated[int, Field(examples=[1])]
    used: Number
    subject_id: UUID | None
    subject_name: SubjectName | None
    actor_id: UUID | None
    actor_name: PersonName | None
    by_vendor: bool
    seat_limit: Number | None
    until: datetime | None


class LedgerAnswer(Answer):
    """The seats and their movements, the newest first (B3)."""

    seats: SeatsAnswer
    items: list[MovementAnswer]
    next_cursor: Cursor | None


async def show(call: Call[NoBody]) -> web.Response:
    """The caller's company."""
    context, who = asking(call)
    found = await company.show(context, who)
    customer = customer_of(found.customer).model_dump()
    return answer(CompanyAnswer(**customer, seats=_seats(found.seats), may=list(found.may)))


async def show_seats(call: Call[NoBody]) -> web.Response:
    """The seat ledger of the caller's company."""
    query = call.query(PageQuery)
    page = await seat_ledger.show(*asking(call), before=query.after, limit=query.limit)
    items = [_movement(one, page) for one in page.movements]
    ledger = LedgerAnswer(
        seats=_seats(page.seats), items=items, next_cursor=cursor_after(page.next)
    )
    return answer(ledger)


def customer_of(customer: Customer) -> CustomerAnswer:
    """The company that a member belongs to."""
    return CustomerAnswer(id=customer.id, code=customer.code, name=customer.name)


def _seats(seats: Seats) -> SeatsAnswer:
    return SeatsAnswer(
        used=seats.used,
        limit=seats.limit,
        free=seats.free,
        accounts=seats.accounts,
        invitations=seats.invitations,
    )


def _movement(movement: Movement, page: Page) -> MovementAnswer:
    subject, actor = movement.subject_id, movement.actor_id
    return MovementAnswer(
        id=movement.id,
        at=movement.at,
        kind=movement.kind,
        change=movement.change,
        used=movement.used,
        subject_id=subject,
        subject_name=page.names.get(subject) if subject else None,
        actor_id=actor,
        actor_name=page.names.get(actor) if actor else None,
        by_vendor=actor in page.operators or movement.kind in ("limit_set", "limit_raised"),
        seat_limit=movement.seat_limit,
        until=movement.until,
    )
