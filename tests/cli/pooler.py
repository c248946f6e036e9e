"""A pooler between a service and PostgreSQL that gives each transaction another connection.

Just enough of the protocol of PostgreSQL 3.0 (its manual, chapter 55) for one user: it accepts
every client, signs in to the server with SCRAM-SHA-256 (RFC 5802), and forwards whole messages.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.conftest import ROLE_PASSWORD, TestDatabase, role

_CONNECTIONS = 5
_CANCEL = 80877102
"""The code of a request to cancel what another connection does."""


class Server:
    """One connection of the pooler to PostgreSQL."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.greeting = b""

    async def sign_in(self, user: str, database: str) -> None:
        fields = f"user\0{user}\0database\0{database}\0\0".encode()
        self.writer.write(struct.pack("!II", 8 + len(fields), 3 << 16) + fields)
        nonce = base64.b64encode(secrets.token_bytes(18)).decode()
        bare = f"n=,r={nonce}"
        while True:
            kind, body = await read(self.reader)
            if kind == b"E":
                raise ConnectionError(body.decode(errors="replace"))
            code = struct.unpack("!I", body[:4])[0] if kind == b"R" else None
            if code == 10:
                first = f"n,,{bare}".encode()
                chosen = b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first
                self.writer.write(message(b"p", chosen))
            elif code == 11:
                self.writer.write(message(b"p", _proof(bare, body[4:].decode())))
            elif kind in b"SK":
                self.greeting += message(kind, body)
            elif kind == b"Z":
                return


def _proof(bare: str, challenge: str) -> bytes:
    told = dict(part.split("=", 1) for part in challenge.split(","))
    salted = hashlib.pbkdf2_hmac(
        "sha256", ROLE_PASSWORD.encode(), base64.b64decode(told["s"]), int(told["i"])
    )
    key = hmac.digest(salted, b"Client Key", "sha256")
    final = f"c=biws,r={told['r']}"
    text = f"{bare},{challenge},{final}".encode()
    signature = hmac.digest(hashlib.sha256(key).digest(), text, "sha256")
    proof = bytes(a ^ b for a, b in zip(key, signature, strict=True))
    return f"{final},p={base64.b64encode(proof).decode()}".encode()


def message(kind: bytes, body: bytes) -> bytes:
    """A message in its wire form."""
    return kind + struct.pack("!I", 4 + len(body)) + body


async def read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next message: its kind and its contents."""
    head = await reader.readexactly(5)
    return head[:1], await reader.readexactly(struct.unpack("!I", head[1:])[0] - 4)


@dataclass
class _Client:
    """A client, and the server connection that it has at the moment."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    server: Server | None = None
    answering: asyncio.Task[None] | None = None


class Pooler:
    """Assigns its connections in turn, each until the end of a transaction."""

    def __init__(self, real: str, user: str, database: str) -> None:
        self._real, self._user, self._database = real, user, database
        self._idle: deque[Server] = deque()
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        for _ in range(_CONNECTIONS):
            server = Server(*await asyncio.open_unix_connection(self._real))
            await server.sign_in(self._user, self._database)
            self._idle.append(server)

    async def close(self) -> None:
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        for server in self._idle:
            server.writer.transport.abort()

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = _Client(reader, writer)
        try:
            length, code = struct.unpack("!II", await reader.readexactly(8))
            await reader.readexactly(length - 8)  # its startup parameters are not forwarded
            if code == _CANCEL:
                return
            writer.write(message(b"R", bytes(4)) + self._idle[0].greeting + message(b"Z", b"I"))
            while (one := await read(reader))[0] != b"X":
                if client.server is None:
                    client.server = self._idle.popleft()
                    client.answering = asyncio.create_task(self._answer(client))
                client.server.writer.write(message(*one))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            if client.answering is not None:
                client.answering.cancel()
            if client.server is not None:
                client.server.writer.transport.abort()
            writer.transport.abort()

    async def _answer(self, client: _Client) -> None:
        """Forward messages until the transaction ends; then the connection serves other clients."""
        assert client.server is not None
        while True:
            kind, body = await read(client.server.reader)
            if kind == b"Z" and body == b"I":
                self._idle.append(client.server)
                client.server = client.answering = None
            if kind != b"A":  # notifications are dropped
                client.writer.write(message(kind, body))
            if client.server is None:
                return


@asynccontextmanager
async def pooler_to(database: TestDatabase, service: str, place: Path) -> AsyncIterator[str]:
    """The DSN of a service through a pooler."""
    before, _, directory = database.dsn(service).partition("?host=")
    pooler = Pooler(f"{directory}/.s.PGSQL.5432", role(service), before.rpartition("/")[2])
    await pooler.open()
    server = await asyncio.start_unix_server(pooler.serve, place / ".s.PGSQL.5432")
    try:
        yield f"{before}?host={quote(str(place))}"
    finally:
        server.close()
        await pooler.close()
