"""A cookie without a valid token makes an anonymous caller."""

import asyncio

import pytest

from tests.auth.conftest import ORIGIN, Auth

SIGN_IN = b'{"email": "nobody@example.jp", "password": "not the password"}'


async def status(auth: Auth, request_line: bytes, cookie: bytes, body: bytes = b"") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", auth.server.port)
    writer.write(
        request_line + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Origin: " + ORIGIN.encode() + b"\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\nCookie: %s\r\n\r\n" % (len(body), cookie) + body
    )
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    return answer.split(b" ")[1]


@pytest.mark.parametrize(
    "value", [b"\xff", b"\xed\xa0\x80", b"\xe3\x81\x82", b'"\\377"', b"", b"x" * 101, b"a b"]
)
async def test_a_cookie_without_a_valid_token_makes_an_anonymous_caller(
    auth: Auth, value: bytes
) -> None:
    """ASVS 7.2.1: for any bytes, and without an error."""
    session, device = b"session_8080=" + value, b"device_8080=" + value
    assert await status(auth, b"GET /session", session) == b"401"
    assert await status(auth, b"GET /presence-check", session) == b"401"
    assert await status(auth, b"GET /forward?audience=membership&realm=member", session) == b"200"
    assert await status(auth, b"POST /sign-in", session, SIGN_IN) == b"401"
    assert await status(auth, b"POST /sign-in", device, SIGN_IN) == b"401"
