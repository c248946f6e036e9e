"""The gateway forwards every request with unambiguous framing (ASVS-4.2.1).

Caddy, like Go's server, accepts heads that two parsers could read differently, before any
directive of the Caddyfile applies. It writes the forwarded request anew.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from embedded import binaries
from tests.product import ROOT

CADDYFILE = ROOT / "gateway" / "Caddyfile"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Recorder:
    """A service behind the gateway that records each request byte by byte."""

    port: int
    requests: list[tuple[bytes, bytes]] = field(default_factory=list)
    answer: bytes = ANSWER

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.requests.append((head, await self._body(head, reader)))
                writer.write(self.answer)
        except asyncio.IncompleteReadError:
            writer.close()

    async def _body(self, head: bytes, reader: asyncio.StreamReader) -> bytes:
        """The body, read by the only framing that the head declares."""
        length = re.findall(rb"(?im)^content-length: (\d+)\r$", head)
        chunked = re.findall(rb"(?im)^transfer-encoding: chunked\r$", head)
        assert len(length) + len(chunked) <= 1, head
        if chunked:
            return await reader.readuntil(b"0\r\n\r\n")
        return await reader.readexactly(int(length[0])) if length else b""

    async def send(self, text: bytes) -> bytes:
        """Send raw bytes to the gateway; the first line of its answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(text.replace(b"HOST", f"localhost:{self.port}".encode()))
        async with asyncio.timeout(10):
            line = await reader.readline()
        writer.close()
        return line


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest_asyncio.fixture
async def recorder(tmp_path: Path) -> AsyncIterator[Recorder]:
    recorder = Recorder(free_port())
    operators = free_port()
    path = tmp_path / "service.sock"
    server = await asyncio.start_unix_server(recorder.serve, path)
    environment = {
        "HOME": str(tmp_path),
        "ORIGIN_ADDRESS": f"http://localhost:{recorder.port}",
        "OPERATOR_ORIGIN_ADDRESS": f"http://localhost:{operators}",
        "PORT": str(recorder.port),
        "OPERATOR_PORT": str(operators),
        **{f"{name}_UPSTREAM": f"unix/{path}" for name in ("AUTH", "MEMBERSHIP", "NOTIFIER")},
        "WEB_DIST": str(tmp_path),
        "OPERATOR_DIST": str(tmp_path),
    }
    caddy = await asyncio.create_subprocess_exec(
        binaries.caddy(), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile",
        env=environment, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(20):
            while True:
                try:
                    await recorder.send(b"GET / HTTP/1.1\r\nHost: HOST\r\n\r\n")
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        yield recorder
    finally:
        caddy.kill()
        await caddy.wait()
        server.close()


POST = b"POST /api/auth/x HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n"
SMUGGLED = b"GET /api/auth/smuggled HTTP/1.1\r\nHost: HOST\r\n\r\n"


@pytest.mark.parametrize(
    "text",
    [
        POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\nContent-Length: 40\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        POST + b"transfer-encoding: Chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
        b"GET /api/auth/x HTTP/1.1\nHost: HOST\nX-Line: a\n\n",
        b"GET /api/auth/x HTTP/1.1\r\nHost: HOST\nX-Line: a\r\n\n",
        POST.replace(b"\r\n", b"\n") + b"Content-Length: 2\n\n{}",
        b"GET /api/auth/x HTTP/1.1\r\nHost: HOST\r\nX-Line: a\r\n b\r\n\tc\r\n\r\n",
        b"GET /api/auth/x HTTP/1.1\r\nHost: HOST\r\nX-Line:\r\n Zaiseki-Identity: x\r\n\r\n",
    ],
    ids=repr,
)
async def test_a_forwarded_request_has_one_framing(recorder: Recorder, text: bytes) -> None:
    status = (await recorder.send(text)).split(b" ")[1]
    assert status in (b"200", b"400")
    assert len(recorder.requests) == (status == b"200"), "at most one request"
    for head, body in recorder.requests:
        lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines), "only CRLF ends a line"
        assert not any(line[:1] in b" \t" for line in lines), "no line is folded"
        names = [line.partition(b":")[0].lower() for line in lines[1:]]
        assert names.count(b"content-length") + names.count(b"transfer-encoding") <= 1
        assert b"zaiseki-identity" not in names
        assert body in (b"", b"{}", b"2\r\n{}\r\n0\r\n\r\n", b"0\r\n\r\n"), body


@pytest.mark.parametrize(
    "text",
    [
        POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: +2\r\n\r\n{}",
        POST + b"Content-Length: 2, 3\r\n\r\n{}",
        b"GET /api/auth/x HTTP/1.1\r\nHost: HOST\r\nX-Line: a\0b\r\n\r\n",
        b"GET /api/auth/x HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n",
    ],
    ids=repr,
)
async def test_an_ambiguous_request_is_not_forwarded(recorder: Recorder, text: bytes) -> None:
    assert (await recorder.send(text)).split(b" ")[1] in (b"400", b"501")
    assert recorder.requests == []
