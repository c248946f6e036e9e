"""PUT /password, POST /password-reset and its confirmation."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field, StringConstraints

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.sign_in import TypedAddress, TypedPassword
from services.auth.flows.accounts.session import Progress
from services.auth.flows.sign_in import password, password_reset
from shared.web.routing import Answer, Answers, Body, Call, answer, no_content

Token = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(repr=False, examples=["q8VnE5wKzL2cXbM7RtY1uHsJ4dFgA6pNoQiWxZvBkTm"]),
]


class ChangeBody(Body):
    """The current password and the new one."""

    current_password: TypedPassword
    new_password: TypedPassword


class ResetBody(Body):
    """The address whose password was forgotten."""

    email: TypedAddress


class CompleteBody(Body):
    """The token of a link, and the password to be set."""

    token: Token
    password: TypedPassword


class Accepted(Answer):
    """The request is taken; what follows is told by mail only."""

    status: Literal["accepted"] = "accepted"


class WithdrawingAnswer(Answer):
    """It is done here. Membership has not said yet that it has ended what the ended sessions had
    asked for: changes of address, invitations, moves of accounts. It will."""

    status: Literal["withdrawing"] = "withdrawing"


DONE: Answers = {202: WithdrawingAnswer, 204: None}


def done(*, settled: bool) -> web.Response:
    """204 where nothing is open, 202 while membership has not answered."""
    return no_content() if settled else answer(WithdrawingAnswer(), status=202)


async def change(call: Call[ChangeBody]) -> web.Response:
    """Change one's own password; all other sessions end."""
    cookies = call.request.app[COOKIES]
    renewed = await password.change(
        call.request.app[CONTEXT],
        call.request[SESSION],
        call.body.current_password,
        call.body.new_password,
        cookies.visitor(call.request),
    )
    progress = Progress(next="done", session_token=renewed.token)
    return cookies.keep(done(settled=renewed.settled), progress)


async def request_reset(call: Call[ResetBody]) -> web.Response:
    """Ask for a reset; the answer is the same for every address."""
    visitor = call.request.app[COOKIES].visitor(call.request)
    if not call.excess:
        await password_reset.request(
            call.request.app[CONTEXT], call.body.email, locale=call.locale, browser=visitor.browser
        )
    return answer(Accepted(), status=202)


async def complete_reset(call: Call[CompleteBody]) -> web.Response:
    """Set a password by the token of a link, the first one too."""
    cookies = call.request.app[COOKIES]
    renewed = await password_reset.complete(
        call.request.app[CONTEXT],
        call.body.token,
        call.body.password,
        cookies.visitor(call.request),
    )
    return cookies.keep_device(done(settled=renewed.settled), renewed.token)
