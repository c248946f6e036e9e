"""A body has to be JSON in UTF-8 of a known shape, complete and in time."""

import asyncio
import gzip
import json
import re
from typing import Any

import pytest

from shared.web import body
from shared.web.body import MOST_VALUES
from tests.web.site import ORIGIN, REQUEST_ID, Site, fault, problem

GOOD = '{"email": "sato@example.jp", "text": "hi"}'
RAW = f"POST /notes HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\nX-Request-Id: {REQUEST_ID}\r\n"
HEAD = f"{RAW}Content-Type: application/json\r\n"

MALFORMED = problem(400, "malformed_json")


def invalid(*errors: Any) -> Any:
    return problem(
        422,
        "invalid_request",
        errors=[fault(*error) for error in errors],
    )


async def test_a_valid_body_reaches_the_handler(site: Site) -> None:
    reply = await site.post("/notes", GOOD)
    assert (reply.status, reply.body) == (201, {"text": "hi"})
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"1",
        GOOD.encode() + b" {}",
        b'{"email": NaN}',
        b'{"email": Infinity}',
        b'{"email": -Infinity}',
        b'{"email": 1e}',
        b'{"email": ' + b"9" * 5000 + b"}",
        b'{"email": "a", "email": "b"}',
        b'{"email": "a", "lines": [{"text": "a", "text": "b"}]}',
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
        b'{"email": "\xff"}',
        b'{"email": "\xed\xa0\x80"}',
        b'{"email": "a\nb"}',
        rb'{"email": "a\ud800"}',
        rb'{"email": "a", "\ud800": 1}',
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-32-be"),
        b"email=sato@example.jp",
    ],
    ids=lambda data: repr(data[:30]),
)
async def test_a_body_that_is_no_json_object_is_400(site: Site, data: bytes) -> None:
    reply = await site.post("/notes", data, Content_Type="application/json; charset=shift_jis")
    assert (reply.status, reply.body) == (400, MALFORMED)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ("{}", [("email", "missing")]),
        ('{"email": 5}', [("email", "not_text")]),
        ('{"email": "a", "role": "owner"}', [("role", "unknown_field")]),
        (
            '{"email": "a", "lines": [{"text": "b", "id": 1}, {}]}',
            [("lines.0.id", "unknown_field"), ("lines.1.text", "missing")],
        ),
        (
            '{"email": "a", "lines": [{"text": "b", "count": 1e999}]}',
            [("lines.0.count", "not_a_number")],
        ),
        (
            '{"email": "a", "lines": [{"text": "b", "count": "5"}]}',
            [("lines.0.count", "not_a_number")],
        ),
        (
            '{"email": "a", "lines": [{"text": "b", "count": 2.5}]}',
            [("lines.0.count", "not_a_number")],
        ),
        (
            '{"email": "a", "lines": [{"text": "b", "count": 1e16}]}',
            [("lines.0.count", "not_a_number")],
        ),
        (
            '{"email": "a", "lines": [{"text": "b", "count": true}]}',
            [("lines.0.count", "not_a_number")],
        ),
        ('{"email": "a", "text": "12345678901"}', [("text", "too_long", 10)]),
        (json.dumps({"email": "あ" * 1001}), [("email", "too_long", 1000)]),
        (r'{"email": "a\u0000b"}', [("", "nul_character")]),
        (r'{"email": "a", "lines": [{"text": "\\\u0000"}]}', [("", "nul_character")]),
        ('{"email": "a", "%s": 1}' % ("k" * 1000), [("k" * 100, "unknown_field")]),
    ],
)
async def test_a_body_of_another_shape_is_422(site: Site, data: str, errors: list[Any]) -> None:
    """ASVS 15.3.3: unknown fields are refused, and values that PostgreSQL could not store."""
    reply = await site.post("/notes", data)
    assert (reply.status, reply.body) == (422, invalid(*errors))


@pytest.mark.parametrize("number", ["2", "2.0", "0.2e1", "20e-1"])
async def test_every_spelling_of_an_integer_is_accepted(site: Site, number: str) -> None:
    """RFC 8259, section 6."""
    lines = f'[{{"text": "a", "count": {number}}}]'
    assert (await site.post("/notes", f'{{"email": "a", "lines": {lines}}}')).status == 201


async def test_an_escaped_backslash_before_u0000_is_text(site: Site) -> None:
    reply = await site.post("/notes", r'{"email": "a", "text": "\\u0000"}')
    assert (reply.status, reply.body) == (201, {"text": r"\u0000"})


async def test_a_flood_of_unknown_fields_gets_a_short_answer(site: Site) -> None:
    fields = {f"f{number}": 1 for number in range(MOST_VALUES - 2)}
    reply = await site.post("/notes", json.dumps({"email": "a", **fields}))
    assert (reply.status, len(reply.body["errors"])) == (422, 20)


@pytest.mark.parametrize(
    "flood",
    [
        json.dumps({f"f{number}": 1 for number in range(MOST_VALUES)}),
        json.dumps({"lines": [{}] * MOST_VALUES}),
        json.dumps({"lines": [1.5] * MOST_VALUES}),
    ],
)
async def test_a_body_of_very_many_values_is_not_parsed_completely(site: Site, flood: str) -> None:
    reply = await site.post("/notes", flood)
    assert (reply.status, reply.code) == (400, "malformed_json")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": None},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "application/jsonp"},
        {"Content_Encoding": "gzip"},
        {"Content_Encoding": "identity"},
    ],
)
async def test_only_plain_json_is_accepted(site: Site, headers: dict[str, str | None]) -> None:
    """ASVS 3.5.1: no content type that a form of another site could send."""
    reply = await site.post("/notes", GOOD, **headers)
    assert (reply.status, reply.body) == (
        415,
        problem(415, "unsupported_media_type"),
    )


async def test_a_compressed_bomb_is_not_unpacked(site: Site) -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    reply = await site.post("/notes", bomb, Content_Encoding="gzip")
    assert reply.status == 415


async def test_a_body_that_is_too_large_is_413(site: Site) -> None:
    reply = await site.post("/notes", b" " * (256 * 1024 + 1))
    assert (reply.status, reply.body) == (
        413,
        problem(413, "content_too_large"),
    )


async def test_a_body_with_a_too_large_content_length_is_not_read(site: Site) -> None:
    reader, writer = await site.connect()
    writer.write(f"{HEAD}Content-Length: 262145\r\n\r\n".encode())
    async with asyncio.timeout(30):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 413 ")
    writer.close()


async def test_the_limit_holds_for_chunked_bodies_too(site: Site) -> None:
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    answer = await site.send_raw(
        f"{HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode()
        + 5 * chunk
        + b"0\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_broken_chunk_is_400(site: Site) -> None:
    answer = await site.send_raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n".encode())
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))


async def test_a_route_without_a_body_accepts_no_body_or_an_empty_object(site: Site) -> None:
    assert (await site.send("DELETE", "/notes")).status == 204
    assert (await site.send("DELETE", "/notes", "{}")).status == 204
    assert (await site.send("DELETE", "/notes", '{"all": true}')).code == "invalid_request"
    assert (await site.send("DELETE", "/notes", "x", Content_Type="text/plain")).status == 415


async def test_a_body_that_comes_too_slowly_is_408_and_ends_the_connection(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 13.1.3: the service enforces it, because the gateway does not reliably do so."""
    monkeypatch.setattr(body, "BODY_SECONDS", 0.3)
    reader, writer = await site.connect()
    writer.write(f"{HEAD}Content-Length: 1000\r\n\r\n".encode())
    dripping = asyncio.create_task(_drip(writer))
    async with asyncio.timeout(30):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        rest = await reader.read()
    dripping.cancel()
    writer.close()
    assert head.startswith("HTTP/1.1 408 Request Timeout\r\n")
    assert "Connection: close\r\n" in head
    assert json.loads(rest) == problem(408, "request_timeout")


async def _drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b" ")
        await asyncio.sleep(0.05)


async def test_a_client_that_disconnects_is_not_logged_as_an_error(
    site: Site, log_lines: list[dict[str, object]]
) -> None:
    """It is gone while its body is read."""
    reader, writer = await site.connect()
    writer.write(f"{HEAD}Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n{{".encode())
    async with asyncio.timeout(30):
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.transport.abort()
        while not log_lines:
            await asyncio.sleep(0.01)
    assert [line["log_level"] for line in log_lines] == ["info"]


async def test_the_next_request_on_the_connection_is_served_after_a_refusal(site: Site) -> None:
    """No rest of a refused body is taken for a request."""
    reader, writer = await site.connect()
    smuggled = b"GET /broken HTTP/1.1\r\nHost: x\r\n\r\n"
    writer.write(
        f"{RAW}Content-Type: text/plain\r\nContent-Length: {len(smuggled)}\r\n\r\n".encode()
        + smuggled
        + b"GET /notes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    async with asyncio.timeout(30):
        answer = await reader.read()
    writer.close()
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"415", b"200"]
