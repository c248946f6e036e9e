"""POST /registrations and its confirmation."""

from typing import Literal

from aiohttp import web

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
from services.membership.api.links import TokenBody, confirmed
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
    """The form is accepted; the result is sent by mail only (R1)."""

    status: Literal["accepted"] = "accepted"


async def request(call: Call[RegistrationBody]) -> web.Response:
    """Accept the form; the response is the same for every form."""
    message = StartRegistration(**call.body.model_dump(), locale=call.locale)
    if not call.excess:
        await registration.request(
            call.request.app[CONTEXT],
            message,
            network=network(call.caller.network),
            key=call.idempotency_key,
        )
    return answer(Accepted(), status=202)


async def confirm(call: Call[TokenBody]) -> web.Response:
    """Confirm the address by the token of the mailed link."""
    return confirmed(await registration.confirm(call.request.app[CONTEXT], call.body.token))
