"""Shapes that several handlers of auth share."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field, StringConstraints

from services.auth.domain.stages import Next
from shared.web.routing import Answer, Answers, Body, answer, no_content

TypedPassword = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000),
    Field(repr=False, examples=["correct horse battery staple"]),
]
TypedAddress = Annotated[
    str,
    StringConstraints(min_length=1, max_length=320),
    Field(
        examples=["taro.yamada@yamato-shoji.example"],
        description="As typed; an invalid address belongs to no account",
    ),
]
Token = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(repr=False, examples=["q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"]),
]
PersonName = Annotated[str, Field(examples=["山田 太郎"])]
Browser = Annotated[str, Field(examples=["Chrome (Windows)"])]


class TokenBody(Body):
    """The token of a mailed link."""

    token: Token


class NextAnswer(Answer):
    """The next step of the sign-in."""

    next: Next


class WithdrawingAnswer(Answer):
    """Done. Membership has not confirmed yet that it has withdrawn the requests of the ended
    sessions (changes of address, invitations, moves of accounts), but will do so."""

    status: Literal["withdrawing"] = "withdrawing"


DONE: Answers = {202: WithdrawingAnswer, 204: None}


def done(*, settled: bool) -> web.Response:
    """204 if no confirmation is pending, 202 while membership has not answered."""
    return no_content() if settled else answer(WithdrawingAnswer(), status=202)
