"""The origin of a request for the audit log, without the part that identifies a person."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

_LONGEST_BROWSER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A network, its last part left out, and a browser's name."""

    network: str = ""
    browser: str = ""

    @classmethod
    def of(cls, address: str, browser: str) -> "Place":
        """The place of an IP address (its /24, of IPv6 its /48) and a browser's name."""
        return cls(network=_network(address), browser=browser[:_LONGEST_BROWSER])


NOWHERE = Place()
"""The place of work without a request, such as a periodic job."""


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))
