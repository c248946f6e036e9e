"""Verifies the caller's identity in the gateway's header: a JWT signed by auth (RFC 7519).

A request without the header or a valid signature is rejected and never treated as anonymous: the
identity of an anonymous caller is signed too. Public keys are cached for 10 minutes.

The gateway adds a new identity to each request, which is valid for 60 seconds. If a validly signed
one expired more than 60 seconds ago, or begins more than 60 seconds from now, the clocks of two
hosts differ too much.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, get_args
from uuid import UUID

import aiohttp
from aiohttp import hdrs, web
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.contracts.base import Role
from shared.errors import Problem, Unauthenticated, Unavailable
from shared.health import Check, Facts, Unwell
from shared.logging import get_logger, request_id
from shared.metrics import CLOCK_SKEW
from shared.web.access import Access
from shared.web.caller import Anonymous, Caller, Member, Operator, OperatorRole

log = get_logger("identity")

HEADER = "Zaiseki-Identity"
KEEP_SECONDS = 600.0
FETCH_PAUSE_SECONDS = 1.0
LEEWAY_SECONDS = 60
MEASURE_SECONDS = 30.0
WARN_SECONDS = 5.0

_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""The errors of joserfc and our code for JSON that is not a key or a token."""

_ROLES: Mapping[str, Role] = {role: role for role in get_args(Role)}
_OPERATOR_ROLES: Mapping[str, OperatorRole] = {role: role for role in get_args(OperatorRole)}

FETCH_FAILURES = (aiohttp.ClientError, OSError, JoseError, *_UNREADABLE)
"""The possible errors of fetching auth's keys."""


class IdentityRequired(Unauthenticated):
    """The request did not come through the gateway, or its identity is not auth's."""


class KeysUnavailable(Unavailable):
    """Auth's public keys cannot be fetched now, so no identity can be verified."""


class ClocksDiffer(Unavailable):
    """The identity is auth's, but not of this time: the clocks of two hosts differ too much."""


def refusals(_access: Access) -> tuple[type[Problem], ...]:
    """Return the problems that `Identity` may raise on every route."""
    return (IdentityRequired, KeysUnavailable, ClocksDiffer)


class PublicKeys:
    """Fetches auth's public keys over HTTP from its JWKS (RFC 7517), and caches them."""

    def __init__(self, auth_url: str) -> None:
        """`auth_url` is `unix:/path` or `http://host:port`."""
        self._unix = auth_url.removeprefix("unix:") if auth_url.startswith("unix:") else None
        self._base = "http://auth" if self._unix else auth_url.rstrip("/")
        self._keys = KeySet([])
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._skew: float | None = None

    async def knowing(self, kid: str) -> KeySet:
        """Return the keys. They are fetched, at most once a second, if they are old or lack `kid`.

        After half of the cache time they are refreshed in the background.

        Raises:
            KeysUnavailable: The keys are missing or old, and auth does not answer.
        """
        if self._age() > KEEP_SECONDS or not self._has(kid):
            await asyncio.shield(self._fetch())  # other requests may wait for it too
        elif self._age() > KEEP_SECONDS / 2:
            self._fetch()
        failed = self._fetched_at < self._tried_at
        if self._age() > KEEP_SECONDS or (failed and not self._has(kid)):
            raise KeysUnavailable(retry_after=2)
        return self._keys

    @property
    def check(self) -> Check:
        """Return the health check of whether identities can be verified now."""
        return Check("auth", self._ask, required=False)

    @property
    def clock_check(self) -> Check:
        """Return the health check of the clocks.

        It reports the seconds that this host's clock is ahead of auth's, negative if it is behind.
        They are measured by the header Date of auth's responses, at most every 30 seconds.
        """
        return Check("clock", self._ask_clock)

    async def _ask_clock(self) -> Facts:
        if self._age() > MEASURE_SECONDS:
            await asyncio.shield(self._fetch())
        if self._skew is None:
            return {}
        facts = {"skew_seconds": self._skew}
        if abs(self._skew) > WARN_SECONDS:
            raise Unwell("fail" if abs(self._skew) > LEEWAY_SECONDS else "warn", facts)
        return facts

    def _measure(self, date: str | None, began: datetime) -> None:
        """Compare the header Date with the middle of the round trip. Half a second corrects the
        header, which has whole seconds."""
        try:
            told = parsedate_to_datetime(date or "")
        except ValueError:
            return
        middle = began + (datetime.now(UTC) - began) / 2
        self._skew = round((middle - told.astimezone(UTC)).total_seconds() - 0.5)
        CLOCK_SKEW.set(self._skew)

    async def _ask(self) -> Facts:
        if self._age() > KEEP_SECONDS / 2:
            await asyncio.shield(self._fetch())
        if self._age() > KEEP_SECONDS:
            raise KeysUnavailable
        return {}

    def _age(self) -> float:
        return time.monotonic() - self._fetched_at

    def _has(self, kid: str) -> bool:
        return any(key.kid == kid for key in self._keys.keys)

    def _fetch(self) -> "asyncio.Task[None]":
        """Return the fetch that is running or began within the last second, otherwise start one."""
        rested = time.monotonic() - self._tried_at >= FETCH_PAUSE_SECONDS
        if self._fetching is None or (self._fetching.done() and rested):
            self._tried_at = time.monotonic()
            self._fetching = asyncio.create_task(self._read())
        return self._fetching

    async def _read(self) -> None:
        try:
            self._keys = await self.fetch()
            self._fetched_at = time.monotonic()
        except FETCH_FAILURES as error:
            log.warning("auth's public keys were not fetched", error=repr(error))

    async def fetch(self) -> KeySet:
        """Fetch auth's keys, without the cache.

        Raises:
            *FETCH_FAILURES: Auth does not answer, or its answer is not a set of keys.
        """
        return KeySet.import_key_set(await self._get())

    async def _get(self) -> Any:
        connector = aiohttp.UnixConnector(self._unix) if self._unix else aiohttp.TCPConnector()
        limit = aiohttp.ClientTimeout(total=2)
        asking = {"X-Request-Id": request_id.get()}  # of the first request that needs a key
        began = datetime.now(UTC)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limit, headers=asking) as session,
            session.get(f"{self._base}/.well-known/jwks.json", allow_redirects=False) as response,
        ):
            response.raise_for_status()
            self._measure(response.headers.get(hdrs.DATE), began)
            return await response.json()


class Identity:
    """Resolves the caller in services other than auth."""

    def __init__(self, *, audience: str, keys: PublicKeys, now: Callable[[], datetime]) -> None:
        self._audience = audience
        self._keys = keys
        self._now = now

    async def resolve(self, request: web.Request, _access: Access) -> Caller:
        """Return the caller, from the header that the gateway adds.

        Raises:
            IdentityRequired: The header is missing, forged or for another service.
            KeysUnavailable: The signature cannot be checked now.
            ClocksDiffer: The identity is validly signed, but it expired more than 60 seconds ago,
                or begins more than 60 seconds from now.
        """
        headers = request.headers.getall(HEADER, [])
        if len(headers) != 1:
            raise IdentityRequired
        try:
            kid = str(jws.extract_compact(headers[0].encode()).headers().get("kid"))
            keys = await self._keys.knowing(kid)
            claims = jwt.decode(headers[0], keys, algorithms=["Ed25519"]).claims
            self._require_time(claims)
            self._registry().validate(claims)
            return _caller(claims, client_network(request))
        except (JoseError, *_UNREADABLE) as error:
            raise IdentityRequired from error

    def _require_time(self, claims: Mapping[str, Any]) -> None:
        now = self._now().timestamp()
        times = {name: claims.get(name) for name in ("exp", "iat", "nbf")}
        ahead = {name: at - now for name, at in times.items() if isinstance(at, int | float)}
        too_late = ahead.pop("exp", 0) < -LEEWAY_SECONDS
        if too_late or any(seconds > LEEWAY_SECONDS for seconds in ahead.values()):
            log.error("an identity is not of this time", **times, now=now)
            raise ClocksDiffer(retry_after=5)

    def _registry(self) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(self._now().timestamp()),
            leeway=LEEWAY_SECONDS + 1,  # `_require_time` has checked the times exactly
            iss={"essential": True, "value": "auth"},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            realm={"essential": True},
        )


def _caller(claims: dict[str, Any], network: str) -> Caller:
    if claims["realm"] == "anonymous":
        return Anonymous(network=network)
    id, session_id = UUID(claims["sub"]), UUID(claims["sid"])
    authenticated_at = datetime.fromtimestamp(claims["auth_time"], UTC)
    if claims["realm"] == "operator":
        return Operator(
            id=id,
            session_id=session_id,
            role=_OPERATOR_ROLES[claims["role"]],
            authenticated_at=authenticated_at,
            network=network,
        )
    if claims["realm"] != "member":
        raise ValueError(f"there is no realm {claims['realm']}")
    return Member(
        id=id,
        session_id=session_id,
        customer_id=UUID(claims["customer_id"]),
        role=_ROLES[claims["role"]],
        authenticated_at=authenticated_at,
        network=network,
    )


def client_network(request: web.Request) -> str:
    """Return the client's address as the gateway reports it, or an empty text if it is invalid.

    The gateway removes addresses that a client claims.
    """
    claimed = request.headers.getall("X-Forwarded-For", [""])[-1].rpartition(",")[2].strip()
    try:
        return str(ip_address(claimed))
    except ValueError:
        return ""
