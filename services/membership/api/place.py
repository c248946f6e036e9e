"""The caller for flows: the member, and the origin of the request."""

from typing import Any

from aiohttp import hdrs

from services.membership.api.keys import CONTEXT
from services.membership.domain.members.actors import CallingMember
from services.membership.domain.members.trust import Session
from services.membership.flows.ground.context import Context
from shared.place import Place
from shared.web.browser import describe
from shared.web.routing import Call


def place_of(call: Call[Any]) -> Place:
    """The origin of a request, for the audit log."""
    browser = describe(call.request.headers.get(hdrs.USER_AGENT, ""))
    return Place.of(call.caller.network, browser)


def asking(call: Call[Any]) -> tuple[Context, CallingMember]:
    """The first arguments of every action: the context, and the calling member."""
    member = call.member
    session = Session(id=member.session_id, authenticated_at=member.authenticated_at)
    caller = CallingMember(member_id=member.id, place=place_of(call), session=session)
    return call.request.app[CONTEXT], caller
