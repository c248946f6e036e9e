"""The responses of the list of members and of its actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.membership.api.shapes import (
    CursorText,
    EmailText,
    NoteText,
    Number,
    PersonAnswer,
    PhoneDigits,
    details,
)
from services.membership.domain.members.members import Member, ShownState, Suspension
from services.membership.domain.permissions import MemberAct, Why
from services.membership.flows.company.company import Row
from shared.contracts.base import Role, SuspensionReason
from shared.web.routing import Answer, Answers, answer


class StandingAnswer(Answer):
    """The member's recent presence checks (R9)."""

    last_passed_at: datetime | None
    missed_in_a_row: Annotated[int, Field(examples=[0])]


class SuspensionAnswer(Answer):
    """The suspension card for the company's owners and admins (B2)."""

    reason: SuspensionReason
    since: datetime
    until: datetime | None
    note: NoteText
    note_for_member: NoteText


class MemberAnswer(PersonAnswer):
    """A row of 社内アカウント管理. Phone, presence, suspension: for owners and admins, else null.
    `may` lists the actions that the caller may take; `may_not` has the reason for each other."""

    id: UUID
    email: EmailText
    role: Role
    state: ShownState
    last_used_at: datetime | None
    created_at: datetime
    phone: PhoneDigits | None
    presence: StandingAnswer | None
    suspension: SuspensionAnswer | None
    may: list[MemberAct]
    may_not: Annotated[
        dict[MemberAct, Why], Field(examples=[{"resume": "vendor_only", "suspend": "own_account"}])
    ]


class MembersAnswer(Answer):
    """A page of the list; `found` is the number of members on all pages."""

    items: list[MemberAnswer]
    found: Number
    next_cursor: CursorText | None


class ChangedAnswer(Answer):
    """An account after an action: `state` has its -ing form while auth has not confirmed it."""

    id: UUID
    role: Role
    state: ShownState


class DepartmentAnswer(Answer):
    """A department (B15), and the number of its members."""

    name: Annotated[str, Field(examples=["営業部"])]
    members: Number


class DepartmentsAnswer(Answer):
    """The departments of the company's members, for a filter of the list."""

    items: list[DepartmentAnswer]


class DetailsAnswer(PersonAnswer):
    """An account after a change of its department or job title."""

    id: UUID


CHANGED: Answers = {200: ChangedAnswer, 202: ChangedAnswer}


def changed(member: Member) -> web.Response:
    """200 if auth has confirmed the change, otherwise 202 (R18)."""
    body = ChangedAnswer(id=member.id, role=member.role, state=member.shown_state)
    return answer(body, status=200 if member.settled else 202)


def row_of(row: Row) -> MemberAnswer:
    """A member, with the fields that the caller may see."""
    member, person, in_full = row.member, row.member.person, row.in_full
    return MemberAnswer(
        id=member.id,
        email=member.email,
        **details(person),
        role=member.role,
        state=member.shown_state,
        last_used_at=member.last_used_at,
        created_at=member.created_at,
        phone=person.phone if in_full else None,
        presence=_standing(member) if in_full else None,
        suspension=_card(member.suspension) if in_full else None,
        may=[act for act, why in row.refused.items() if why is None],
        may_not=_reasons(row.refused),
    )


def _reasons(refused: Mapping[MemberAct, Why | None]) -> dict[MemberAct, Why]:
    return {act: why for act, why in refused.items() if why is not None}


def _standing(member: Member) -> StandingAnswer:
    return StandingAnswer(
        last_passed_at=member.presence.last_passed_at,
        missed_in_a_row=member.presence.missed_in_a_row,
    )


def _card(suspension: Suspension | None) -> SuspensionAnswer | None:
    if suspension is None:
        return None
    card = suspension.card
    return SuspensionAnswer(
        reason=card.reason,
        since=suspension.since,
        until=card.until,
        note=card.for_company,
        note_for_member=card.for_member,
    )
