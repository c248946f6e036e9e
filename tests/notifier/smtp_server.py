"""A real SMTP server (aiosmtpd) on a free loopback port that records, refuses and hangs."""

import asyncio
import ssl
import subprocess
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from services.notifier.settings import SmtpServer


@dataclass
class Received:
    """One mail as it was received."""

    sender: str
    recipients: list[str]
    content: bytes
    tls: bool

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        assert body is not None
        return str(body.get_content())


@dataclass
class SmtpDouble:
    """What it received, and the answers that it gives, used up from the front."""

    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    cut_after_data: int = 0
    hang_after_data: int = 0
    reply_delay: float = 0.0
    data_delay: float = 0.0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)
    connections: int = 0
    under_way: int = 0
    most_under_way: int = 0
    port: int = 0
    protocols: list[SMTP] = field(default_factory=list)

    @property
    def at(self) -> SmtpServer:
        return SmtpServer.parse(f"smtp://127.0.0.1:{self.port}")

    @property
    def recipients(self) -> list[str]:
        return [recipient for mail in self.received for recipient in mail.recipients]

    async def heard(self, count: int, seconds: float = 30.0) -> None:
        """Wait until this many mails have arrived."""
        async with asyncio.timeout(seconds):
            while True:
                if len(self.received) >= count:
                    return
                await asyncio.sleep(0.001)

    async def held(self, count: int, seconds: float = 30.0) -> None:
        """Wait until this many slow recipients have been requested."""
        async with asyncio.timeout(seconds):
            while len(self.waiting) < count:
                await asyncio.sleep(0.001)

    def cut_connections(self) -> None:
        for protocol in self.protocols:
            abort(protocol)

    # aiosmtpd calls these.

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        await asyncio.sleep(self.reply_delay)
        if "slow" in address:  # until it is released
            self.waiting.append(address)
            await self.released.wait()
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(self.reply_delay + self.data_delay)
        self.under_way -= 1
        answer = self.data.pop(0) if self.data else "250 2.0.0 queued"
        if answer.startswith("2"):
            self._record(server, envelope)
        if self.cut_after_data:
            self.cut_after_data -= 1
            abort(server)
        if self.hang_after_data:
            self.hang_after_data -= 1
            await asyncio.sleep(30)
        return answer

    def _record(self, server: SMTP, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        self.received.append(
            Received(
                str(envelope.mail_from),
                envelope.rcpt_tos,
                envelope.content,
                under_tls(server),
            )
        )


def abort(protocol: SMTP) -> None:
    """Abort a connection."""
    transport: Any = protocol.transport
    if transport is not None:
        transport.abort()


def under_tls(protocol: SMTP) -> bool:
    transport = protocol.transport
    return transport is not None and transport.get_extra_info("sslcontext") is not None


class _Listening(SMTP):
    """aiosmtpd that records each command, and greets with a configured banner."""

    def connection_made(self, transport: Any) -> None:
        if self.transport is None:
            self.event_handler.connections += 1
            self.event_handler.protocols.append(self)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self.event_handler.commands.append(data)
        super().data_received(data)


@asynccontextmanager
async def smtp_double(
    double: SmtpDouble | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    wrapped: bool = False,
    port: int = 0,
    password: str | None = None,
) -> AsyncIterator[SmtpDouble]:
    """Serve until the end of the block; `tls` is offered by STARTTLS unless `wrapped`."""
    double = double or SmtpDouble()
    loop = asyncio.get_running_loop()

    def authenticate(
        _server: Any, _session: Any, _envelope: Any, _how: Any, data: Any
    ) -> AuthResult:
        return AuthResult(success=data.password == (password or "").encode(), handled=False)

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the socket is under TLS already
            return _Listening(
                double,
                loop=loop,
                hostname="mx.test",
                tls_context=None if wrapped else tls,
                require_starttls=tls is not None and not wrapped,
                auth_required=password is not None,
                auth_require_tls=not wrapped,
                authenticator=authenticate,
            )

    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=tls if wrapped else None)
    double.port = server.sockets[0].getsockname()[1]
    try:
        yield double
    finally:
        server.close()
        double.cut_connections()
        await asyncio.sleep(0)


Replies = dict[str, str | tuple[float, str]]


@asynccontextmanager
async def scripted_server(replies: Replies) -> AsyncIterator[tuple[SmtpServer, list[str]]]:
    """A server that answers commands, `greeting` and `contents` as scripted, 250 otherwise.

    A pair is a delay in seconds and an answer. Yields the address and the received commands.
    """
    heard: list[str] = []

    async def answer(writer: asyncio.StreamWriter, to: str, otherwise: str) -> str:
        reply = replies.get(to, otherwise)
        seconds, reply = reply if isinstance(reply, tuple) else (0.0, reply)
        await asyncio.sleep(seconds)
        writer.write(reply.encode() + b"\r\n")
        return reply

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(writer, "greeting", "220 hello")
        while line := await reader.readline():
            command = line.decode().split()[0].upper()
            heard.append(command)
            reply = await answer(writer, command, "354 go" if command == "DATA" else "250 ok")
            if command == "DATA" and reply.startswith("3"):
                await reader.readuntil(b"\r\n.\r\n")
                heard.append("contents")
                await answer(writer, "contents", "250 taken")

    async with raw_server(serve) as at:
        yield at, heard


@asynccontextmanager
async def raw_server(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[SmtpServer]:
    """A server whose connections are handled by `serve`."""
    ended = asyncio.Event()

    async def until_the_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        speaking = asyncio.ensure_future(serve(reader, writer))
        await asyncio.wait(
            {speaking, asyncio.create_task(ended.wait())}, return_when=asyncio.FIRST_COMPLETED
        )
        speaking.cancel()
        writer.close()

    server = await asyncio.start_server(until_the_end, "127.0.0.1", 0)
    try:
        yield SmtpServer.parse(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    finally:
        ended.set()
        server.close()
        await asyncio.sleep(0.01)


def make_certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A self-signed certificate for `name`: the server's context, and one that trusts it."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))
