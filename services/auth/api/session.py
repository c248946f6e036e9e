"""GET and DELETE /session, and the list of one's own sessions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from pydantic import Field

from services.auth.api.caller import SESSION
from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.api.shapes import Browser
from services.auth.domain.accounts import Session
from services.auth.domain.stages import HELD, Held
from services.auth.errors import SessionNotFound
from services.auth.flows.accounts import session
from shared.contracts.base import Role
from shared.web.routing import Answer, Call, NoBody, answer, no_content


class CustomerAnswer(Answer):
    """The customer that the member belongs to."""

    id: UUID
    code: Annotated[str, Field(examples=["A-1001"])]
    name: Annotated[str, Field(examples=["株式会社ヤマト商事"])]


class HeldSessionAnswer(Answer):
    """A session that is not active yet, with the stage that it waits for."""

    id: UUID
    next: Held


class SessionAnswer(Answer):
    """Who is signed in."""

    id: UUID
    next: Literal["done"] = "done"
    member_id: UUID
    email: Annotated[str, Field(examples=["taro.yamada@yamato-shoji.example"])]
    name: Annotated[str, Field(examples=["山田 太郎"])]
    role: Role
    customer: CustomerAnswer
    authenticated_at: datetime


class SessionItem(Answer):
    """One of the caller's sessions."""

    id: UUID
    browser: Browser
    created_at: datetime
    last_used_at: datetime
    current: bool


class SessionsAnswer(Answer):
    """The caller's sessions, latest use first."""

    items: list[SessionItem]


async def show(call: Call[NoBody]) -> web.Response:
    """Who is signed in here. Asking does not keep the session alive."""
    found = call.request[SESSION]
    if found.stage != "active":
        return answer(HeldSessionAnswer(id=found.id, next=HELD[found.stage]))
    return answer(_whole(found))


def _whole(session: Session) -> SessionAnswer:
    customer = CustomerAnswer(
        id=session.customer_id, code=session.customer_code, name=session.customer_name
    )
    return SessionAnswer(
        id=session.id,
        member_id=session.member_id,
        email=session.email,
        name=session.name,
        role=session.role,
        customer=customer,
        authenticated_at=session.authenticated_at,
    )


async def sign_out(call: Call[NoBody]) -> web.Response:
    """Sign out, at any stage of the session."""
    cookies = call.request.app[COOKIES]
    token = cookies.session(call.request)
    assert token is not None
    await session.sign_out(call.request.app[CONTEXT], token)
    return cookies.forget_session(no_content())


async def list_own(call: Call[NoBody]) -> web.Response:
    """The caller's sessions."""
    devices = await session.list_own(call.request.app[CONTEXT], call.member.id)
    items = [
        SessionItem(
            id=device.id,
            browser=device.browser,
            created_at=device.created_at,
            last_used_at=device.last_used_at,
            current=device.id == call.member.session_id,
        )
        for device in devices
    ]
    return answer(SessionsAnswer(items=items))


async def end_own(call: Call[NoBody]) -> web.Response:
    """End one of the caller's sessions."""
    session_id = call.path_id("session_id", missing=SessionNotFound)
    visitor = call.request.app[COOKIES].visitor(call.request)
    await session.end_own(call.request.app[CONTEXT], call.member.id, session_id, visitor)
    return no_content()


async def end_others(call: Call[NoBody]) -> web.Response:
    """End all of the caller's sessions except this one."""
    member = call.member
    await session.end_others(call.request.app[CONTEXT], member.id, member.session_id)
    return no_content()
