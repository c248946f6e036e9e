"""GET /forward, which the gateway asks before each request to another service, and the JWKS."""

from aiohttp import web

from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.flows import identity
from shared.web.identity import HEADER
from shared.web.routing import Call, NoBody


async def forward(call: Call[NoBody]) -> web.Response:
    """Who is calling, in one header; always 200, because the service decides."""
    query = call.request.query
    token = await identity.sign(
        call.request.app[CONTEXT],
        call.request.app[COOKIES].session(call.request),
        audience=query.get("audience", ""),
        realm=query.get("realm", ""),
    )
    return web.Response(headers={HEADER: token})


async def jwks(call: Call[NoBody]) -> web.Response:
    """The public keys (RFC 7517)."""
    return web.json_response(call.request.app[CONTEXT].signer.public())
