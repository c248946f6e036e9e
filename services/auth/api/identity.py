"""GET /forward, which the gateway asks before each request to another service, and the JWKS."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from services.auth.api.cookies import COOKIES
from services.auth.api.keys import CONTEXT
from services.auth.flows.sign_in import identity
from shared.web.identity import HEADER
from shared.web.routing import Answer, Call, NoBody, Query, answer


class ForwardQuery(Query):
    """The service that the identity is for, and the site of the request."""

    audience: str = ""
    realm: str = ""


class KeyAnswer(Answer):
    """A public key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Annotated[str, Field(examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"])]
    kid: Annotated[str, Field(examples=["21fe31dfa154a261"])]
    alg: Literal["Ed25519"]
    use: Literal["sig"]


class KeysAnswer(Answer):
    """The public keys that identities are signed with (RFC 7517)."""

    keys: list[KeyAnswer]


async def forward(call: Call[NoBody]) -> web.Response:
    """The caller's identity in one header; always 200, because the service decides."""
    query = call.query(ForwardQuery)
    token = await identity.sign(
        call.request.app[CONTEXT],
        call.request.app[COOKIES].session(call.request),
        audience=query.audience,
        realm=query.realm,
    )
    return web.Response(headers={HEADER: token})


async def jwks(call: Call[NoBody]) -> web.Response:
    """The public keys (RFC 7517)."""
    return answer(KeysAnswer.model_validate(call.request.app[CONTEXT].signer.public()))
