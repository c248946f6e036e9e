"""What a mailed link sends, and the answer where it opens an account."""

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
    """The account is there; without a token its password was set already."""

    status: Literal["approved"] = "approved"
    password_token: Token | None = Field(default=None, exclude_if=lambda token: token is None)


class Opening(Answer):
    """The account will be there in a moment; the same call again tells."""

    status: Literal["opening"] = "opening"
    password_token: Token


class AwaitingApproval(Answer):
    """A decision is needed first (R3, R4)."""

    status: Literal["awaiting_approval"] = "awaiting_approval"


def confirmed(what: Confirmed) -> web.Response:
    """200 where the account is there or waits for a decision, 202 where it is on its way."""
    if what.status == "awaiting_approval":
        return answer(AwaitingApproval())
    if what.status == "opening" and what.password_token:
        return answer(Opening(password_token=what.password_token), status=202)
    return answer(Approved(password_token=what.password_token))


CONFIRMED: Answers = {200: Approved | AwaitingApproval, 202: Opening}
