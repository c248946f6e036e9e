"""PUT /password, POST /password-reset, its preview and its confirmation."""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.shapes import (
    PersonName,
    Token,
    TokenBody,
    TypedAddress,
    TypedPassword,
    done,
)
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


class ResetAnswer(Answer):
    """The account whose password the link sets.

    `first`: the account has never had a password. `email`: the user name for password managers.
    `min_length`: in characters.
    """

    name: PersonName
    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]
    first: bool
    min_length: Annotated[int, Field(examples=[15])]
    expires_at: datetime


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


async def preview_reset(call: Call[TokenBody]) -> web.Response:
    """Show whose password a mailed link sets, without changing anything."""
    context = call.request.app[CONTEXT]
    seen = await password_reset.preview(context, call.body.token)
    shown = ResetAnswer(
        name=seen.account.name_for(call.locale),
        email=seen.account.email,
        first=seen.account.password_set_at is None,
        min_length=context.settings.password_min_length,
        expires_at=seen.expires_at,
    )
    return answer(shown)


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
