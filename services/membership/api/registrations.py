"""POST /registrations, its preview and its confirmation."""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from services.membership.api.fields import (
    CustomerCode,
    Department,
    Email,
    FamilyName,
    FamilyNameKana,
    GivenName,
    GivenNameKana,
    JobTitle,
    Phone,
)
from services.membership.api.keys import CONTEXT
from services.membership.api.links import ConfirmedAnswer, TokenBody, confirmed
from services.membership.api.shapes import EmailText
from services.membership.flows.joining import registration
from shared.contracts.membership import StartRegistration
from shared.web.rate_limit import network
from shared.web.routing import Answer, Body, Call, answer


class RegistrationBody(Body):
    """The form of 新規登録 (R2)."""

    customer_code: CustomerCode
    customer_phone: Phone
    family_name: FamilyName
    given_name: GivenName
    family_name_kana: FamilyNameKana = ""
    given_name_kana: GivenNameKana = ""
    email: Email
    phone: Phone
    department: Department = ""
    job_title: JobTitle = ""


class Accepted(Answer):
    """The form is accepted; the result is sent by mail only (R1). `expires_at`: the mailed link
    works at least until then."""

    status: Literal["accepted"] = "accepted"
    expires_at: datetime


class EnteredAnswer(Answer):
    """What was entered, with the address that the link confirms; nothing about the customer."""

    state: Literal["pending"] = "pending"
    family_name: Annotated[str, Field(examples=["山田"])]
    given_name: Annotated[str, Field(examples=["太郎"])]
    email: EmailText
    expires_at: datetime


async def request(call: Call[RegistrationBody]) -> web.Response:
    """Accept the form; the response is the same for every form."""
    context = call.request.app[CONTEXT]
    message = StartRegistration(**call.body.model_dump(), locale=call.locale)
    if not call.excess:
        await registration.request(
            context,
            message,
            network=network(call.caller.network),
            key=call.idempotency_key,
        )
    return answer(Accepted(expires_at=registration.valid_until(context)), status=202)


async def preview(call: Call[TokenBody]) -> web.Response:
    """Show the registration that a mailed link confirms, without changing anything."""
    seen = await registration.preview(call.request.app[CONTEXT], call.body.token)
    if seen.entry is None:
        return answer(ConfirmedAnswer(expires_at=seen.expires_at))
    shown = EnteredAnswer(
        family_name=seen.entry.person.family_name,
        given_name=seen.entry.person.given_name,
        email=seen.entry.email,
        expires_at=seen.expires_at,
    )
    return answer(shown)


async def confirm(call: Call[TokenBody]) -> web.Response:
    """Confirm the address by the token of the mailed link."""
    return confirmed(await registration.confirm(call.request.app[CONTEXT], call.body.token))
