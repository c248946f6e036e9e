"""Mail addresses in settings, with a display name: `Name <address>`."""

import re
from dataclasses import dataclass
from email.utils import getaddresses

from shared.addresses import InvalidAddress, parse_domain

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address of the vendor with its display name, empty if there is none."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part behind the at sign."""
        return self.address.rpartition("@")[2]

    @classmethod
    def parse(cls, text: str) -> "Mailbox":
        """Read `Name <address>` or an address alone.

        Raises:
            ValueError: There is no address in it.
        """
        found = getaddresses([text])
        name, address = found[0] if len(found) == 1 else ("", "")
        local, _, domain = address.rpartition("@")
        if not _LOCAL.fullmatch(local):
            raise ValueError("has to be an address, or a name and an address in angle brackets")
        try:
            domain = domain.lower() if domain.lower() == "localhost" else parse_domain(domain)
        except InvalidAddress as error:
            raise ValueError(f"has no mail domain: {error}") from error
        return cls(name=name, address=f"{local}@{domain}")


def read_mailbox(value: object) -> object:
    """The `Mailbox` of a setting that is still text, for pydantic.

    Raises:
        ValueError: There is no address in it.
    """
    return Mailbox.parse(value) if isinstance(value, str) else value
