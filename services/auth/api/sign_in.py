"""POST /sign-in, POST /session/step-up."""

from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.flows.accounts.session import Next
from services.auth.flows.sign_in import sign_in
from shared.web.routing import Answer, Body, Call, answer

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
        description="As typed: what is no address is no account's",
    ),
]


class SignInBody(Body):
    """Address and password, as typed."""

    email: TypedAddress
    password: TypedPassword


class StepUpBody(Body):
    """The password, once more."""

    password: TypedPassword


class NextAnswer(Answer):
    """What the sign-in needs next."""

    next: Next


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
