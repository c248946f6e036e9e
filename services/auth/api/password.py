"""PUT /password, POST /password-reset and its confirmation."""

from typing import Literal

from aiohttp import web

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.shapes import Token, TypedAddress, TypedPassword, done
from services.auth.domain.stages import Progress
from services.auth.flows.sign_in import password, password_reset
from shared.web.routing import Answer, Body, Call, answer


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
    """The request is accepted; the result is sent by mail only."""

    status: Literal["accepted"] = "accepted"


async def change(call: Call[ChangeBody]) -> web.Response:
    """Change the caller's password; all other sessions end."""
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
    """Request a reset; the response is the same for every address."""
    visitor = call.request.app[COOKIES].visitor(call.request)
    if not call.excess:
        await password_reset.request(
            call.request.app[CONTEXT], call.body.email, locale=call.locale, browser=visitor.browser
        )
    return answer(Accepted(), status=202)


async def complete_reset(call: Call[CompleteBody]) -> web.Response:
    """Set a password, also the first one, by the token of a link."""
    cookies = call.request.app[COOKIES]
    renewed = await password_reset.complete(
        call.request.app[CONTEXT],
        call.body.token,
        call.body.password,
        cookies.visitor(call.request),
    )
    return cookies.keep_device(done(settled=renewed.settled), renewed.token)
