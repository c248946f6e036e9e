"""A mail as it travels: 7-bit MIME, text first, with headers that nothing can be smuggled into.

All attempts of a mail are the same bytes: Message-ID and boundary come from its id, the date from
its first attempt. So whoever gets it twice can tell.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from services.notifier.domain import sendable
from services.notifier.mail.render import JST, Rendered
from services.notifier.mail.text import one_line
from services.notifier.settings import Mailbox


class Composer:
    """Writes mails from one sender."""

    def __init__(self, sender: Mailbox, *, reply_to: Mailbox | None, service_name: str) -> None:
        self._sender = sender
        self._from = _address(sender, service_name)
        self._reply_to = None if reply_to is None else _address(reply_to, service_name)

    def compose(self, rendered: Rendered, *, id: UUID, to: str, at: datetime) -> bytes:
        """The bytes for DATA; `at` is when the mail was first tried.

        Raises:
            UnsafeAddress: `to` is more or less than one address.
        """
        message = EmailMessage(policy=SMTP)
        message["From"] = self._from
        message["To"] = sendable(to)
        if self._reply_to is not None:
            message["Reply-To"] = self._reply_to
        message["Subject"] = one_line(rendered.subject)
        message["Date"] = format_datetime(at.astimezone(JST))
        message["Message-ID"] = f"<{id}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # MS-OXCMAIL 2.1.3.2.20
        message.set_content(rendered.text, charset="utf-8", cte="base64")
        message.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
        message.set_boundary(f"=_{id.hex}")
        return message.as_bytes()


def _address(mailbox: Mailbox, service_name: str) -> Address:
    return Address(one_line(mailbox.name) or service_name, addr_spec=mailbox.address)
