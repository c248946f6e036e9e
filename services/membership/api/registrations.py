"""POST /registrations and its confirmation."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from services.membership.api.fields import (
    CustomerCode,
    Email,
    FamilyName,
    FamilyNameKana,
    GivenName,
    GivenNameKana,
    Phone,
)
from services.membership.api.keys import CONTEXT
from services.membership.flows import registration
from shared.contracts.membership import StartRegistration
from shared.web.routing import Answer, Body, Call, answer

Token = Annotated[
    str, Field(max_length=200, examples=["q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"])
]


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


class ConfirmBody(Body):
    """The token of the mailed link."""

    token: Annotated[Token, Field(repr=False)]


class Accepted(Answer):
    """The form is taken; what follows is told by mail only (R1)."""

    status: Literal["accepted"] = "accepted"


class Approved(Answer):
    """The account is there; without a token its password was set already."""

    status: Literal["approved"] = "approved"
    password_token: Token | None = Field(default=None, exclude_if=lambda token: token is None)


class Opening(Answer):
    """The account will be there in a moment; the same call again tells."""

    status: Literal["opening"] = "opening"
    password_token: Token


class AwaitingApproval(Answer):
    """Somebody has to decide first (R3, R4)."""

    status: Literal["awaiting_approval"] = "awaiting_approval"


async def request(call: Call[RegistrationBody]) -> web.Response:
    """Take the form; the answer is the same whatever exists."""
    message = StartRegistration(**call.body.model_dump(), locale=call.locale)
    await registration.request(call.request.app[CONTEXT], message, key=call.idempotency_key)
    return answer(Accepted(), status=202)


async def confirm(call: Call[ConfirmBody]) -> web.Response:
    """Confirm the address by the token of the mailed link."""
    confirmed = await registration.confirm(call.request.app[CONTEXT], call.body.token)
    if confirmed.status == "awaiting_approval":
        return answer(AwaitingApproval())
    if confirmed.status == "opening" and confirmed.password_token:
        return answer(Opening(password_token=confirmed.password_token), status=202)
    return answer(Approved(password_token=confirmed.password_token))
