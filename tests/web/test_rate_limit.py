"""Limits are shared through Redis, hold without it, and their keys contain no address."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
import pytest_asyncio
import redis.asyncio as redis

from shared.web import rate_limit
from shared.web.caller import Anonymous, Caller
from shared.web.rate_limit import Limit, RateLimited, RateLimiter, network
from tests.web.conftest import KEY, Note
from tests.web.site import ANONYMOUS, member

BY_NETWORK = Limit("sign_in", "2/hour", "network")
BY_MEMBER = Limit("step_up", "2/hour", "member")
BY_SESSION = Limit("presence", "2/hour", "session")
BY_EMAIL = Limit("sign_in", "2/hour", "email")
DEVICE = UUID("0197a000-0000-7000-8000-00000000d001")
SATO = Note(email="sato@example.jp")
AWAY = "redis://127.0.0.1:1/0"


MakeLimiter = Callable[..., RateLimiter]


@pytest_asyncio.fixture
async def limiter_at() -> AsyncIterator[MakeLimiter]:
    made = []

    def make(url: str, service: str = "web", *, enabled: bool = True) -> RateLimiter:
        made.append(RateLimiter(service=service, url=url, key=KEY, enabled=enabled))
        return made[-1]

    yield make
    for limiter in made:
        await limiter.close()


@pytest_asyncio.fixture
async def client(redis_url: str) -> AsyncIterator["redis.Redis"]:
    async with redis.from_url(redis_url) as connected:
        await connected.flushdb()
        yield connected


async def passes(
    limiter: RateLimiter,
    limit: Limit,
    caller: Caller = ANONYMOUS,
    body: Note | None = None,
    device: UUID | None = None,
) -> bool:
    try:
        return await limiter.hit(limit, caller=caller, body=body, device=device)
    except RateLimited:
        return False


async def test_a_request_above_the_limit_has_to_wait(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter = limiter_at(redis_url)
    caller = Anonymous(network="192.0.2.1")
    assert [await passes(limiter, BY_NETWORK, caller) for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(RateLimited) as refusal:
        await limiter.hit(BY_NETWORK, caller=caller, body=None)
    assert refusal.value.retry_after == pytest.approx(3600, abs=5)
    assert await passes(limiter, BY_NETWORK, Anonymous(network="192.0.2.2"))


async def test_a_window_ends_after_its_time(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter, limit = limiter_at(redis_url), Limit("short", "1/second", "network")
    assert [await passes(limiter, limit), await passes(limiter, limit)] == [True, False]
    await asyncio.sleep(1.1)
    assert await passes(limiter, limit)


async def test_all_processes_of_a_service_count_together(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    one, other, elsewhere = (
        limiter_at(redis_url, service) for service in ("auth", "auth", "membership")
    )
    assert await passes(one, BY_NETWORK)
    assert await passes(other, BY_NETWORK)
    assert not await passes(one, BY_NETWORK)
    assert await passes(elsewhere, BY_NETWORK)


async def test_every_spelling_of_an_address_counts_as_one(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter = limiter_at(redis_url)
    spellings = ("Sato@Example.JP", "ｓａｔｏ@example.jp", " sato@example.jp ")
    hits = [await passes(limiter, BY_EMAIL, body=Note(email=text)) for text in spellings]
    assert hits == [True, True, False]
    assert await passes(limiter, BY_EMAIL, body=Note(email="no address"))


async def test_a_member_has_one_limit_across_networks(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter = limiter_at(redis_url)
    hits = [
        await passes(limiter, BY_MEMBER, member(network=f"192.0.2.{number}")) for number in range(3)
    ]
    assert hits == [True, True, False]


@pytest.mark.parametrize("redis_is", ["there", "away"])
async def test_strangers_cannot_exhaust_the_limit_of_an_address_or_known_browser(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str, redis_is: str
) -> None:
    """An address is counted per network, and a known browser separately."""
    limiter = limiter_at(redis_url if redis_is == "there" else AWAY)
    stranger, owner = Anonymous(network="192.0.2.1"), Anonymous(network="2001:db8:1:2::1")
    for limit in (BY_EMAIL, BY_NETWORK):
        while await passes(limiter, limit, stranger, SATO):
            pass
        assert await passes(limiter, limit, owner, SATO)
        assert await passes(limiter, limit, stranger, SATO, DEVICE), "in the stranger's network too"
    assert await passes(limiter, BY_EMAIL, Anonymous(network="2001:db8:1:2:9::"), SATO)
    assert not await passes(limiter, BY_EMAIL, owner, SATO), "a /64 is one network"


async def test_a_known_browser_has_its_own_limit(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter = limiter_at(redis_url)
    hits = [
        await passes(limiter, BY_EMAIL, Anonymous(network=f"192.0.2.{number}"), SATO, DEVICE)
        for number in range(3)
    ]
    assert hits == [True, True, False]


async def test_two_sessions_of_a_member_are_counted_separately(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    """A thief with the password has the same member id, but another session."""
    limiter = limiter_at(redis_url)
    thief, owner = member(session_id=DEVICE), member()
    assert [await passes(limiter, BY_SESSION, thief) for _ in range(3)] == [True, True, False]
    assert await passes(limiter, BY_SESSION, owner)


async def test_a_silent_limit_tells_the_handler_and_not_the_caller(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    limiter, limit = limiter_at(redis_url), Limit("reset", "1/hour", "network", silent=True)
    hits = [await limiter.hit(limit, caller=ANONYMOUS, body=None) for _ in range(2)]
    assert hits == [True, False]


async def test_no_key_contains_an_address_in_clear(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    """ASVS 16.2.5: a dump of the broker reveals no person."""
    limiter = limiter_at(redis_url, "auth")
    await limiter.hit(BY_NETWORK, caller=Anonymous(network="192.0.2.1"), body=None)
    await limiter.hit(BY_EMAIL, caller=ANONYMOUS, body=Note(email="sato@example.jp"))
    await limiter.hit(BY_NETWORK, caller=ANONYMOUS, body=None, device=DEVICE)
    keys = sorted((await client.keys()), key=bytes.decode)
    assert len(keys) == 3
    for key in keys:
        assert key.startswith(b"auth:limit:")
        assert not any(secret in key for secret in (b"192.0.2.1", b"sato", b"example", b"0197a"))
        assert 0 < await client.ttl(key) <= 3600


async def test_without_redis_the_process_counts_by_itself(
    limiter_at: MakeLimiter,
    log_lines: list[dict[str, object]],
) -> None:
    """ASVS 16.5.2: it neither accepts nor refuses all requests."""
    limiter = limiter_at(AWAY)
    assert [await passes(limiter, BY_NETWORK) for _ in range(4)] == [True, True, False, False]
    with pytest.raises(RateLimited) as refusal:
        await limiter.hit(BY_NETWORK, caller=ANONYMOUS, body=None)
    assert refusal.value.retry_after == pytest.approx(3600, abs=5)
    assert [line["event"] for line in log_lines] == ["rate limits are kept in this process"]


async def test_a_redis_that_does_not_answer_delays_only_one_request(
    limiter_at: MakeLimiter,
) -> None:
    asked = 0

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await reader.read(-1)
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    limiter = limiter_at(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    async with asyncio.timeout(30):
        assert all([await passes(limiter, BY_NETWORK) for _ in range(2)])
        assert asked == 1
        server.close()
        await limiter.close()
        await server.wait_closed()


async def test_redis_counts_again_when_it_is_back(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limiter = limiter_at(redis_url)
    counted = limiter._shared
    limiter._shared = limiter_at(AWAY)._shared
    assert await passes(limiter, BY_NETWORK)
    limiter._shared = counted
    assert await passes(limiter, BY_NETWORK)
    assert await client.keys() == []
    monkeypatch.setattr(limiter, "_shared_from", 0.0)
    assert await passes(limiter, BY_NETWORK)
    assert len(await client.keys()) == 1


async def test_the_windows_of_a_process_end_and_are_bounded(
    limiter_at: MakeLimiter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate_limit, "MOST_WINDOWS", 100)
    limiter, limit = limiter_at(AWAY), Limit("short", "1/second", "network")
    for number in range(500):
        await passes(limiter, limit, Anonymous(network=f"10.0.{number >> 8}.{number & 255}"))
    assert len(limiter._own._windows) == 100
    newest = Anonymous(network="10.0.1.243")
    assert not await passes(limiter, limit, newest), "the newest are kept"
    assert await passes(limiter, limit)
    assert not await passes(limiter, limit)
    await asyncio.sleep(1.05)
    assert await passes(limiter, limit)


async def test_with_rate_limits_off_no_request_is_counted(
    limiter_at: MakeLimiter, client: "redis.Redis", redis_url: str
) -> None:
    off = limiter_at(redis_url, enabled=False)
    assert all([await passes(off, BY_NETWORK) for _ in range(10)])
    assert await client.keys() == []


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("unix", "unknown"),
    ],
)
def test_a_network_is_an_ipv4_address_or_a_64(address: str, counted: str) -> None:
    assert network(address) == counted
