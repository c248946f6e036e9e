"""/me: the caller's account (R10, R11), and the link that confirms a new address."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from aiohttp import web

from services.membership.api.company import CustomerAnswer, customer_of
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
from services.membership.api.links import ConfirmedAnswer, TokenBody
from services.membership.api.member_answers import changed
from services.membership.api.place import asking
from services.membership.api.shapes import (
    ActionText,
    BrowserText,
    EmailText,
    NetworkText,
    PersonAnswer,
    PersonName,
    PhoneDigits,
    ReasonText,
    details,
)
from services.membership.domain.company.audit import Link
from services.membership.domain.email_changes import EmailChange
from services.membership.domain.members.members import ShownState
from services.membership.flows.members import email_change, export, member_state, own_account
from services.membership.flows.members.email_change import Status
from services.membership.flows.members.own_account import Details, OwnAccount
from shared.contracts.base import AuditSource, AuditSubject, Locale, Role
from shared.web.routing import Answer, Body, Call, NoBody, answer, no_content


class EmailChangeAnswer(Answer):
    """A change of address that has not taken effect: it has to be confirmed by the link in the mail
    to the new address, or is confirmed and `waiting` for approval, until `ends_at`."""

    state: Literal["unconfirmed", "waiting"]
    email: EmailText
    ends_at: datetime


class MeAnswer(PersonAnswer):
    """The caller's account."""

    id: UUID
    email: EmailText
    phone: PhoneDigits
    role: Role
    state: ShownState
    locale: Locale
    last_used_at: datetime | None
    created_at: datetime
    customer: CustomerAnswer
    email_change: EmailChangeAnswer | None


class DeedAnswer(Answer):
    """An action of the caller, or one on the caller's account."""

    at: datetime
    source: AuditSource
    subject: AuditSubject
    action: ActionText
    by_me: bool
    reason: ReasonText
    network: NetworkText
    browser: BrowserText


class ExportAnswer(Answer):
    """The caller's data in membership; auth's export has the rest."""

    account: MeAnswer
    audit_log: list[DeedAnswer]


class DetailsBody(Body):
    """The fields to change; omitted ones stay unchanged."""

    family_name: FamilyName | None = None
    given_name: GivenName | None = None
    family_name_kana: FamilyNameKana | None = None
    given_name_kana: GivenNameKana | None = None
    phone: OwnPhone | None = None
    department: Department | None = None
    job_title: JobTitle | None = None
    locale: Locale | None = None


class EmailBody(Body):
    """The address to change to."""

    email: Email


class Requested(Answer):
    """A mail is sent; only its link changes anything."""

    status: Literal["requested"] = "requested"


class EmailLinkAnswer(Answer):
    """The person whose address the link changes, and the new address."""

    state: Literal["pending"] = "pending"
    name: PersonName
    email: EmailText
    expires_at: datetime


class EmailAnswer(Answer):
    """`changed`, `changing` while auth has not confirmed it, or a decision is pending."""

    status: Status


async def show(call: Call[NoBody]) -> web.Response:
    """The caller's account."""
    context, who = asking(call)
    return answer(_me(await own_account.show(context, who)))


async def export_own(call: Call[NoBody]) -> web.Response:
    """All data about the caller."""
    taken = await export.take(*asking(call))
    me = _me(taken.account)
    deeds = [_deed(link, me.id) for link in taken.deeds]
    return answer(ExportAnswer(account=me, audit_log=deeds))


async def update(call: Call[DetailsBody]) -> web.Response:
    """Change the caller's details."""
    changes = Details(**call.body.model_dump())
    return answer(_me(await own_account.update(*asking(call), changes)))


async def leave(call: Call[NoBody]) -> web.Response:
    """Delete the caller's account permanently."""
    return changed(await member_state.leave(*asking(call)))


async def request_email(call: Call[EmailBody]) -> web.Response:
    """Request another address; the response is the same for every address."""
    await email_change.request(*asking(call), call.body.email)
    return answer(Requested(), status=202)


async def withdraw_email(call: Call[NoBody]) -> web.Response:
    """Withdraw the caller's pending change of address, if there is one."""
    await email_change.withdraw(*asking(call))
    return no_content()


async def preview_email(call: Call[TokenBody]) -> web.Response:
    """Show the change of address that a mailed link confirms, without changing anything."""
    seen = await email_change.preview(call.request.app[CONTEXT], call.body.token)
    if seen.email is None:
        return answer(ConfirmedAnswer(expires_at=seen.expires_at))
    name = seen.person.name_for(call.locale)
    return answer(EmailLinkAnswer(name=name, email=seen.email, expires_at=seen.expires_at))


async def confirm_email(call: Call[TokenBody]) -> web.Response:
    """Confirm the new address by the token of the mailed link."""
    outcome = await email_change.confirm(call.request.app[CONTEXT], call.body.token)
    status = 202 if outcome.status == "changing" else 200
    return answer(EmailAnswer(status=outcome.status), status=status)


def _deed(link: Link, me: UUID) -> DeedAnswer:
    entry = link.entry
    return DeedAnswer(
        at=entry.at,
        source=entry.source,
        subject=entry.subject,
        action=entry.action,
        by_me=entry.actor_id == me,
        reason=entry.reason,
        network=entry.network if entry.actor_id == me else "",
        browser=entry.browser if entry.actor_id == me else "",
    )


def _me(account: OwnAccount) -> MeAnswer:
    member, change = account.member, account.email_change
    person = member.person
    return MeAnswer(
        id=member.id,
        email=member.email,
        **details(person),
        phone=person.phone,
        role=member.role,
        state=member.shown_state,
        locale=member.locale,
        last_used_at=member.last_used_at,
        created_at=member.created_at,
        customer=customer_of(account.customer),
        email_change=_change(change) if change else None,
    )


def _change(change: EmailChange) -> EmailChangeAnswer:
    assert change.state in ("unconfirmed", "waiting")  # it is pending
    return EmailChangeAnswer(state=change.state, email=change.email, ends_at=change.ends_at)
