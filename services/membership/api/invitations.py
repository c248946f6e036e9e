"""/company/invitations, and the mailed link of an invited person."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.membership.api.fields import (
    Email,
    FamilyName,
    FamilyNameKana,
    GivenName,
    GivenNameKana,
    OwnPhone,
)
from services.membership.api.keys import CONTEXT
from services.membership.api.links import TokenBody, confirmed
from services.membership.api.paging import Cursor, PageQuery, cursor_after
from services.membership.api.place import asking
from services.membership.api.shapes import (
    CompanyName,
    EmailText,
    NamedAnswer,
    PhoneDigits,
    names,
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
    """The address and the role; by default the mail is in the inviter's language."""

    email: Email
    role: Role = "staff"
    locale: Locale | None = None


class InvitationsBody(Body):
    """All of them are invited, or none."""

    invitations: Annotated[list[InviteeBody], Field(min_length=1, max_length=MOST_AT_ONCE)]

    def batch(self, locale: Locale) -> Batch:
        """The requested invitations; `locale` is the inviter's."""
        return Batch(
            invitees=tuple(
                Invitee(email=one.email, role=one.role, locale=one.locale or locale)
                for one in self.invitations
            )
        )


class InvitationAnswer(Answer):
    """An invitation, for the company. One that `replaces` an account moves it (R7)."""

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
    """The person who joins."""

    family_name: FamilyName
    given_name: GivenName
    family_name_kana: FamilyNameKana = ""
    given_name_kana: GivenNameKana = ""
    phone: OwnPhone

    @property
    def person(self) -> Person:
        """The person."""
        return Person(**self.model_dump(exclude={"token"}))


class PersonAnswer(NamedAnswer):
    """A person's name and phone, for prefilling the page."""

    phone: PhoneDigits


class InvitedAnswer(Answer):
    """An invitation before it is accepted; `person` if it moves an account."""

    email: EmailText
    role: Role
    customer_name: CompanyName
    expires_at: datetime
    person: PersonAnswer | None


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
        expires_at=found.invitation.expires_at,
        person=_person(found.person),
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


def _person(person: Person | None) -> PersonAnswer | None:
    if person is None:
        return None
    return PersonAnswer(
        **names(person),
        phone=person.phone,
    )
