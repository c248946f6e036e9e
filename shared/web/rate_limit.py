"""Rate limits: by network, by address, by account, named in the route table.

They are kept in Redis, and in this process for as long as Redis is away. They slow strangers down;
the counters of wrong passwords and codes are elsewhere, in PostgreSQL, and are never switched off.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.storage import storage_from_string
from pydantic import BaseModel

from shared.addresses import Address, InvalidAddress
from shared.crypto import hmac_sha256
from shared.errors import TooManyRequests
from shared.logging import get_logger
from shared.web.caller import Caller

log = get_logger("rate_limit")

FALL_BACK_SECONDS = 5.0


class RateLimited(TooManyRequests):
    """Too many requests of this kind; `retry_after` says how long to wait."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `rate` (such as `5/hour`) for each network, member, or value of a body's field."""

    name: str
    rate: str
    by: Literal["network", "member", "email", "token"]


class RateLimiter:
    """Counts hits. What it counts by goes into its keys as a keyed hash, never in clear."""

    def __init__(self, *, service: str, url: str, key: bytes, enabled: bool) -> None:
        self._service = service
        self._key = key
        self._enabled = enabled
        self._shared = FixedWindowRateLimiter(_storage(url))
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._shared_from = 0.0
        self._items: dict[str, RateLimitItem] = {}

    async def hit(self, limit: Limit, *, caller: Caller, body: BaseModel | None) -> None:
        """Count one request.

        Raises:
            RateLimited: It is one too many.
        """
        if not self._enabled:
            return
        item = self._items.setdefault(limit.rate, parse(limit.rate))
        who = hmac_sha256(self._key, limit.by, _who(limit, caller, body)).hex()[:32]
        allowed, reset_at = await self._count(item, limit.name, who)
        if not allowed:
            raise RateLimited(retry_after=reset_at - time.time())

    async def _count(self, item: RateLimitItem, *who: str) -> tuple[bool, float]:
        if time.monotonic() >= self._shared_from:
            try:
                return await self._count_in(self._shared, item, *who)
            except Exception as error:
                self._shared_from = time.monotonic() + FALL_BACK_SECONDS
                log.warning("rate limits are kept in this process", error=repr(error))
        return await self._count_in(self._own, item, *who)

    async def _count_in(
        self, limiter: FixedWindowRateLimiter, item: RateLimitItem, *who: str
    ) -> tuple[bool, float]:
        if await limiter.hit(item, self._service, "limit", *who):
            return True, 0.0
        return False, (await limiter.get_window_stats(item, self._service, "limit", *who))[0]


def _storage(url: str) -> Storage:
    storage = storage_from_string(
        f"async+redis+{url}" if url.startswith("unix://") else f"async+{url}",
        implementation="redispy",
        key_prefix="zaiseki",
        socket_timeout=0.25,
        socket_connect_timeout=0.25,
    )
    assert isinstance(storage, Storage)
    return storage


def _who(limit: Limit, caller: Caller, body: BaseModel | None) -> str:
    if limit.by == "network":
        return network(caller.network)
    if limit.by == "member":
        return str(caller.member_id)
    value = str(_fields(body).get(limit.by, ""))
    if limit.by == "token":
        return value
    try:
        return Address.parse(value).key
    except InvalidAddress:
        return value[:320]


def _fields(body: BaseModel | None) -> Mapping[str, object]:
    return {} if body is None else {name: getattr(body, name) for name in type(body).model_fields}


def network(address: str) -> str:
    """What counts as one network: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
