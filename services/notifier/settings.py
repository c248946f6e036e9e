"""What the notifier reads from the environment, each value already in the form that is used."""

import re
from dataclasses import dataclass, field
from email.utils import getaddresses
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

from shared.addresses import InvalidAddress, parse_domain
from shared.settings import SecretUrl, ServiceSettings

Security = Literal["none", "starttls", "tls"]

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")

_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mails go. The scheme fixes the protection; nothing is ever tried without it."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read `smtp://`, `smtp+starttls://` or `smtps://`, with `user:password@` and a port.

        Raises:
            ValueError: Says what is wrong, without repeating the URL.
        """
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES:
            raise ValueError("has to begin with smtp://, smtp+starttls:// or smtps://")
        if not parts.hostname:
            raise ValueError("names no host")
        security, default_port = _SCHEMES[parts.scheme]
        try:
            port = parts.port or default_port
        except ValueError:
            raise ValueError("has a port that is not a number") from None
        if parts.username is not None and security == "none" and not _loopback(parts.hostname):
            raise ValueError("would send the password in clear; use smtp+starttls:// or smtps://")
        return cls(
            host=parts.hostname,
            port=port,
            security=security,
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.username is None else unquote(parts.password or ""),
        )


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address of ours with the name that is shown beside it, empty if none was given."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the at sign."""
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


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _server(value: object) -> object:
    return SmtpServer.parse(value) if isinstance(value, str) else value


def _mailbox(value: object) -> object:
    return Mailbox.parse(value) if isinstance(value, str) and value else value or None


def _with_keys(folder: Path) -> Path:
    if not any(folder.glob("*.key")):
        raise ValueError("has to be a folder with at least one private key in a file *.key")
    return folder


class NotifierSettings(ServiceSettings):
    """The settings of the notifier's processes."""

    notifier_database_url: SecretUrl
    notifier_listen: str = "127.0.0.1:8083"
    auth_url: str = "http://127.0.0.1:8081"
    smtp_url: Annotated[SmtpServer, NoDecode, BeforeValidator(_server), Field(repr=False)]
    mail_from: Annotated[Mailbox, NoDecode, BeforeValidator(_mailbox)]
    mail_reply_to: Annotated[Mailbox | None, NoDecode, BeforeValidator(_mailbox)] = None
    mail_keys_dir: Annotated[Path, AfterValidator(_with_keys)]
    service_name: str = Field(default="Zaiseki", min_length=1, max_length=40)
    senders: int = Field(default=4, ge=1, le=64)
    mails_kept_days: int = Field(default=90, ge=30)
