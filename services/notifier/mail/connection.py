"""One connection to the SMTP server: connect, TLS as in the URL, greeting, quit."""

import asyncio
import socket
import ssl
from dataclasses import dataclass

import aiosmtplib

from services.notifier.settings import SmtpServer

TROUBLE = (aiosmtplib.SMTPException, OSError, TimeoutError)
"""Errors of an attempt that do not concern the mail."""

KEPT_SECONDS = 5.0
"""For checking that a kept connection still works, and for closing one properly."""

_KEEPALIVE = (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))
"""A failed machine is detected after 50 s, not after a time limit of minutes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds, as RFC 5321, section 4.5.3.2, has them, and how many connections are kept.

    `greeting`: until the server greets us. `reply`: for each reply after it. `contents`: for the
    one to the contents. `first`: for the reply to RCPT at a mail's first attempt; a recipient who
    needs more gets the whole `reply` at the next one. `idle`: how long a connection is kept.
    """

    greeting: float = 300.0
    reply: float = 300.0
    contents: float = 600.0
    first: float = 5.0
    idle: float = 60.0
    keep: int = 4


async def open_connection(
    server: SmtpServer, *, name: str, limits: Limits, tls: ssl.SSLContext | None
) -> aiosmtplib.SMTP:
    """A new connection that is ready for a mail; `name` is our name in EHLO.

    Raises:
        *TROUBLE: The server does not answer, does not offer the configured TLS or login.
    """
    connection = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        local_hostname=name,
        timeout=limits.reply,
        use_tls=server.security == "tls",
        start_tls=False,  # not None: that would take it or leave it; `_sign_in` insists
        tls_context=tls,
    )
    try:
        async with asyncio.timeout(limits.greeting + limits.reply):
            await connection.connect(timeout=limits.greeting)
            _keep_alive(connection)
            await _sign_in(connection, server)
    except BaseException:
        connection.close()
        raise
    return connection


async def _sign_in(connection: aiosmtplib.SMTP, server: SmtpServer) -> None:
    await _say_hello(connection)
    if server.security == "starttls":  # raises where it is not offered (abuse case 43)
        await connection.starttls()
        await _say_hello(connection)
    if server.username is not None:
        await connection.login(server.username, server.password or "")


async def _say_hello(connection: aiosmtplib.SMTP) -> None:
    """EHLO, or HELO for a server without EHLO (RFC 5321, section 3.2)."""
    name = (connection.local_hostname or "").encode("ascii")
    answer = await connection.execute_command(b"EHLO", name)
    if answer.code // 100 == 2:
        connection.last_ehlo_response = answer
        return
    answer = await connection.execute_command(b"HELO", name)
    if answer.code // 100 != 2:
        raise aiosmtplib.SMTPHeloError(answer.code, answer.message)
    connection.last_helo_response = answer


def _keep_alive(connection: aiosmtplib.SMTP) -> None:
    plug = connection.get_transport_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in _KEEPALIVE:
        if hasattr(socket, option):  # not every system has each
            plug.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)


async def leave(connection: aiosmtplib.SMTP) -> None:
    """Make a connection ready for the next mail, or close it."""
    try:
        answer = await connection.execute_command(b"RSET", timeout=KEPT_SECONDS)
        if answer.code // 100 != 2:
            connection.close()
    except TROUBLE:
        connection.close()


async def say_goodbye(connection: aiosmtplib.SMTP) -> None:
    """Close a connection with QUIT, within at most a second."""
    try:
        await connection.quit(timeout=1)
    except TROUBLE:
        connection.close()
