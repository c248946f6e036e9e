"""Resolves the caller of auth by the session cookie, for the routes that need a session."""

from uuid import UUID

from aiohttp import web

from services.auth.api.cookies import Cookies
from services.auth.domain.accounts import Session
from services.auth.errors import PresenceDenied, PresenceFailed, PresenceMissed
from services.auth.flows.accounts import session
from services.auth.flows.ground.context import Context
from shared.addresses import key_of
from shared.web.access import ANY_STAGE, PRESENCE, Access, SignInRequired
from shared.web.application import Recognise, Resolve
from shared.web.caller import Anonymous, Caller, Member
from shared.web.identity import client_network
from shared.web.refusals import Facts

SESSION = web.RequestKey("session", Session)


def resolver(context: Context, cookies: Cookies) -> Resolve:
    """The function by which this process resolves the caller."""

    async def resolve(request: web.Request, access: Access) -> Caller:
        network = client_network(request)
        if not access.needs_session:
            return Anonymous(network=network)
        if access.realm != "member":
            raise SignInRequired
        # Pages poll these routes, so a request to them does not count as activity: the page that
        # waits for a presence check, and every open page, which asks whether its session has ended.
        used = access not in (PRESENCE, ANY_STAGE)
        found = await session.find(context, cookies.session(request), used=used)
        if found is None:
            raise SignInRequired
        request[SESSION] = found
        return Member(
            stage=found.stage,
            id=found.member_id,
            session_id=found.id,
            customer_id=found.customer_id,
            role=found.role,
            authenticated_at=found.authenticated_at,
            network=network,
        )

    return resolve


def recogniser(context: Context, cookies: Cookies) -> Recognise:
    """The function by which this process recognises a browser; without our cookie it looks up
    nothing."""

    async def recognise(request: web.Request, email: str) -> UUID | None:
        return await session.find_device(context, key_of(email), cookies.visitor(request))

    return recognise


def refusals(access: Access) -> Facts:
    """The problems of resolving the caller."""
    facts = (PresenceDenied, PresenceFailed, PresenceMissed)
    return facts if access.realm == "member" else ()
