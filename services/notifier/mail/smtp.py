"""Sends mails to the SMTP server: kept connections, time limits, and outcomes.

One recipient per mail. TLS is as in the URL, or the mail is not sent. A connection serves one mail
at a time; a kept connection that has broken is replaced before the mail begins.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import aiosmtplib

from services.notifier.domain import Outcome, OutcomeKind, sendable
from services.notifier.mail.connection import (
    KEPT_SECONDS,
    TROUBLE,
    Limits,
    leave,
    open_connection,
    say_goodbye,
)
from services.notifier.mail.replies import Phase, judge
from services.notifier.mail.text import recordable
from services.notifier.settings import SmtpServer

_LINE_END = re.compile(rb"\r\n|\r|\n")


HandOver = Callable[[], Awaitable[None]]
"""Called before the contents are sent; if it raises, they are not sent."""


@dataclass(slots=True)
class _Attempt:
    """One mail with its progress, which determines the meaning of a failure."""

    to: str
    content: bytes
    patient: bool
    hand_over: HandOver | None
    stage: Literal["connection", "envelope", "contents"] = "connection"

    def failure(self, error: BaseException) -> Outcome:
        """The outcome of an attempt that ended like this."""
        code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
        answer = recordable(str(getattr(error, "message", "")) or repr(error))
        kinds: dict[str, OutcomeKind] = {
            "connection": "unreachable",
            "envelope": "later",
            "contents": "unknown",
        }
        return Outcome(kinds[self.stage], code, answer)


class Transport:
    """Sends mails of one sender through one server; belongs to one event loop."""

    def __init__(
        self,
        server: SmtpServer,
        *,
        sender: str,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._limits = limits or Limits()
        self._tls = tls
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []

    @property
    def place(self) -> tuple[str, int]:
        """Host and port of the server."""
        return self._server.host, self._server.port

    async def send(
        self, to: str, content: bytes, *, patient: bool = True, hand_over: HandOver | None = None
    ) -> Outcome:
        """Try once, each step within its limit; failures are in the outcome.

        `patient`: whether the recipient's server may use its full time to answer RCPT.

        Raises:
            UnsafeAddress: `to` is not exactly one address.
            Exception: The exception of `hand_over`.
        """
        attempt = _Attempt(sendable(to), content, patient, hand_over)
        try:
            return await self._send(attempt)
        except TROUBLE as error:
            return attempt.failure(error)

    async def reachable(self) -> bool:
        """Check that the server sends its greeting; the connection is kept for the next mail.

        An existing kept connection is enough, so frequent checks open no new ones.
        """
        self.drop_idle()
        if self._idle:
            return True
        try:
            await self.greet()
        except TROUBLE:
            return False
        return True

    async def greet(self) -> None:
        """Open a connection until a mail could begin, and keep it.

        Raises:
            *TROUBLE: The server does not answer, does not offer the configured TLS or login.
        """
        self._keep(await self._open())

    def drop_idle(self) -> None:
        """Close connections that have not been used for long."""
        oldest = asyncio.get_running_loop().time() - self._limits.idle
        for used_at, connection in list(self._idle):
            if used_at < oldest or not connection.is_connected:
                self._idle.remove((used_at, connection))
                connection.close()

    async def close(self) -> None:
        """Close every kept connection with QUIT, within at most a second."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(say_goodbye(connection) for _, connection in idle))

    async def _send(self, attempt: _Attempt) -> Outcome:
        connection, answer = await self._begin()
        attempt.stage = "envelope"
        try:
            refusal = _refusal(answer, "sender")
            outcome = refusal or await self._transfer(connection, attempt)
            if outcome.kind != "accepted":
                await leave(connection)
        except BaseException:
            connection.close()  # its next answer might be that to an earlier command
            raise
        self._keep(connection)
        return outcome

    async def _begin(self) -> tuple[aiosmtplib.SMTP, aiosmtplib.SMTPResponse]:
        """A connection with its reply to MAIL: a kept one that accepts the sender, or a new one."""
        command = (b"MAIL", f"FROM:<{self._sender}>".encode("ascii"))
        self.drop_idle()
        while self._idle:
            _, kept = self._idle.pop()
            try:
                answer = await kept.execute_command(*command, timeout=KEPT_SECONDS)
            except TROUBLE:
                kept.close()
            except BaseException:
                kept.close()
                raise
            else:
                if judge(answer.code, answer.message, "sender") == "accepted":
                    return kept, answer
                kept.close()
        fresh = await self._open()
        try:
            return fresh, await fresh.execute_command(*command)
        except BaseException:
            fresh.close()
            raise

    async def _transfer(self, connection: aiosmtplib.SMTP, attempt: _Attempt) -> Outcome:
        """RCPT, DATA and the contents."""
        limits = self._limits
        patience = limits.reply if attempt.patient else min(limits.first, limits.reply)
        # Not `connection.rcpt`, whose parser changes addresses.
        answer = await connection.execute_command(
            b"RCPT", f"TO:<{attempt.to}>".encode("ascii"), timeout=patience
        )
        if refusal := _refusal(answer, "recipient"):
            return refusal
        if attempt.hand_over is not None:
            await attempt.hand_over()
        answer = await connection.execute_command(b"DATA")
        if answer.code // 100 != 3:
            if answer.code // 100 == 2:
                raise aiosmtplib.SMTPResponseException(answer.code, answer.message)
            return _judged(answer, "contents")
        protocol = connection.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        protocol.write(_transparent(attempt.content))
        attempt.stage = "contents"
        answer = await protocol.read_response(timeout=limits.contents)
        return _judged(answer, "contents")

    async def _open(self) -> aiosmtplib.SMTP:
        """A new connection that is ready for a mail."""
        if self._server.security != "none" and self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        name = self._sender.rpartition("@")[2]
        return await open_connection(self._server, name=name, limits=self._limits, tls=self._tls)

    def _keep(self, connection: aiosmtplib.SMTP) -> None:
        if connection.is_connected and len(self._idle) < self._limits.keep:
            self._idle.append((asyncio.get_running_loop().time(), connection))
        else:
            connection.close()


def _judged(answer: aiosmtplib.SMTPResponse, phase: Phase) -> Outcome:
    """The outcome of a reply.

    Raises:
        SMTPResponseException: Its code is not in a class of RFC 5321 for this command.
    """
    if answer.code // 100 not in (2, 4, 5):
        raise aiosmtplib.SMTPResponseException(answer.code, answer.message)
    kind = judge(answer.code, answer.message, phase)
    return Outcome(kind, answer.code, recordable(answer.message))


def _refusal(answer: aiosmtplib.SMTPResponse, phase: Phase) -> Outcome | None:
    outcome = _judged(answer, phase)
    return None if outcome.kind == "accepted" else outcome


def _transparent(content: bytes) -> bytes:
    """The contents in SMTP's form, with the final dot (RFC 5321, section 4.5.2)."""
    lines = _LINE_END.sub(b"\r\n", content).removesuffix(b"\r\n").split(b"\r\n")
    return (
        b"".join((b"." if line[:1] == b"." else b"") + line + b"\r\n" for line in lines) + b".\r\n"
    )
