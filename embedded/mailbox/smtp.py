"""The SMTP server: accepts every mail, also for carriers' addresses that violate the standards."""

import asyncio
import re
import secrets

from aiosmtpd.smtp import SMTP, Envelope, Session

from embedded.mailbox.mail import summarise
from embedded.mailbox.store import MailStore

SIZE_LIMIT = 32 * 1024 * 1024

_ADDRESS = re.compile(r"\s*<([^<>\s]*)>(.*)|\s*([^<>\s]+)(.*)")


class Catcher:
    """Stores received mails."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer 250 once the mail is stored."""
        raw = envelope.original_content or b""
        summary = summarise(
            raw,
            id=secrets.token_hex(11),
            envelope_from=(envelope.mail_from or "").removeprefix("<>"),
            envelope_to=list(envelope.rcpt_tos),
        )
        self._store.add(summary, raw)
        return f"250 2.0.0 stored as {summary.id}"


class TolerantSMTP(SMTP):
    """Reads an address without checking it: `foo.@docomo.ne.jp`, `a..b@example.jp`, UTF-8."""

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        found = _ADDRESS.fullmatch(arg)
        if found is None:
            return None, None
        bracketed, after, bare, rest = found.groups()
        if bracketed is None:
            return bare, rest
        return bracketed or "<>", after


async def listen(store: MailStore, *, host: str, port: int) -> asyncio.Server:
    """Open the port."""
    loop = asyncio.get_running_loop()
    catcher = Catcher(store)

    def connection() -> SMTP:
        return TolerantSMTP(
            catcher,
            hostname="localhost",
            ident="zaiseki mailbox",
            enable_SMTPUTF8=True,
            data_size_limit=SIZE_LIMIT,
            auth_require_tls=False,
            loop=loop,
        )

    return await loop.create_server(connection, host, port)
