"""The canonical form of a mail address; the only one (R4).

NFKC first, then an ASCII local part and the domain as A-label. Carriers allow what RFC 5321 does
not (`foo.@docomo.ne.jp`, `a..b@docomo.ne.jp`), so the local part is checked for its characters
only; an address is proven only by a mail that arrives.
"""

import re
import unicodedata
from dataclasses import dataclass

import idna

from shared.visible import trimmed

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}", re.IGNORECASE | re.ASCII)
LONGEST = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
_IN_A_TEXT = re.compile(r"(?<![^\s<>\"'(),;:])[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
"""Matches from the beginning of a run only; from each of its characters, a long one is slow."""

_LABEL = "(-?[A-Za-z0-9]){0,30}"
PATTERN = rf"^[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~.-]{{1,64}}@([A-Za-z0-9]{_LABEL}\.)+[A-Za-z]{_LABEL}$"
"""The simplest addresses that `parse` accepts, for JSON Schema: all in ASCII."""


class InvalidAddress(ValueError):
    """This text is not a mail address that we can send to."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address: `mailed` is where mail goes, `key` what makes it unique."""

    mailed: str
    key: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read an address as it was typed.

        Raises:
            InvalidAddress: No such address can receive mail.
        """
        local, at, domain = unicodedata.normalize("NFKC", trimmed(text)).rpartition("@")
        if not at or not _LOCAL.fullmatch(local):
            raise InvalidAddress("the local part is not ASCII or has characters that mail forbids")
        domain = parse_domain(domain)
        mailed = f"{local}@{domain}"
        if len(mailed) > LONGEST:
            raise InvalidAddress(f"longer than {LONGEST} characters")
        return cls(mailed=mailed, key=mailed.lower(), domain=domain)

    @property
    def mailbox(self) -> str:
        """Identifies a mailbox: the key without the plus part (RFC 5233, section 1)."""
        local = self.key.removesuffix(f"@{self.domain}")
        return f"{local.partition('+')[0] or local}@{self.domain}"


def key_of(typed: str) -> str:
    """The key of an address as typed; an invalid address gets a key that no account has."""
    try:
        return Address.parse(typed).key
    except InvalidAddress:
        return f"invalid {typed}"


def parse_domain(text: str) -> str:
    """A mail domain as lower-case A-label (RFC 5890), with at least two labels.

    Raises:
        InvalidAddress: The text is not a domain name.
    """
    text = unicodedata.normalize("NFKC", trimmed(text)).strip()
    try:
        domain = idna.encode(text, uts46=True).decode().lower().removesuffix(".")
    except (idna.IDNAError, UnicodeError) as error:
        raise InvalidAddress("the domain is not a domain name") from error
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        raise InvalidAddress("the domain needs a name and a top-level domain")
    return domain


def mask(text: str) -> str:
    """The address masked, for logs and outsiders: `s***@example.jp`."""
    local, at, domain = text.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"


def mask_all(text: str) -> str:
    """The text with every address in it masked, and everything that looks like an address."""
    return _IN_A_TEXT.sub(lambda found: mask(found.group()), text) if "@" in text else text
