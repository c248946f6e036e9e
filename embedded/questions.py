"""Health checks of the parts, each in the part's own protocol. Standard library only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

Place = Path | int
"""Where a part listens: a Unix socket, or a port of this machine."""

_SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""PostgreSQL's protocol, section 54.7 (SSLRequest). A server answers it in every state without
reading a table or the disk: during recovery, a checkpoint, or with a full disk."""

_ALIVE = (b"+PONG", b"-LOADING", b"-BUSY", b"-MISCONF")
"""Valkey's answers to PING for which a restart would not help: it is loading its data, running a
script, or its disk is full."""


async def http(place: Place, path: str) -> bool:
    """Whether a process answers 200 there."""
    return (await _http_status(place, "GET", path)) == b"200"


async def speaks_http(place: Place) -> bool:
    """Whether a gateway answers at all; the services behind it have their own checks."""
    return (await _http_status(place, "HEAD", "/")).isdigit()


async def _http_status(place: Place, method: str, path: str) -> bytes:
    host = f"localhost:{place}" if isinstance(place, int) else "localhost"
    question = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    async with _asking(place, question.encode()) as answer:
        return b"".join((await answer.readline()).split()[1:2])


async def postgres(place: Place) -> bool:
    """Whether a PostgreSQL accepts connections and forks for them."""
    async with _asking(place, _SSL_REQUEST) as answer:
        return await answer.read(1) in (b"N", b"S")


async def valkey(place: Place, password: str) -> bytes:
    """A Valkey's answer to PING."""
    async with _asking(place, f"AUTH {password}\r\nPING\r\n".encode()) as answer:
        await answer.readline()
        return (await answer.readline()).strip()


async def valkey_is_alive(place: Place, password: str) -> bool:
    """Whether a Valkey works, or is busy with work that a restart would only repeat."""
    return (await valkey(place, password)).startswith(_ALIVE)


@asynccontextmanager
async def _asking(place: Place, question: bytes) -> AsyncIterator[asyncio.StreamReader]:
    if isinstance(place, int):
        reader, writer = await asyncio.open_connection("127.0.0.1", place)
    else:
        reader, writer = await asyncio.open_unix_connection(place)
    try:
        writer.write(question)
        yield reader
    finally:
        writer.close()
