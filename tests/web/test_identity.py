"""The caller's identity is a signed header; a request without a valid one is refused."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from joserfc import jwt
from joserfc.jwk import OKPKey
from prometheus_client import REGISTRY

from services.auth.domain.accounts import Session
from services.auth.domain.identity import Signer
from shared.errors import Problem
from shared.health import Health
from shared.logging import request_id
from shared.web import identity
from shared.web.access import PUBLIC
from shared.web.caller import Anonymous, Caller, Member, Operator
from shared.web.identity import (
    HEADER,
    ClocksDiffer,
    Identity,
    IdentityRequired,
    KeysUnavailable,
    PublicKeys,
)
from tests.web.site import CUSTOMER, MEMBER, NOW

SEED, NEXT_SEED = b"1" * 32, b"2" * 32
SESSION = UUID("0197a000-0000-7000-8000-000000000003")

SIGNED_IN = Session(
    id=SESSION,
    stage="active",
    member_id=MEMBER,
    customer_id=CUSTOMER,
    customer_code="C-1",
    customer_name="株式会社",
    email="sato@example.jp",
    name="佐藤",
    role="owner",
    authenticated_at=NOW - timedelta(minutes=3),
    last_used_at=NOW,
)


@dataclass
class Auth:
    """A server of auth's public keys that counts its requests."""

    url: str = ""
    keys: Any = field(default_factory=lambda: Signer([SEED]).public())
    asked: int = 0
    for_request: str = ""
    date: str | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def jwks(self, request: web.Request) -> web.Response:
        self.asked += 1
        self.for_request = request.headers["X-Request-Id"]
        await self.gate.wait()
        if self.keys is None:
            raise web.HTTPServiceUnavailable
        headers = {} if self.date is None else {"Date": self.date}
        return web.json_response(self.keys, headers=headers)


@pytest_asyncio.fixture
async def auth() -> AsyncIterator[Auth]:
    served = Auth()
    served.gate.set()
    app = web.Application()
    app.router.add_get("/.well-known/jwks.json", served.jwks)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield served
    await runner.cleanup()


@dataclass
class Hands:
    """The process's monotonic clock, set by the test."""

    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    turned = Hands()
    monkeypatch.setattr(identity, "time", turned)
    return turned


@pytest.fixture
def known(auth: Auth, hands: Hands) -> Identity:
    return Identity(audience="membership", keys=PublicKeys(auth.url), now=lambda: NOW)


def signed(
    session: Session | None = SIGNED_IN, *, seed: bytes = SEED, age: float = 0, **other: str
) -> str:
    audience = other.get("audience", "membership")
    return Signer([seed]).sign(session, audience=audience, now=NOW - timedelta(seconds=age))


def forged(claims: dict[str, Any] | None = None, **header: Any) -> str:
    """A token with other claims, signed with auth's own key."""
    key = OKPKey.import_key({**Signer([SEED]).public()["keys"][0], "d": _b64(SEED)})
    good = {"iss": "auth", "aud": "membership", "exp": NOW.timestamp() + 60, "realm": "anonymous"}
    return jwt.encode(
        {"alg": "Ed25519", "kid": key.kid, **header},
        {**good, **(claims or {})},
        key,
        algorithms=["Ed25519"],
    )


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def resolve(known: Identity, *tokens: str, **headers: str) -> Caller:
    request = make_mocked_request("GET", "/")
    lines = [(HEADER, token) for token in tokens] + list(headers.items())
    request = make_mocked_request("GET", "/", headers=[(n.replace("_", "-"), v) for n, v in lines])
    return await known.resolve(request, PUBLIC)


async def test_a_member_is_identified_by_the_header(known: Identity) -> None:
    assert await resolve(known, signed(), X_Forwarded_For="192.0.2.7") == Member(
        id=MEMBER,
        session_id=SESSION,
        customer_id=CUSTOMER,
        role="owner",
        authenticated_at=NOW - timedelta(minutes=3),
        network="192.0.2.7",
    )


async def test_an_operator_is_identified_by_the_header(known: Identity) -> None:
    claims = {
        "realm": "operator",
        "sub": str(MEMBER),
        "sid": str(SESSION),
        "role": "manager",
        "auth_time": NOW.timestamp(),
    }
    assert await resolve(known, forged(claims)) == Operator(
        id=MEMBER, session_id=SESSION, role="manager", authenticated_at=NOW
    )


async def test_keys_are_fetched_under_the_id_of_the_request(known: Identity, auth: Auth) -> None:
    token = request_id.set("test-request-1")
    await resolve(known, signed())
    request_id.reset(token)
    assert auth.for_request == "test-request-1"


async def test_the_identity_of_an_anonymous_caller_is_signed_too(known: Identity) -> None:
    assert await resolve(known, signed(None)) == Anonymous()


@pytest.mark.parametrize(
    "tokens",
    [
        (),
        ("",),
        (signed(), signed()),
        (signed(), ""),
        (f"{signed()}, {signed()}",),
        (f"Bearer {signed()}",),
    ],
    ids=["missing", "empty", "twice", "twice, one empty", "two in one", "with a scheme"],
)
async def test_a_request_without_exactly_one_identity_is_refused(
    known: Identity, tokens: tuple[str, ...]
) -> None:
    """ASVS 8.3.1: requests past the gateway are refused, not treated as anonymous."""
    with pytest.raises(IdentityRequired):
        await resolve(known, *tokens)


def _with_header(header: object) -> str:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    _, payload, signature = signed().split(".")
    return f"{_b64(raw)}.{payload}.{signature}"


KID = Signer([SEED]).public()["keys"][0]["kid"]
PARTS = signed().split(".")

SIGNED = {
    "sub": str(MEMBER),
    "sid": str(SESSION),
    "customer_id": str(CUSTOMER),
    "role": "owner",
    "auth_time": NOW.timestamp(),
}
FORGERIES = {
    "another key": signed(seed=NEXT_SEED),
    "another key under a known name": forged(kid=KID)[:-6] + "AAAAAA",
    "no signature": f"{PARTS[0]}.{PARTS[1]}.",
    "another payload": f"{PARTS[0]}.{_b64(b'{}')}.{PARTS[2]}",
    "two parts": f"{PARTS[0]}.{PARTS[1]}",
    "four parts": f"{signed()}.x",
    "alg none": _with_header({"alg": "none", "kid": KID}),
    "alg HS256": _with_header({"alg": "HS256", "kid": KID}),
    "alg ES256": _with_header({"alg": "ES256", "kid": KID}),
    "alg of a list": _with_header({"alg": ["Ed25519"], "kid": KID}),
    "no kid": _with_header({"alg": "Ed25519"}),
    "kid null": _with_header({"alg": "Ed25519", "kid": None}),
    "kid of a list": _with_header({"alg": "Ed25519", "kid": [KID]}),
    "a key of its own": _with_header({"alg": "Ed25519", "jwk": {"kty": "OKP"}}),
    "critical": _with_header({"alg": "Ed25519", "kid": KID, "crit": ["b64"], "b64": False}),
    "encrypted": _with_header({"alg": "RSA-OAEP", "enc": "A128GCM", "kid": KID}),
    "a header that is a list": _with_header(["alg", "kid"]),
    "a header that is a text": _with_header("alg"),
    "a header that is null": _with_header(None),
    "a deep header": _with_header(b"[" * 4000),
    "a header that is no text": _with_header(b"\xff\xfe"),
    "not ASCII": f"{PARTS[0]}.{PARTS[1]}.é",
    "another audience": signed(audience="notifier"),
    "audiences": forged({"aud": ["notifier"]}),
    "another issuer": forged({"iss": "membership"}),
    "no issuer": forged({"iss": None}),
    "no audience": forged({"aud": None}),
    "no end": forged({"exp": None}),
    "no realm": forged({"realm": None}),
    "a member without an id": forged({"realm": "member"}),
    "another realm": forged(SIGNED | {"realm": "integration"}),
    "a member with an operator's role": forged(SIGNED | {"realm": "member", "role": "manager"}),
    "an operator with a member's role": forged(SIGNED | {"realm": "operator", "role": "owner"}),
    "an id that is none": forged({"realm": "member", "sub": "1", "sid": "2", "customer_id": "3"}),
}


@pytest.mark.parametrize("token", FORGERIES.values(), ids=FORGERIES.keys())
async def test_a_forged_identity_is_refused_and_not_treated_as_anonymous(
    known: Identity, token: str
) -> None:
    with pytest.raises(IdentityRequired):
        await resolve(known, token)


async def test_the_unforged_identity_is_accepted(known: Identity) -> None:
    """So the forgeries above are refused for what they forge."""
    assert await resolve(known, forged()) == Anonymous()


@pytest.mark.parametrize("age", [-60, -6, 6, 60, 66, 120])
async def test_with_clocks_up_to_a_minute_apart_identities_are_accepted(
    known: Identity, age: int
) -> None:
    assert isinstance(await resolve(known, signed(age=age)), Member)
    assert await resolve(known, signed(None, age=age)) == Anonymous()


@pytest.mark.parametrize("age", [-7200, -61, 121, 7200])
@pytest.mark.parametrize("session", [SIGNED_IN, None], ids=["member", "anonymous"])
async def test_with_clocks_further_apart_the_answer_is_503_and_not_401(
    known: Identity, session: Session | None, age: int
) -> None:
    with pytest.raises(ClocksDiffer) as refusal:
        await resolve(known, signed(session, age=age))
    assert (refusal.value.status, refusal.value.retry_after) == (503, 5)


async def test_an_identity_valid_from_the_next_minute_on_is_accepted(known: Identity) -> None:
    assert await resolve(known, forged({"nbf": NOW.timestamp() + 59})) == Anonymous()
    with pytest.raises(ClocksDiffer):
        await resolve(known, forged({"nbf": NOW.timestamp() + 61}))


@pytest.mark.parametrize(
    ("ahead", "status"), [(0, "pass"), (-30, "warn"), (30, "warn"), (-90, "fail"), (90, "fail")]
)
async def test_r23_health_reports_by_how_many_seconds_the_clocks_differ(
    auth: Auth, hands: Hands, ahead: int, status: str
) -> None:
    auth.date = format_datetime(datetime.now(UTC) - timedelta(seconds=ahead), usegmt=True)
    check = PublicKeys(auth.url).clock_check
    report = await Health("membership", ready=(check,)).ready()
    found = report.checks["clock"]
    assert (found.status, report.status) == (status, status)
    assert found.facts["skew_seconds"] == pytest.approx(ahead, abs=1.5)
    measured = REGISTRY.get_sample_value("zaiseki_clock_skew_seconds")
    assert measured == found.facts["skew_seconds"]


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2026 99:99:99 GMT"])
async def test_r23_an_invalid_date_gives_no_measurement(
    auth: Auth, hands: Hands, date: str
) -> None:
    auth.date = date
    report = await Health("membership", ready=(PublicKeys(auth.url).clock_check,)).ready()
    assert (report.status, report.checks["clock"].facts) == ("pass", {})


async def test_concurrent_requests_fetch_the_keys_once(known: Identity, auth: Auth) -> None:
    auth.gate.clear()
    waiting = [asyncio.create_task(resolve(known, signed())) for _ in range(20)]
    async with asyncio.timeout(30):
        while not auth.asked:
            await asyncio.sleep(0.01)
    waiting.pop().cancel()
    auth.gate.set()
    callers = await asyncio.gather(*waiting)
    assert {caller.id for caller in callers if isinstance(caller, Member)} == {MEMBER}
    assert auth.asked == 1


async def test_an_unknown_kid_is_looked_up_at_most_once_a_second(
    known: Identity, auth: Auth, hands: Hands
) -> None:
    await resolve(known, signed())
    for _ in range(50):
        with pytest.raises(IdentityRequired):
            await resolve(known, signed(seed=NEXT_SEED))
    assert auth.asked == 1

    auth.keys = Signer([NEXT_SEED, SEED]).public()
    hands.seconds += 1
    assert isinstance(await resolve(known, signed(seed=NEXT_SEED)), Member)
    assert isinstance(await resolve(known, signed()), Member)
    assert auth.asked == 2


@pytest.mark.parametrize(
    "keys", [None, {}, [], {"keys": "none"}, {"keys": [{"kty": "OKP"}]}, "nonsense"]
)
async def test_without_keys_the_answer_is_503_and_not_401(
    known: Identity, auth: Auth, hands: Hands, keys: Any
) -> None:
    auth.keys = keys
    with pytest.raises(KeysUnavailable) as refusal:
        await resolve(known, signed())
    assert (refusal.value.status, refusal.value.retry_after) == (503, 2)

    auth.keys = Signer([SEED]).public()
    hands.seconds += 1
    assert isinstance(await resolve(known, signed()), Member)


async def test_an_auth_that_does_not_listen_means_503(hands: Hands) -> None:
    away = Identity(
        audience="membership", keys=PublicKeys("unix:/nowhere/auth.sock"), now=lambda: NOW
    )
    with pytest.raises(KeysUnavailable):
        await resolve(away, signed())


async def test_an_unknown_key_while_auth_is_away_means_503(
    known: Identity, auth: Auth, hands: Hands
) -> None:
    await resolve(known, signed())
    auth.keys = None
    hands.seconds += 1
    with pytest.raises(KeysUnavailable):
        await resolve(known, signed(seed=NEXT_SEED))
    assert isinstance(await resolve(known, signed()), Member)


async def test_keys_are_kept_ten_minutes_after_the_last_good_fetch(
    known: Identity, auth: Auth, hands: Hands
) -> None:
    await resolve(known, signed())
    auth.keys = None
    for _ in range(10):
        hands.seconds += 60
        assert isinstance(await resolve(known, signed()), Member)
        await asyncio.sleep(0.02)
    hands.seconds += 1
    with pytest.raises(KeysUnavailable):
        await resolve(known, signed())


async def test_a_slow_auth_delays_no_request_whose_key_is_known(auth: Auth, hands: Hands) -> None:
    """After half of their lifetime the keys are fetched in the background."""
    keys = PublicKeys(auth.url)
    known = Identity(audience="membership", keys=keys, now=lambda: NOW)
    await resolve(known, signed())
    auth.gate.clear()
    hands.seconds += 301
    async with asyncio.timeout(30):
        for _ in range(10):
            await resolve(known, signed())
        while auth.asked < 2:
            await asyncio.sleep(0.01)
        auth.gate.set()
        assert (await Health("membership", ready=(keys.check,)).ready()).status == "pass"
    hands.seconds += 500
    auth.keys = None
    assert isinstance(await resolve(known, signed()), Member)


@pytest.mark.parametrize(
    ("lines", "network"),
    [
        ([], ""),
        (["192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
        (["203.0.113.9", "192.0.2.1"], "192.0.2.1"),
        (["2001:DB8::1"], "2001:db8::1"),
        (["192.0.2.1,"], ""),
        (["192.0.2.1:443"], ""),
        (["'; drop table sessions"], ""),
    ],
)
def test_the_network_is_the_last_one_that_the_gateway_added(lines: list[str], network: str) -> None:
    """ASVS 4.1.3: an address or empty, never another text of the client."""
    request = make_mocked_request("GET", "/", headers=[("X-Forwarded-For", v) for v in lines])
    assert identity.client_network(request) == network


def test_both_refusals_are_problems() -> None:
    assert (IdentityRequired.code, KeysUnavailable.code) == (
        "identity_required",
        "keys_unavailable",
    )
    assert issubclass(IdentityRequired, Problem)
