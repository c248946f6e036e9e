"""The presence check: the waiting page's requests, and those of the mail's link."""

from datetime import datetime
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field, StringConstraints

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.shapes import (
    Browser,
    NextAnswer,
    PersonName,
    Token,
    TokenBody,
    done,
)
from services.auth.flows.presence import presence_answer, presence_link
from services.auth.flows.presence.presence_answer import Waiting
from services.auth.flows.presence.presence_link import PreviewState
from services.auth.flows.sign_in import sign_in
from shared.web.routing import Answer, Body, Call, NoBody, answer, no_content

Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=32),
    Field(examples=["042195"], description="Six digits, in any width, with spaces or without"),
]
Number = Annotated[int, Field(examples=[42])]


class AnswerBody(Body):
    """The mail's code; omitted once the mail's link was confirmed."""

    code: Code | None = Field(None, repr=False)


class ConfirmBody(Body):
    """The token of the mail's link, and the number that the waiting page shows."""

    token: Token
    number: Annotated[Number, Field(ge=0, le=99)]


class WaitingAnswer(Answer):
    """The contents of the waiting page."""

    state: Literal["pending", "confirmed"]
    number: Number
    sent_to: Annotated[str, Field(examples=["t***@yamato-shoji.example"])]
    expires_at: datetime | None
    resend_at: datetime


class PreviewAnswer(Answer):
    """The contents of the link's page."""

    state: PreviewState
    name: PersonName
    browser: Browser
    requested_at: datetime
    expires_at: datetime | None


class DenyAnswer(Answer):
    """The sign-in was older than the last password reset, which had ended every session.

    It was recorded, and the company is notified; no change was needed.
    """

    outcome: Literal["recorded"] = "recorded"


def _waiting(waiting: Waiting) -> WaitingAnswer:
    return WaitingAnswer(
        state=waiting.state,
        number=waiting.number,
        sent_to=waiting.sent_to,
        expires_at=waiting.expires_at,
        resend_at=waiting.resend_at,
    )


async def show(call: Call[NoBody]) -> web.Response:
    """The state of the check that holds this session."""
    waiting = await presence_answer.view(call.request.app[CONTEXT], call.request[SESSION])
    return answer(_waiting(waiting))


async def submit(call: Call[AnswerBody]) -> web.Response:
    """Answer with the code, or continue after a confirmation."""
    cookies = call.request.app[COOKIES]
    progress = await sign_in.answer_presence_check(
        call.request.app[CONTEXT],
        call.request[SESSION],
        call.body.code,
        cookies.visitor(call.request),
    )
    return cookies.keep(answer(NextAnswer(next=progress.next)), progress)


async def resend(call: Call[NoBody]) -> web.Response:
    """Send the mail again."""
    waiting = await presence_answer.resend(call.request.app[CONTEXT], call.request[SESSION])
    return answer(_waiting(waiting))


async def preview(call: Call[TokenBody]) -> web.Response:
    """The sign-in that the link belongs to."""
    seen = await presence_link.preview(call.request.app[CONTEXT], call.body.token)
    return answer(
        PreviewAnswer(
            state=seen.state,
            name=seen.name,
            browser=seen.browser,
            requested_at=seen.requested_at,
            expires_at=seen.expires_at,
        )
    )


async def confirm(call: Call[ConfirmBody]) -> web.Response:
    """「在席しています」."""
    context = call.request.app[CONTEXT]
    await presence_link.confirm(context, call.body.token, call.body.number)
    return no_content()


async def deny(call: Call[TokenBody]) -> web.Response:
    """「心当たりがありません」; 200 if there was nothing left to end."""
    denial = await presence_link.deny(call.request.app[CONTEXT], call.body.token)
    return answer(DenyAnswer()) if denial.recorded else done(settled=denial.settled)
