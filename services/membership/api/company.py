"""GET /me and GET /company (R10, R13)."""

from datetime import datetime
from uuid import UUID

from aiohttp import web

from services.membership.api.keys import CONTEXT
from services.membership.domain.customers import Customer
from services.membership.domain.members import Member, ShownState
from services.membership.domain.permissions import CompanyAct
from services.membership.flows import company
from shared.contracts.base import Locale, Role
from shared.web.routing import Answer, Call, NoBody, answer


class CustomerAnswer(Answer):
    """Whom a member belongs to."""

    id: UUID
    code: str
    name: str


class MeAnswer(Answer):
    """One's own account."""

    id: UUID
    email: str
    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    phone: str
    role: Role
    state: ShownState
    locale: Locale
    last_used_at: datetime | None
    created_at: datetime
    customer: CustomerAnswer


class SeatsAnswer(Answer):
    """How many seats are used, by accounts and by open invitations, and how many there may be."""

    used: int
    limit: int
    free: int
    accounts: int
    invitations: int


class CompanyAnswer(CustomerAnswer):
    """The company with its seats, and what the caller may do there."""

    seats: SeatsAnswer
    may: list[CompanyAct]


async def show_me(call: Call[NoBody]) -> web.Response:
    """One's own account."""
    member, customer = await company.show_member(call.request.app[CONTEXT], call.caller.member)
    return answer(me_of(member, customer))


async def show(call: Call[NoBody]) -> web.Response:
    """One's company."""
    found = await company.show(call.request.app[CONTEXT], call.caller.member)
    seats = SeatsAnswer(
        used=found.seats.used,
        limit=found.seats.limit,
        free=found.seats.free,
        accounts=found.seats.accounts,
        invitations=found.seats.invitations,
    )
    customer = _customer(found.customer)
    return answer(CompanyAnswer(**customer.model_dump(), seats=seats, may=list(found.may)))


def me_of(member: Member, customer: Customer) -> MeAnswer:
    """The answer for one's own account."""
    person = member.person
    return MeAnswer(
        id=member.id,
        email=member.email,
        family_name=person.family_name,
        given_name=person.given_name,
        family_name_kana=person.family_name_kana,
        given_name_kana=person.given_name_kana,
        phone=person.phone,
        role=member.role,
        state=member.shown_state,
        locale=member.locale,
        last_used_at=member.last_used_at,
        created_at=member.created_at,
        customer=_customer(customer),
    )


def _customer(customer: Customer) -> CustomerAnswer:
    return CustomerAnswer(id=customer.id, code=customer.code, name=customer.name)
