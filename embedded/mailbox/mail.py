"""One mail as received and as displayed; even a malformed mail can be displayed."""

import email
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses

from pydantic import BaseModel


class Address(BaseModel):
    """A person in a header."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The fields of a mail in a list."""

    id: str
    message_id: str
    sender: Address
    recipients: list[Address]
    subject: str
    created: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Bodies:
    """The text and the HTML of a mail; one that it does not have is empty."""

    text: str
    html: str


def summarise(raw: bytes, *, id: str, envelope_from: str, envelope_to: list[str]) -> Summary:
    """Read the headers; people missing there are taken from the envelope."""
    message = email.message_from_bytes(raw)  # the old policy does not change headers
    senders = _addresses(message, "From") or [Address(name="", address=envelope_from)]
    recipients = [*_addresses(message, "To"), *_addresses(message, "Cc")]
    named = {person.address for person in recipients}
    recipients += [Address(name="", address=to) for to in envelope_to if to not in named]
    return Summary(
        id=id,
        message_id=_header(message, "Message-ID").strip().strip("<>"),
        sender=senders[0],
        recipients=recipients,
        subject=_header(message, "Subject"),
        created=datetime.now(UTC),
        size=len(raw),
    )


def read_bodies(raw: bytes) -> Bodies:
    """Find the text and the HTML of a mail."""
    message = email.message_from_bytes(raw, policy=default)
    return Bodies(text=_body(message, "plain"), html=_body(message, "html"))


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, MessageError, UnicodeError):  # an unknown charset or a broken encoding
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _header(message: Message, name: str) -> str:
    return next((_decoded(value) for value in _values(message, name)), "")


def _addresses(message: Message, name: str) -> list[Address]:
    found = getaddresses(_values(message, name))
    return [Address(name=_decoded(person), address=where) for person, where in found if where]


def _values(message: Message, name: str) -> list[str]:
    """Decode a header with raw UTF-8 (RFC 6532), which the parser stores as surrogates."""
    return [
        re.sub(
            r"\r?\n[ \t]*", " ", value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        )
        for key, value in message.raw_items()
        if key.lower() == name.lower()
    ]


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, MessageError, UnicodeError):
        return text
