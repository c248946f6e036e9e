"""The order of checks: origin, caller, access, network limit, body, address limit, handler."""

import asyncio
import json

import asyncpg
import pytest
from aiohttp import web

from shared.errors import Unauthenticated
from shared.web.access import PUBLIC
from shared.web.rate_limit import RateLimiter
from shared.web.routing import Call, NoBody, Route, no_content
from tests.web.site import MEMBER, ORIGIN, REQUEST_ID, Site, member, problem, serve

GOOD = json.dumps({"email": "sato@example.jp", "text": "hi"})
HEAD = (
    "POST /admin/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    f"Origin: {ORIGIN}\r\nX-Request-Id: {REQUEST_ID}\r\n"
)


class CallerUnknown(Unauthenticated):
    """The caller cannot be identified."""


async def test_a_request_fails_at_the_first_check_that_it_does_not_pass(
    site: Site, limiter: RateLimiter
) -> None:
    """A request that violates every check gets one problem at a time, in this order."""
    elsewhere = "https://evil.example"
    site.caller = CallerUnknown()
    assert (await site.post("/admin/notes", "{", Origin=elsewhere)).code == "cross_origin"
    assert site.asked == []

    assert (await site.post("/admin/notes", "{")).code == "caller_unknown"

    site.caller = member(role="staff")
    assert (await site.post("/admin/notes", "{")).code == "role_required"

    site.caller = member(role="admin")
    assert (await site.post("/admin/notes", "{")).code == "malformed_json"
    assert (await site.post("/admin/notes", GOOD)).status == 201
    # The network limit is checked before the body is read, so a malformed body counts too.
    assert (await site.post("/admin/notes", "{")).code == "malformed_json"
    assert (await site.post("/admin/notes", "{")).code == "rate_limited"

    site.caller = member(role="admin", network="192.0.2.2")
    assert (await site.post("/admin/notes", "{}")).code == "invalid_request"
    site.caller = member(role="admin", network="192.0.2.3")
    assert [(await site.post("/admin/notes", GOOD)).status for _ in range(2)] == [201, 201]
    refused = await site.post("/admin/notes", GOOD)
    assert refused.code == "rate_limited"
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600


async def test_above_a_silent_limit_the_handler_is_called_and_told(site: Site) -> None:
    """The caller's answer does not reveal whether the limit was reached."""
    replies = [await site.post("/whispers", GOOD) for _ in range(3)]
    assert [reply.status for reply in replies] == [202, 202, 202]
    assert [reply.body["text"] for reply in replies] == ["kept", "kept", "dropped"]


async def test_a_caller_is_refused_before_the_body_is_read(site: Site) -> None:
    """ASVS 8.2.1: the answer comes before a byte of the body has been sent."""
    site.caller = member(role="staff")
    reader, writer = await site.connect()
    writer.write(f"{HEAD}Content-Length: 200000\r\n\r\n".encode())
    async with asyncio.timeout(30):
        head = await reader.readuntil(b"\r\n\r\n")
        body = json.loads(await reader.readuntil(b"}"))
    writer.close()
    assert head.startswith(b"HTTP/1.1 403 ")
    assert body == problem(403, "role_required")


async def test_100_continue_is_not_sent_to_a_refused_caller(site: Site) -> None:
    """RFC 9110, section 10.1.1: it is sent when the body is read."""
    site.caller = member(role="staff")
    expecting = f"{HEAD}Expect: 100-continue\r\nContent-Length: {len(GOOD)}\r\n"
    refused = await site.send_raw(f"{expecting}Connection: close\r\n\r\n".encode())
    assert refused.startswith(b"HTTP/1.1 403 ")

    site.caller = member(role="admin")
    reader, writer = await site.connect()
    writer.write(f"{expecting}\r\n".encode())
    async with asyncio.timeout(30):
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(GOOD.encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 201 ")
        assert json.loads(await reader.readuntil(b"}")) == {"text": "hi"}
    writer.close()


@pytest.mark.parametrize(
    "claimed", [REQUEST_ID, "0197a000-0000-7000-8000-000000000001", "A" * 64, "a-b-c-d-e"]
)
async def test_the_gateways_request_id_is_used(site: Site, claimed: str) -> None:
    reply = await site.get("/notes/none", X_Request_Id=claimed)
    assert (reply.headers["X-Request-Id"], reply.body["request_id"]) == (claimed, claimed)


@pytest.mark.parametrize(
    "claimed", [None, "", "short", "A" * 65, 'a"b"c"d"e', "abcdefgh\tx", "あ" * 9]
)
async def test_any_other_request_id_is_replaced(site: Site, claimed: str | None) -> None:
    """ASVS 16.4.1: it is logged, so it has to be harmless."""
    first = await site.get("/notes/none", X_Request_Id=claimed)
    second = await site.get("/notes/none", X_Request_Id=claimed)
    assert len(first.headers["X-Request-Id"]) == 36
    assert first.body["request_id"] == first.headers["X-Request-Id"]
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


async def test_a_response_is_cached_only_if_its_row_says_so(site: Site) -> None:
    """RFC 9111: one for each language; a problem is never stored."""
    for path in ("/notes", "/nothing", "/broken", "/cached/none"):
        reply = await site.get(path)
        assert (reply.headers["Cache-Control"], "Vary" in reply.headers) == ("no-store", False)
    cached = await site.get(f"/cached/{MEMBER}")
    assert (cached.headers["Cache-Control"], cached.headers["Vary"]) == (
        "public, max-age=60",
        "Accept-Language",
    )


async def test_a_log_line_contains_the_route_and_no_id(
    site: Site, log_lines: list[dict[str, object]]
) -> None:
    await site.get(f"/notes/{MEMBER}?token=secret")
    assert log_lines == [
        {
            "event": "request",
            "log_level": "info",
            "method": "GET",
            "path": "/notes/{note_id}",
            "status": 200,
        }
    ]


@pytest.mark.parametrize(
    ("target", "logged"),
    [
        (b"/a%0Ab?x=1", "/…"),
        (b"/notes/a%1B%5B2Jb/c", "/notes/…/…"),
        (b"/notes/one/secret-token", "/notes/…/…"),
        (b"/admin", "/admin"),
        (b"/" + b"notes/" * 500, "/" + "notes/" * 7 + "…"),
    ],
)
async def test_log_line_of_an_unknown_path_hides_what_the_client_sent(
    site: Site, log_lines: list[dict[str, object]], target: bytes, logged: str
) -> None:
    """ASVS 16.2.5, 16.4.1: no token, no control character, no unlimited length."""
    answer = await site.send_raw(
        b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert [line["path"] for line in log_lines] == [logged]


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /notes HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
        b"GET /a\xc2\x85b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Length: 2\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 2\r\n\r\n{}",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nX:\r\n\tb\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\n X: b\r\n\r\n",
        b"GET /notes HTTP/1.1\nHost: x\n\n",
        b"GET /notes HTTP/1.1\r\nHost: x\nX: a\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nX: a\r\n\n",
    ],
)
async def test_an_ambiguous_request_is_refused(site: Site, request_head: bytes) -> None:
    """ASVS 4.2.1: the parser refuses a request that two parsers could read differently."""
    assert (await site.send_raw(request_head)).split(b" ")[1] == b"400"
    assert site.asked == []


@pytest.mark.parametrize(
    "garbage",
    [
        b"SECRET /notes HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nCookie: SECRET\0\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nUser-Agent: a\rSECRET: b\r\n\r\n",
        b"GET /notes HTTP/1.1\r\nHost: x\r\nCookie: " + b"SECRET" * 10_000 + b"\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n",
    ],
)
async def test_a_malformed_request_is_logged_without_its_contents(
    site: Site, caplog: pytest.LogCaptureFixture, garbage: bytes
) -> None:
    """ASVS 16.2.5: it may contain a cookie or a password."""
    with caplog.at_level("DEBUG"):
        assert (await site.send_raw(garbage)).split(b" ")[1] == b"400"
    told = [record for record in caplog.records if record.name == "aiohttp.server"]
    assert [record.levelname for record in told] == ["WARNING"]
    assert told[0].getMessage().startswith("what arrived is not HTTP: ")
    assert "SECRET" not in caplog.text


async def test_a_request_that_lost_a_deadlock_is_repeated(limiter: RateLimiter) -> None:
    """Its caller is judged and its limits are counted once."""
    tries: list[int] = []

    async def conflict(_call: Call[NoBody]) -> web.Response:
        tries.append(1)
        if len(tries) < 3:
            raise asyncpg.DeadlockDetectedError
        return no_content()

    routes = (Route("POST", "/conflict", conflict, PUBLIC),)
    async with serve(routes, limiter=limiter) as site:
        assert (await site.post("/conflict")).status == 204
        assert (len(tries), len(site.asked)) == (3, 1)
