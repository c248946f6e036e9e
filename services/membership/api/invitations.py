"""/company/invitations, and the mailed link of an invited person."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.membership.api.fields import (
    Department,
    Email,
    FamilyName,
    FamilyNameKana,
    GivenName,
    GivenNameKana,
    JobTitle,
    OwnPhone,
)
from services.membership.api.keys import CONTEXT
from services.membership.api.links import TokenBody, confirmed
from services.membership.api.paging import Cursor, PageQuery, cursor_after
from services.membership.api.place import asking
from services.membership.api.shapes import (
    CompanyName,
    EmailText,
    PersonAnswer,
    PersonName,
    PhoneDigits,
    details,
)
from services.membership.domain.joining.invitations import Invitation, InvitationState
from services.membership.domain.members.members import Person
from services.membership.errors import InvitationNotFound
from services.membership.flows.joining import acceptance, invitation
from services.membership.flows.joining.invitation import Batch, Invitee
from shared.contracts.base import Locale, Role
from shared.web.routing import Answer, Body, Call, NoBody, answer, no_content

MOST_AT_ONCE = 50


class InviteeBody(Body):
    """The address and the role; by default the mail is in the inviter's language. The other fields
    prefill the page on which the invitation is accepted."""

    email: Email
    role: Role = "staff"
    locale: Locale | None = None
    family_name: FamilyName | None = None
    given_name: GivenName | None = None
    family_name_kana: FamilyNameKana = ""
    given_name_kana: GivenNameKana = ""
    department: Department = ""
    job_title: JobTitle = ""

    def invitee(self, locale: Locale) -> Invitee:
        """The invitation; `locale` is the inviter's."""
        person = Person(
            family_name=self.family_name or "",
            given_name=self.given_name or "",
            family_name_kana=self.family_name_kana,
            given_name_kana=self.given_name_kana,
            phone="",
            department=self.department,
            job_title=self.job_title,
        )
        return Invitee(
            email=self.email, role=self.role, locale=self.locale or locale, person=person
        )


class InvitationsBody(Body):
    """All of them are invited, or none."""

    invitations: Annotated[list[InviteeBody], Field(min_length=1, max_length=MOST_AT_ONCE)]

    def batch(self, locale: Locale) -> Batch:
        """The requested invitations; `locale` is the inviter's."""
        return Batch(invitees=tuple(one.invitee(locale) for one in self.invitations))


class InvitationAnswer(PersonAnswer):
    """An invitation, for the company, with what the inviter entered about the person. One that
    `replaces` an account moves it (R7)."""

    id: UUID
    email: EmailText
    role: Role
    locale: Locale
    state: InvitationState
    replaces: UUID | None
    invited_by: UUID | None
    created_at: datetime
    sent_at: datetime
    expires_at: datetime


class InvitationsAnswer(Answer):
    """A page of open invitations."""

    items: list[InvitationAnswer]
    next_cursor: Cursor | None


class SentAnswer(Answer):
    """The invitations of one request."""

    invitations: list[InvitationAnswer]


class AcceptBody(TokenBody):
    """The person who joins. An empty department or job title is taken from the invitation."""

    family_name: FamilyName
    given_name: GivenName
    family_name_kana: FamilyNameKana = ""
    given_name_kana: GivenNameKana = ""
    phone: OwnPhone
    department: Department = ""
    job_title: JobTitle = ""

    @property
    def person(self) -> Person:
        """The person."""
        return Person(**self.model_dump(exclude={"token"}))


class InvitedPersonAnswer(PersonAnswer):
    """What is known about the invited person, for prefilling the page; each field may be empty."""

    phone: PhoneDigits


class InvitedAnswer(Answer):
    """An invitation before it is accepted; `moves`: it moves an account to the address (R7).
    `invited_by`: the inviter's name, or null if the vendor invites."""

    email: EmailText
    role: Role
    customer_name: CompanyName
    invited_by: PersonName | None
    expires_at: datetime
    moves: bool
    person: InvitedPersonAnswer


async def send(call: Call[InvitationsBody]) -> web.Response:
    """Invite several at once."""
    batch, key = call.body.batch(call.locale), call.idempotency_key
    sent = await invitation.send(*asking(call), batch, key=key)
    return answer(SentAnswer(invitations=[of(one) for one in sent]), status=201)


async def list_open(call: Call[NoBody]) -> web.Response:
    """The open invitations of the caller's company."""
    query = call.query(PageQuery)
    found = await invitation.list_open(*asking(call), after=query.after, limit=query.limit)
    page = found[: query.limit]
    cursor = cursor_after(page[-1].id if len(found) > query.limit else None)
    return answer(InvitationsAnswer(items=[of(one) for one in page], next_cursor=cursor))


async def resend(call: Call[NoBody]) -> web.Response:
    """Send the mail of an invitation again."""
    return answer(of(await invitation.resend(*asking(call), _id(call))))


async def withdraw(call: Call[NoBody]) -> web.Response:
    """Withdraw an invitation."""
    await invitation.withdraw(*asking(call), _id(call))
    return no_content()


async def preview(call: Call[TokenBody]) -> web.Response:
    """Show an invitation, without changing it."""
    found = await acceptance.preview(call.request.app[CONTEXT], call.body.token)
    shown = InvitedAnswer(
        email=found.invitation.email,
        role=found.invitation.role,
        customer_name=found.customer.name,
        invited_by=found.inviter.person.name_for(call.locale) if found.inviter else None,
        expires_at=found.invitation.expires_at,
        moves=found.invitation.replaces is not None,
        person=InvitedPersonAnswer(**details(found.person), phone=found.person.phone),
    )
    return answer(shown)


async def accept(call: Call[AcceptBody]) -> web.Response:
    """Accept an invitation by the token of the mailed link."""
    body, context = call.body, call.request.app[CONTEXT]
    return confirmed(await acceptance.accept(context, body.token, body.person))


def of(invitation: Invitation) -> InvitationAnswer:
    """An invitation, for the company."""
    return InvitationAnswer(
        id=invitation.id,
        email=invitation.email,
        **details(invitation.person),
        role=invitation.role,
        locale=invitation.locale,
        state=invitation.state,
        replaces=invitation.replaces,
        invited_by=invitation.invited_by,
        created_at=invitation.created_at,
        sent_at=invitation.sent_at,
        expires_at=invitation.expires_at,
    )


def _id(call: Call[Any]) -> UUID:
    return call.path_id("invitation_id", missing=InvitationNotFound)
