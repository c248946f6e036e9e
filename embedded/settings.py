"""The settings of the embedded run, from the environment; all errors are reported together."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from embedded.refusal import Refused

SERVICES = ("auth", "membership", "notifier")
PORTS = {"PORT": 8080, "OPERATOR_PORT": 8090, "MAILBOX_PORT": 8025, "SMTP_PORT": 1025}
GAPS = ("PRESENCE_MIN_GAP", "PRESENCE_MEAN_GAP", "PRESENCE_MAX_GAP")
STATE_DIR = ".zaiseki"
TIME_ZONE = "Asia/Tokyo"

_POSTGRES = ("postgresql", "postgres")
_REDIS = ("redis", "rediss", "unix")
_SMTP = ("smtp", "smtp+starttls", "smtps")

_PLACE = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(:[0-9]*)?")
"""A host, perhaps with a port."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunSettings:
    """One embedded run. If a URL is None, the embedded part is used."""

    ports: Mapping[str, int]
    state_dir: Path
    database_url: str | None = field(repr=False)
    service_database_urls: Mapping[str, str] = field(repr=False)
    redis_url: str | None = field(repr=False)
    smtp_url: str | None = field(repr=False)
    rate_limits: bool
    trial_clock: bool
    time_zone: str

    @property
    def embeds_postgres(self) -> bool:
        """Whether a service has no external database."""
        return self.database_url is None and len(self.service_database_urls) < len(SERVICES)

    @property
    def origin(self) -> str:
        """The customers' site."""
        return f"http://localhost:{self.ports['PORT']}"

    @property
    def operator_origin(self) -> str:
        """The vendor staff's site."""
        return f"http://localhost:{self.ports['OPERATOR_PORT']}"

    @property
    def mailbox(self) -> str | None:
        """The mailbox's page, unless another mail server is used."""
        return None if self.smtp_url else f"http://localhost:{self.ports['MAILBOX_PORT']}"

    @property
    def smtp(self) -> str:
        """The mail server's URL."""
        return self.smtp_url or f"smtp://127.0.0.1:{self.ports['SMTP_PORT']}"

    @property
    def smtp_place(self) -> str:
        """The mail server's URL without a password."""
        parts = urlsplit(self.smtp)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def listening_ports(self) -> Iterator[tuple[str, int]]:
        """The ports that this run opens itself, each with its variable."""
        for name, port in self.ports.items():
            if self.smtp_url is None or name not in ("MAILBOX_PORT", "SMTP_PORT"):
                yield name, port


def database_variable(service: str) -> str:
    """The variable for a service's own database."""
    return f"{service.upper()}_DATABASE_URL"


def state_dir(environ: Mapping[str, str]) -> Path:
    """The folder of the run's state; it is not checked here."""
    return Path(environ.get("STATE_DIR") or STATE_DIR).expanduser().absolute()


def read(environ: Mapping[str, str]) -> RunSettings:
    """Read and check everything. An empty variable counts as one that is not set.

    Raises:
        Refused: With every problem that there is.
    """
    reader = _Reader(environ)
    ports = {name: reader.value(name, _port) or default for name, default in PORTS.items()}
    databases = {
        service: url
        for service in SERVICES
        if (url := reader.url(database_variable(service), *_POSTGRES))
    }
    settings = RunSettings(
        ports=ports,
        state_dir=state_dir(environ),
        database_url=reader.url("DATABASE_URL", *_POSTGRES),
        service_database_urls=databases,
        redis_url=reader.url("REDIS_URL", *_REDIS),
        smtp_url=reader.url("SMTP_URL", *_SMTP),
        rate_limits=reader.value("RATE_LIMITS", _switch) is not False,
        trial_clock=reader.value("TRIAL_CLOCK", _switch) is True,
        time_zone=reader.value("TIME_ZONE", _zone) or TIME_ZONE,
    )
    _check_gaps(reader)
    reader.value("OPERATORS_MAIL", _address)
    _check_ports_differ(settings, reader)
    _check_vendor(reader)
    if reader.problems:
        raise Refused(*reader.problems)
    return settings


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def value(self, name: str, parse: Callable[[str], T]) -> T | None:
        text = self.environ.get(name, "").strip()
        return self._parsed(name, text, parse) if text else None

    def url(self, name: str, *schemes: str) -> str | None:
        """A URL, which may hold a password and come from a file, NAME_FILE."""
        path = self.environ.get(f"{name}_FILE", "").strip()
        if not path:
            return self.value(name, _url(*schemes))
        if self.environ.get(name, "").strip():
            self.problems.append(f"{name} is given twice, by {name}_FILE too.")
            return None
        text = self._parsed(f"{name}_FILE", path, _contents)
        return self._parsed(name, text, _url(*schemes)) if text else None

    def _parsed(self, name: str, text: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(text)
        except ValueError as error:
            self.problems.append(f"{name} {error}")
            return None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise ValueError("has to be a port number from 1 to 65535.")
    return int(text)


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("has to be on or off.")
    return text == "on"


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (OSError, KeyError, ValueError):
        raise ValueError("has to name a time zone, such as Asia/Tokyo.") from None


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("has to be a number of whole seconds.")
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise ValueError("has to be a mail address.")
    return text


def _contents(path: str) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ValueError("is not text.") from None
    if not text:
        raise ValueError("is empty.")
    return text


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.partition("://")[0] not in schemes or "://" not in text:
            expected = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"has to begin with {expected}.")
        if not _readable(text):
            raise ValueError("is no URL; what is special in its password has to be %-encoded.")
        return text

    return parse


def _readable(url: str) -> bool:
    """Whether every URL parser accepts it; one that does not would quote a part in its error."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    places = parts.netloc.rpartition("@")[2].split(",")
    rest = parts.path + parts.query + parts.fragment
    return all(_PLACE.fullmatch(place) for place in places) and "@" not in rest


def _check_gaps(reader: _Reader) -> None:
    low, _, high = (reader.value(name, _seconds) for name in GAPS)
    if low is not None and high is not None and low > high:
        reader.problems.append("PRESENCE_MIN_GAP is above PRESENCE_MAX_GAP.")


def _check_vendor(reader: _Reader) -> None:
    named, phone, url = (
        reader.environ.get(name) for name in ("VENDOR_NAME", "CONTACT_PHONE", "CONTACT_URL")
    )
    if named and not (phone or url):
        reader.problems.append("CONTACT_URL is missing, and so is CONTACT_PHONE.")


def _check_ports_differ(settings: RunSettings, reader: _Reader) -> None:
    taken: dict[int, str] = {}
    for name, port in settings.listening_ports():
        if other := taken.get(port):
            reader.problems.append(f"{other} and {name} are both {port}; they have to differ.")
        taken[port] = name
