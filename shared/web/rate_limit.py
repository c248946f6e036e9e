"""Rate limits, as the route table names them. Each counts the requests from a network, from a
network about one mail address, of a member, or in a session.

They are stored in Redis, and in this process while Redis is down. They slow strangers down; the
counters of wrong passwords and codes are separate, in PostgreSQL, and cannot be switched off.
A stranger in another network cannot use up the limit of a member's address, because it is counted
per network. No stranger can use up that of a known browser, because it has its own counter.
"""

import time
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal
from uuid import UUID

import redis.asyncio as redis
from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from pydantic import BaseModel

from shared.addresses import key_of
from shared.crypto import hmac_sha256
from shared.errors import TooManyRequests
from shared.health import Facts
from shared.logging import get_logger
from shared.web.caller import Anonymous, Caller

log = get_logger("rate_limit")

ANSWER_SECONDS = 0.25
FALL_BACK_SECONDS = 5.0
_LONGEST_KEY = len("invalid ") + 320  # `key_of` keeps all of a text that is not an address
MOST_WINDOWS = 100_000

read_rate = cache(parse)


class RateLimited(TooManyRequests):
    """Too many requests of this kind; `retry_after` says how long to wait."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `rate` (such as `5/hour`) for each network, member or session.

    `email` counts by the body's address and the network together. Beyond a `silent` limit the
    handler is called nevertheless, with `Call.excess` set: the response must not differ.
    """

    name: str
    rate: str
    by: Literal["network", "member", "session", "email"]
    silent: bool = False

    def __post_init__(self) -> None:
        read_rate(self.rate)

    @property
    def before_body(self) -> bool:
        """Whether it does not need the body."""
        return self.by != "email"


class RateLimiter:
    """Counts requests. Its keys contain only keyed hashes of addresses and networks."""

    def __init__(self, *, service: str, url: str, key: bytes, enabled: bool) -> None:
        self._key = key
        self._enabled = enabled
        self._pool = redis.ConnectionPool.from_url(
            url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS
        )
        storage = RedisStorage(
            "async+redis://",
            connection_pool=self._pool,  # type: ignore[arg-type]  # typed for URLs
            implementation="redispy",
            key_prefix=f"{service}:limit",
        )
        self._shared = FixedWindowRateLimiter(storage)
        self._own = _Windows()
        self._shared_from = 0.0

    async def close(self) -> None:
        """Close the connection to Redis."""
        await self._pool.aclose()

    async def ask(self) -> Facts:
        """Check that Redis answers; raises its error."""
        async with redis.Redis(connection_pool=self._pool) as client:
            await client.ping()
        return {}

    async def hit(
        self, limit: Limit, *, caller: Caller, body: BaseModel | None, device: UUID | None = None
    ) -> bool:
        """Count one request; False if it is one too many for a silent limit.

        `device` is the id of a browser that is known for the account in question: it has its own
        counter.

        Raises:
            RateLimited: It is one too many.
        """
        if not self._enabled:
            return True
        item = read_rate(limit.rate)
        who = hmac_sha256(self._key, limit.by, *_who(limit, caller, body, device)).hex()[:32]
        wait = await self._count(item, limit.name, who)
        if wait is not None and not limit.silent:
            raise RateLimited(retry_after=wait)
        return wait is None

    async def _count(self, item: RateLimitItem, *who: str) -> float | None:
        """Seconds to wait, if it is one too many."""
        if time.monotonic() >= self._shared_from:
            try:
                return await self._count_shared(item, *who)
            except Exception as error:
                self._shared_from = time.monotonic() + FALL_BACK_SECONDS
                log.warning("rate limits are kept in this process", error=repr(error))
        return self._own.hit(item, *who)

    async def _count_shared(self, item: RateLimitItem, *who: str) -> float | None:
        if await self._shared.hit(item, *who):
            return None
        # The library gives the end of the window by the wall clock.
        return (await self._shared.get_window_stats(item, *who)).reset_time - time.time()


class _Windows:
    """Fixed windows in this process; their number is bounded, and the oldest are dropped."""

    def __init__(self) -> None:
        self._windows: dict[str, tuple[int, float]] = {}

    def hit(self, item: RateLimitItem, *who: str) -> float | None:
        """Count one; seconds to wait, if it is one too many."""
        key, now = item.key_for(*who), time.monotonic()
        hits, ends = self._windows.get(key, (0, 0.0))
        if ends <= now:
            hits, ends = 0, now + item.get_expiry()
            if len(self._windows) >= MOST_WINDOWS:
                del self._windows[next(iter(self._windows))]
        self._windows[key] = (hits + 1, ends)
        return ends - now if hits >= item.amount else None


def _who(
    limit: Limit, caller: Caller, body: BaseModel | None, device: UUID | None
) -> tuple[str, ...]:
    if limit.by in ("member", "session"):
        assert not isinstance(caller, Anonymous)
        return (str(caller.id if limit.by == "member" else caller.session_id),)
    if device is not None:
        return ("device", str(device))
    if limit.by == "network":
        return (network(caller.network),)
    return (network(caller.network), key_of(str(getattr(body, limit.by)))[:_LONGEST_KEY])


def network(address: str) -> str:
    """The network of a client: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed.packed, 64), strict=False))
    return str(parsed)
