"""POST /sign-in, POST /session/step-up."""

from aiohttp import web

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.shapes import NextAnswer, TypedAddress, TypedPassword
from services.auth.flows.sign_in import sign_in
from shared.web.routing import Body, Call, answer


class SignInBody(Body):
    """Address and password, as typed."""

    email: TypedAddress
    password: TypedPassword


class StepUpBody(Body):
    """The password, once more."""

    password: TypedPassword


async def start(call: Call[SignInBody]) -> web.Response:
    """Sign in with address and password."""
    cookies = call.request.app[COOKIES]
    progress = await sign_in.start(
        call.request.app[CONTEXT],
        call.body.email,
        call.body.password,
        cookies.visitor(call.request),
    )
    return cookies.keep(answer(NextAnswer(next=progress.next)), progress)


async def step_up(call: Call[StepUpBody]) -> web.Response:
    """Make the sign-in fresh again."""
    cookies = call.request.app[COOKIES]
    progress = await sign_in.step_up(
        call.request.app[CONTEXT],
        call.request[SESSION],
        call.body.password,
        cookies.visitor(call.request),
    )
    return cookies.keep(answer(NextAnswer(next=progress.next)), progress)
