"""/company/members: the list of 社内アカウント管理, and the actions on its accounts."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import AwareDatetime, Field, PlainValidator, TypeAdapter, WithJsonSchema

from services.membership.api.fields import LONGEST_DETAIL, Department, JobTitle, Note
from services.membership.api.invitations import of as invitation_of
from services.membership.api.me import EmailBody, Requested
from services.membership.api.member_answers import (
    DepartmentAnswer,
    DepartmentsAnswer,
    DetailsAnswer,
    MembersAnswer,
    changed,
    row_of,
)
from services.membership.api.paging import position_after, position_in
from services.membership.api.place import asking
from services.membership.api.shapes import CursorText, details
from services.membership.domain.members.member_list import Filter, Listing, MemberOrder
from services.membership.domain.members.members import SuspensionCard
from services.membership.errors import MemberNotFound
from services.membership.flows.company import company
from services.membership.flows.joining import move as flow
from services.membership.flows.members import (
    member_details,
    member_role,
    member_state,
    password_reset,
)
from shared import days
from shared.contracts.base import Role, SuspensionReason
from shared.web.field_errors import refused
from shared.web.routing import Body, Call, NoBody, Query, answer


class FilterQuery(Query):
    """The filter and the order of the list."""

    q: Annotated[
        str,
        Field(
            max_length=100,
            description="Part of a name, reading, address, department or job title",
            examples=["やまだ"],
        ),
    ] = ""
    state: Literal["active", "suspended"] | None = None
    department: Annotated[
        str,
        Field(
            max_length=LONGEST_DETAIL,
            description="The members of exactly this one",
            examples=["営業部"],
        ),
    ] = ""
    role: Role | None = None
    order: MemberOrder = "joined"

    @property
    def filter(self) -> Filter:
        """The members to list."""
        return Filter(text=self.q, state=self.state, role=self.role, department=self.department)


class MembersQuery(FilterQuery):
    """The filter, the order, and the part of the list."""

    cursor: Annotated[CursorText, Field(max_length=700, pattern=r"^[A-Za-z0-9_-]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100, examples=[50])] = 50

    @property
    def listing(self) -> Listing:
        """The requested page.

        Raises:
            InvalidCursor: The cursor is not one that this list gave.
        """
        return Listing(
            filter=self.filter,
            order=self.order,
            after=position_in(self.cursor),
            limit=self.limit,
        )


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def _day_or_moment(value: object) -> date | datetime:
    """A day (RFC 3339 full-date), or a time in UTC; rejected if its year in UTC does not exist."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            days.end_of(day := date.fromisoformat(value), ZoneInfo("UTC"))
            return day
        return _MOMENT.validate_python(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise refused("invalid_time") from error


DayOrMoment = Annotated[
    date | datetime,
    PlainValidator(_day_or_moment),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
            ]
        }
    ),
]


class NotesBody(Body):
    """The notes for the member, shown after the right password, and for the company's admins."""

    member: Note = ""
    company: Note = ""


class SuspendBody(Body):
    """A suspension card (B2). The date only triggers a reminder; the account is not resumed.

    A day as `until` is the last one, and ends at midnight in the vendor's time zone.
    """

    reason: SuspensionReason
    notes: NotesBody = NotesBody()
    until: DayOrMoment | None = None

    def card(self, zone: ZoneInfo) -> SuspensionCard:
        """The card; the company cannot write the vendor's note."""
        until = self.until
        ends = until if until is None or isinstance(until, datetime) else days.end_of(until, zone)
        return SuspensionCard(
            reason=self.reason,
            until=ends,
            for_member=self.notes.member,
            for_company=self.notes.company,
        )


class RoleBody(Body):
    """The new role; with `own_role` the caller's own role changes at the same time."""

    role: Role
    own_role: Role | None = None


class MemberDetailsBody(Body):
    """The fields to change (B15); omitted ones stay unchanged."""

    department: Department | None = None
    job_title: JobTitle | None = None


class DeleteQuery(Query):
    """The member who takes over the company's data."""

    successor_id: UUID | None = None


async def list_all(call: Call[NoBody]) -> web.Response:
    """The members of the caller's company."""
    context, who = asking(call)
    page = await company.list_members(context, who, call.query(MembersQuery).listing)
    next_cursor = position_after(page.next)
    items = [row_of(row) for row in page.rows]
    return answer(MembersAnswer(items=items, found=page.found, next_cursor=next_cursor))


async def show(call: Call[NoBody]) -> web.Response:
    """A member of the caller's company."""
    return answer(row_of(await company.show_colleague(*asking(call), _member_id(call))))


async def list_departments(call: Call[NoBody]) -> web.Response:
    """The departments in the caller's company."""
    found = await company.list_departments(*asking(call))
    items = [DepartmentAnswer(name=one.name, members=one.members) for one in found]
    return answer(DepartmentsAnswer(items=items))


async def suspend(call: Call[SuspendBody]) -> web.Response:
    """Suspend a member: 200 if all their sessions have ended, 202 if auth has not confirmed yet."""
    context, who = asking(call)
    card = call.body.card(context.settings.zone)
    return changed(await member_state.suspend(context, who, _member_id(call), card))


async def delete(call: Call[NoBody]) -> web.Response:
    """Delete a member's account permanently."""
    successor_id = call.query(DeleteQuery).successor_id
    deleting = member_state.delete(*asking(call), _member_id(call), successor_id=successor_id)
    return changed(await deleting)


async def change_role(call: Call[RoleBody]) -> web.Response:
    """Give a member another role, or hand over the caller's own."""
    role, own_role = call.body.role, call.body.own_role
    changing = member_role.change(*asking(call), _member_id(call), role, own_role=own_role)
    return changed(await changing)


async def change_details(call: Call[MemberDetailsBody]) -> web.Response:
    """Set a member's department and job title."""
    changing = member_details.change(*asking(call), _member_id(call), **call.body.model_dump())
    member = await changing
    return answer(DetailsAnswer(id=member.id, **details(member.person)))


async def move(call: Call[EmailBody]) -> web.Response:
    """Recreate an account at another address; nothing changes until it is confirmed (R7)."""
    moving = await flow.start(*asking(call), _member_id(call), call.body.email)
    return answer(invitation_of(moving), status=202)


async def send_password_reset(call: Call[NoBody]) -> web.Response:
    """Have a reset link mailed to a colleague's stored address."""
    await password_reset.ask(*asking(call), _member_id(call))
    return answer(Requested(), status=202)


def _member_id(call: Call[Any]) -> UUID:
    return call.path_id("member_id", missing=MemberNotFound)
