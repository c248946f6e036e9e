"""/company/approvals: requests that wait for the company's approval (R3, R4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from services.membership.api.fields import Note
from services.membership.api.place import asking
from services.membership.api.shapes import (
    EmailText,
    NamedAnswer,
    PersonAnswer,
    PhoneDigits,
    details,
    names,
)
from services.membership.domain.joining.admission import Reason
from services.membership.domain.members.members import Member, ShownState
from services.membership.errors import ApprovalNotFound
from services.membership.flows.joining import approval
from services.membership.flows.joining.approval import Kind, Rejection, Waiting
from shared.contracts.base import RejectionReason
from shared.web.routing import Answer, Body, Call, NoBody, answer, no_content


class DoubleAnswer(NamedAnswer):
    """A member who may be the same person; suspended accounts are included (R4)."""

    id: UUID
    phone: PhoneDigits
    email: EmailText
    state: ShownState
    last_used_at: datetime | None


class WaitingAnswer(PersonAnswer):
    """One request to decide on. `mine`: the caller's own, which another approver decides.
    `current_email`: the address that a change of address would replace."""

    id: UUID
    kind: Kind
    phone: PhoneDigits
    email: EmailText
    current_email: EmailText | None
    reasons: list[Reason]
    waits_since: datetime
    doubles: list[DoubleAnswer]
    mine: bool


class ApprovalsAnswer(Answer):
    """The pending requests, the oldest first."""

    items: list[WaitingAnswer]


class RejectBody(Body):
    """The reason for the rejection; the note is mailed to the applicant."""

    reason: RejectionReason
    note: Note = ""

    @property
    def rejection(self) -> Rejection:
        """The rejection."""
        return Rejection(reason=self.reason, note=self.note)


async def list_all(call: Call[NoBody]) -> web.Response:
    """The requests that wait for the company."""
    waiting = await approval.list_waiting(*asking(call))
    return answer(ApprovalsAnswer(items=[_waiting(one) for one in waiting]))


async def approve(call: Call[NoBody]) -> web.Response:
    """Approve a request."""
    await approval.approve(*asking(call), _id(call))
    return no_content()


async def reject(call: Call[RejectBody]) -> web.Response:
    """Reject a request."""
    await approval.reject(*asking(call), _id(call), call.body.rejection)
    return no_content()


def _id(call: Call[Any]) -> UUID:
    return call.path_id("approval_id", missing=ApprovalNotFound)


def _waiting(waiting: Waiting) -> WaitingAnswer:
    person = waiting.person
    return WaitingAnswer(
        id=waiting.id,
        kind=waiting.kind,
        **details(person),
        phone=person.phone,
        email=waiting.email,
        current_email=waiting.current_email,
        reasons=list(waiting.reasons),
        waits_since=waiting.waits_since,
        doubles=[_double(one) for one in waiting.doubles],
        mine=waiting.mine,
    )


def _double(member: Member) -> DoubleAnswer:
    return DoubleAnswer(
        id=member.id,
        **names(member.person),
        phone=member.person.phone,
        email=member.email,
        state=member.shown_state,
        last_used_at=member.last_used_at,
    )
