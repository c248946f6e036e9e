"""GET /me, GET /company and GET /company/members (R10, R13)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.membership.api.keys import CONTEXT
from services.membership.api.paging import Cursor, PageQuery, cursor_after
from services.membership.domain.customers import Customer
from services.membership.domain.members import Member, ShownState
from services.membership.flows import company
from shared.contracts.base import Locale, Role
from shared.web.routing import Answer, Call, NoBody, answer

PhoneDigits = Annotated[str, Field(examples=["09000000001"])]


class CustomerAnswer(Answer):
    """Whom a member belongs to."""

    id: UUID
    code: Annotated[str, Field(examples=["A-1001"])]
    name: Annotated[str, Field(examples=["株式会社ヤマト商事"])]


class AccountAnswer(Answer):
    """What oneself and one's colleagues see of an account."""

    id: UUID
    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]
    family_name: Annotated[str, Field(examples=["山田"])]
    given_name: Annotated[str, Field(examples=["太郎"])]
    family_name_kana: Annotated[str, Field(examples=["ヤマダ"])]
    given_name_kana: Annotated[str, Field(examples=["タロウ"])]
    role: Role
    state: ShownState
    last_used_at: datetime | None


class MeAnswer(AccountAnswer):
    """One's own account."""

    phone: PhoneDigits
    locale: Locale
    created_at: datetime
    customer: CustomerAnswer


class SeatsAnswer(Answer):
    """How many accounts there are, and may be (R5)."""

    used: Annotated[int, Field(examples=[3])]
    limit: Annotated[int, Field(examples=[10])]


class CompanyAnswer(CustomerAnswer):
    """The company with its seats."""

    seats: SeatsAnswer


class StandingAnswer(Answer):
    """How presence checks went lately (R9)."""

    last_passed_at: datetime | None
    missed_in_a_row: Annotated[int, Field(examples=[0])]


class MemberAnswer(AccountAnswer):
    """A row of 社内アカウント管理; phone and presence are for owners and admins, else null."""

    phone: PhoneDigits | None
    presence: StandingAnswer | None


class MembersAnswer(Answer):
    """A page of the list."""

    items: list[MemberAnswer]
    next_cursor: Cursor | None


async def show_me(call: Call[NoBody]) -> web.Response:
    """One's own account."""
    member, customer = await company.show_member(call.request.app[CONTEXT], call.caller.member)
    return answer(_me(member, customer))


async def show(call: Call[NoBody]) -> web.Response:
    """One's company."""
    found = await company.show(call.request.app[CONTEXT], call.caller.member)
    seats = SeatsAnswer(used=found.seats_used, limit=found.customer.seat_limit)
    return answer(CompanyAnswer(**_customer(found.customer).model_dump(), seats=seats))


async def list_members(call: Call[NoBody]) -> web.Response:
    """The members of one's company."""
    query = call.query(PageQuery)
    page = await company.list_members(
        call.request.app[CONTEXT], call.caller.member, after=query.after, limit=query.limit
    )
    items = [_row(member, in_full=page.in_full) for member in page.members]
    return answer(MembersAnswer(items=items, next_cursor=cursor_after(page.next)))


def _customer(customer: Customer) -> CustomerAnswer:
    return CustomerAnswer(id=customer.id, code=customer.code, name=customer.name)


def _me(member: Member, customer: Customer) -> MeAnswer:
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


def _row(member: Member, *, in_full: bool) -> MemberAnswer:
    person, presence = member.person, member.presence
    return MemberAnswer(
        id=member.id,
        email=member.email,
        family_name=person.family_name,
        given_name=person.given_name,
        family_name_kana=person.family_name_kana,
        given_name_kana=person.given_name_kana,
        role=member.role,
        state=member.shown_state,
        last_used_at=member.last_used_at,
        phone=person.phone if in_full else None,
        presence=StandingAnswer(
            last_passed_at=presence.last_passed_at, missed_in_a_row=presence.missed_in_a_row
        )
        if in_full
        else None,
    )
