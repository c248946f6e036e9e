"""The request of a mailed link, and the response if it opens an account."""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from services.membership.api.fields import Token
from services.membership.flows.joining.account_opening import Confirmed
from shared.web.routing import Answer, Answers, Body, answer


class TokenBody(Body):
    """The token of the mailed link."""

    token: Annotated[Token, Field(repr=False)]


class Approved(Answer):
    """The account exists; without a token its password has already been set."""

    status: Literal["approved"] = "approved"
    password_token: Token | None = Field(default=None, exclude_if=lambda token: token is None)


class Opening(Answer):
    """The account will exist in a moment; repeat the request to check."""

    status: Literal["opening"] = "opening"
    password_token: Token


class AwaitingApproval(Answer):
    """A decision is needed first (R3, R4)."""

    status: Literal["awaiting_approval"] = "awaiting_approval"


class ConfirmedAnswer(Answer):
    """The link was used before. Using it again returns the current state."""

    state: Literal["confirmed"] = "confirmed"
    expires_at: datetime


def confirmed(what: Confirmed) -> web.Response:
    """200 if the account exists or waits for a decision, 202 while it is being opened."""
    if what.status == "awaiting_approval":
        return answer(AwaitingApproval())
    if what.status == "opening" and what.password_token:
        return answer(Opening(password_token=what.password_token), status=202)
    return answer(Approved(password_token=what.password_token))


CONFIRMED: Answers = {200: Approved | AwaitingApproval, 202: Opening}
