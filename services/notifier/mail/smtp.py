"""The way to the SMTP server: kept connections, time limits, and what an answer means.

One recipient per mail. TLS is as the URL says or the mail stays here. A connection serves one mail
at a time; one that died while it was kept is replaced before the mail is touched.
"""

import asyncio
import ssl
from dataclasses import dataclass
from typing import Literal

import aiosmtplib

from services.notifier.domain import Outcome, OutcomeKind, sendable
from services.notifier.mail.text import recordable
from services.notifier.settings import SmtpServer

TROUBLE = (aiosmtplib.SMTPException, OSError, TimeoutError)
"""How an attempt may fail, as far as it is not about the mail."""

_OK = (250, 251)


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds: for each reply, for a whole attempt, for keeping a connection that is idle."""

    reply: float = 10.0
    attempt: float = 30.0
    idle: float = 60.0
    keep: int = 4


@dataclass(slots=True)
class _Progress:
    """How far an attempt got; decides what its failure means."""

    stage: Literal["connection", "envelope", "contents"] = "connection"

    def failure(self, error: BaseException) -> Outcome:
        """The outcome of an attempt that ended like this."""
        code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None
        answer = recordable(str(getattr(error, "message", "")) or repr(error))
        kinds: dict[str, OutcomeKind] = {
            "connection": "unreachable",
            "envelope": "temporary",
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

    async def send(self, to: str, content: bytes) -> Outcome:
        """Try once, within the limit of an attempt; whatever happens is in the outcome.

        Raises:
            UnsafeAddress: `to` is more or less than one address.
        """
        to, progress = sendable(to), _Progress()
        try:
            async with asyncio.timeout(self._limits.attempt):
                return await self._send(to, content, progress)
        except TROUBLE as error:
            return progress.failure(error)

    async def reachable(self) -> bool:
        """Whether the server greets us; the connection is kept for the next mail.

        One that is kept already is enough: whoever asks each few seconds opens no new ones.
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
        """Come as far as before a mail, within the limit of an attempt; the connection is kept.

        Raises:
            *TROUBLE: The server does not answer, is not protected as configured or lets nobody in.
        """
        async with asyncio.timeout(self._limits.attempt):
            self._keep(await self._open())

    def drop_idle(self) -> None:
        """Close what has not been used for long."""
        oldest = asyncio.get_running_loop().time() - self._limits.idle
        for used_at, connection in list(self._idle):
            if used_at < oldest or not connection.is_connected:
                self._idle.remove((used_at, connection))
                connection.close()

    async def close(self) -> None:
        """Say goodbye on every kept connection, for at most a second."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_quit(connection) for _, connection in idle))

    async def _send(self, to: str, content: bytes, progress: _Progress) -> Outcome:
        connection = await self._begin(progress)
        try:
            outcome = await _transfer(connection, to, content, progress)
        except BaseException:
            connection.close()  # nobody knows what it would answer to next
            raise
        self._keep(connection)
        return outcome

    async def _begin(self, progress: _Progress) -> aiosmtplib.SMTP:
        """A connection on which MAIL FROM was accepted, if possible a kept one."""
        self.drop_idle()
        while self._idle:
            _, kept = self._idle.pop()
            try:
                await kept.mail(self._sender, timeout=min(5.0, self._limits.reply))
            except TROUBLE:
                kept.close()
            except BaseException:
                kept.close()
                raise
            else:
                progress.stage = "envelope"
                return kept
        fresh = await self._open()
        progress.stage = "envelope"
        try:
            await fresh.mail(self._sender)
        except BaseException:
            fresh.close()
            raise
        return fresh

    async def _open(self) -> aiosmtplib.SMTP:
        """A new connection, protected as configured, greeted and signed in."""
        server = self._server
        if server.security != "none" and self._tls is None:
            self._tls = await asyncio.to_thread(ssl.create_default_context)
        connection = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._limits.reply,
            use_tls=server.security == "tls",
            # Never None: that would go on in clear where STARTTLS was stripped (abuse case 43).
            start_tls=server.security == "starttls",
            tls_context=self._tls,
        )
        try:
            await connection.connect()
            if connection.is_ehlo_or_helo_needed:
                await _greet(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _keep(self, connection: aiosmtplib.SMTP) -> None:
        if connection.is_connected and len(self._idle) < self._limits.keep:
            self._idle.append((asyncio.get_running_loop().time(), connection))
        else:
            connection.close()


async def _greet(connection: aiosmtplib.SMTP) -> None:
    try:
        await connection.ehlo()
    except aiosmtplib.SMTPHeloError:
        await connection.helo()


async def _transfer(
    connection: aiosmtplib.SMTP, to: str, content: bytes, progress: _Progress
) -> Outcome:
    """RCPT and DATA; a refusal leaves the connection ready for the next mail."""
    # Not `connection.rcpt`: its parser takes liberties with addresses that RFC 5321 does not know.
    answer = await connection.execute_command(b"RCPT", f"TO:<{to}>".encode("ascii"))
    if answer.code not in _OK:
        return await _refused(connection, answer.code, answer.message)
    progress.stage = "contents"
    try:
        answer = await connection.data(content)
    except aiosmtplib.SMTPDataError as error:
        return await _refused(connection, error.code, error.message)
    return Outcome("accepted", answer.code, recordable(answer.message))


async def _refused(connection: aiosmtplib.SMTP, code: int, message: str) -> Outcome:
    kind: OutcomeKind = "permanent" if 500 <= code <= 599 else "temporary"
    try:
        await connection.rset()
    except TROUBLE:
        connection.close()
    return Outcome(kind, code, recordable(message))


async def _quit(connection: aiosmtplib.SMTP) -> None:
    try:
        await connection.quit(timeout=1)
    except TROUBLE:
        connection.close()
