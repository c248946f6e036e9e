"""Composes a mail: 7-bit MIME, text first, with headers that are safe against injection.

All attempts of a mail have the same bytes: Message-ID and boundary come from its id, the date from
its first attempt. So a recipient who gets it twice can see that it is the same mail.
"""

from datetime import datetime
from email.utils import format_datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from services.notifier.domain import sendable
from services.notifier.mail import mime
from services.notifier.mail.render import Rendered
from services.notifier.mail.text import one_line
from shared.mailbox import Mailbox


class Composer:
    """Writes mails from one sender."""

    def __init__(
        self, sender: Mailbox, *, reply_to: Mailbox | None, service_name: str, zone: ZoneInfo
    ) -> None:
        self._sender = sender
        self._zone = zone
        self._reply_to = reply_to
        self._service_name = service_name

    def compose(self, rendered: Rendered, *, id: UUID, to: str, at: datetime) -> bytes:
        """The bytes for DATA; `at` is when the mail was first tried.

        Raises:
            UnsafeAddress: `to` is not exactly one address, as we store addresses.
        """
        fields = (
            self._mailbox("From", self._sender),
            mime.field("To", sendable(to)),
            "" if self._reply_to is None else self._mailbox("Reply-To", self._reply_to),
            mime.text_field("Subject", one_line(rendered.subject)),
            mime.field("Date", format_datetime(at.astimezone(self._zone))),
            mime.field("Message-ID", f"<{id}@{self._sender.domain}>"),
            mime.field("Auto-Submitted", "auto-generated"),  # RFC 3834
            mime.field("X-Auto-Response-Suppress", "OOF, AutoReply"),  # MS-OXCMAIL 2.1.3.2.20
            mime.alternative(rendered.text, rendered.html, boundary=f"=_{id.hex}"),
        )
        return "".join(fields).encode("ascii")

    def _mailbox(self, name: str, mailbox: Mailbox) -> str:
        shown = one_line(mailbox.name) or one_line(self._service_name)
        return mime.mailbox_field(name, shown, address=mailbox.address)
