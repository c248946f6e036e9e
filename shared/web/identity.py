"""Believes who the gateway says is calling: a JWT that auth signed for this service (RFC 7519).

Without the header, or without a good signature, a request is refused, never anonymous: an identity
for nobody is signed too. Public keys are fetched at first need and kept 10 minutes.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aiohttp
from aiohttp import web
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.errors import Unauthenticated, Unavailable
from shared.logging import get_logger
from shared.web.access import Access
from shared.web.caller import Caller

log = get_logger("identity")

HEADER = "Zaiseki-Identity"
KEEP_SECONDS = 600.0
FETCH_PAUSE_SECONDS = 1.0
LEEWAY_SECONDS = 5


class IdentityRequired(Unauthenticated):
    """The request did not come through the gateway, or its identity is not auth's."""


class KeysUnavailable(Unavailable):
    """Auth's public keys cannot be fetched now, so nobody can be believed."""


class PublicKeys:
    """Auth's public keys, fetched over HTTP from its JWKS (RFC 7517)."""

    def __init__(self, auth_url: str) -> None:
        """`auth_url` is `unix:/path` or `http://host:port`."""
        self._unix = auth_url.removeprefix("unix:") if auth_url.startswith("unix:") else None
        self._base = "http://auth" if self._unix else auth_url.rstrip("/")
        self._keys: KeySet | None = None
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._lock = asyncio.Lock()

    async def knowing(self, kid: str) -> KeySet:
        """The keys, fetched again if they are old or do not have this one, at most once a second.

        Raises:
            KeysUnavailable: There are none, and auth does not answer.
        """
        async with self._lock:
            if self._outdated(kid) and time.monotonic() - self._tried_at >= FETCH_PAUSE_SECONDS:
                await self._fetch()
        if self._keys is None or time.monotonic() - self._fetched_at > KEEP_SECONDS:
            raise KeysUnavailable(retry_after=2)
        return self._keys

    def _outdated(self, kid: str) -> bool:
        if self._keys is None or time.monotonic() - self._fetched_at > KEEP_SECONDS / 2:
            return True
        return all(key.kid != kid for key in self._keys.keys)

    async def _fetch(self) -> None:
        self._tried_at = time.monotonic()
        try:
            self._keys = KeySet.import_key_set(await self._get())
            self._fetched_at = time.monotonic()
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, JoseError) as error:
            log.warning("auth's public keys were not fetched", error=repr(error))

    async def _get(self) -> Any:
        connector = aiohttp.UnixConnector(self._unix) if self._unix else aiohttp.TCPConnector()
        limit = aiohttp.ClientTimeout(total=2)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limit) as session,
            session.get(f"{self._base}/.well-known/jwks.json") as response,
        ):
            response.raise_for_status()
            return await response.json()


class Identity:
    """Resolves the caller of a service that is not auth."""

    def __init__(self, *, audience: str, keys: PublicKeys, now: Callable[[], datetime]) -> None:
        self._audience = audience
        self._keys = keys
        self._now = now

    async def resolve(self, request: web.Request, _access: Access) -> Caller:
        """Who calls, by the one header that the gateway adds.

        Raises:
            IdentityRequired: The header is missing, forged, outdated or for somebody else.
            KeysUnavailable: Its signature cannot be checked now.
        """
        headers = request.headers.getall(HEADER, [])
        if len(headers) != 1:
            raise IdentityRequired
        claims = await self._claims(headers[0])
        return _caller(claims, request)

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            kid = str(jws.extract_compact(token.encode()).headers().get("kid", ""))
        except (JoseError, ValueError) as error:
            raise IdentityRequired from error
        keys = await self._keys.knowing(kid)
        try:
            claims = jwt.decode(token, keys, algorithms=["Ed25519"]).claims
            self._registry().validate(claims)
        except (JoseError, ValueError) as error:
            raise IdentityRequired from error
        return claims

    def _registry(self) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(self._now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": "auth"},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            realm={"essential": True},
        )


def _caller(claims: dict[str, Any], request: web.Request) -> Caller:
    if claims["realm"] == "anonymous":
        return Caller(network=client_network(request))
    return Caller(
        realm=claims["realm"],
        stage="active",
        member_id=UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        customer_id=UUID(claims["customer_id"]),
        role=claims["role"],
        authenticated_at=datetime.fromtimestamp(claims["auth_time"], UTC),
        network=client_network(request),
    )


def client_network(request: web.Request) -> str:
    """The address that the gateway saw; it removed what the client claimed."""
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
