"""Who does something, and from where: as the audit log keeps it, without names and addresses."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Literal
from uuid import UUID

from shared.contracts.base import Role

Source = Literal["owner", "admin", "staff", "operator", "visitor", "system"]
Party = Role | Literal["operator"]

_LONGEST_BROWSER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """From where a request came: the network without the part that names a person, the browser."""

    network: str = ""
    browser: str = ""

    @classmethod
    def of(cls, address: str, browser: str) -> "Place":
        """The place of an IP address (its /24, of IPv6 its /48) and a browser's name."""
        return cls(network=_network(address), browser=browser[:_LONGEST_BROWSER])


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A member who asks for something; the role is found under the lock, not believed."""

    member_id: UUID
    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One of the vendor's staff, at work on one customer."""

    customer_id: UUID
    id: UUID | None = None
    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did it."""

    source: Source
    id: UUID | None = None
    place: Place = Place()


SYSTEM = Actor(source="system")
VISITOR = Actor(source="visitor")
"""Whoever holds a mailed link; nobody is signed in."""
