"""The notifier's settings, read from the environment and converted to their types."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from shared import days
from shared.mailbox import Mailbox, read_mailbox
from shared.setting_types import (
    DatabaseUrl,
    Days,
    Key,
    KeyFolder,
    Listen,
    Seconds,
    Secret,
    ServiceUrl,
    TimeZone,
)
from shared.vendor import VendorSettings

Security = Literal["none", "starttls", "tls"]

_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server. The URL's scheme sets the TLS mode; a connection never uses a weaker one."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read `smtp://`, `smtp+starttls://` or `smtps://`, with `user:password@` and a port.

        Raises:
            ValueError: The reason, without repeating the URL.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            raise ValueError("is not a URL") from None
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


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _server(value: object) -> object:
    return SmtpServer.parse(value) if isinstance(value, str) else value


class NotifierSettings(VendorSettings):
    """The settings of the notifier's processes."""

    notifier_database_url: DatabaseUrl = Field(
        description="The notifier's database, as the notifier's own role."
    )
    notifier_listen: Listen = Field(
        "127.0.0.1:8083", description="Where the notifier's API listens."
    )
    notifier_worker_listen: Listen = Field(
        "127.0.0.1:8183", description="Where the notifier's worker serves health and metrics."
    )
    notifier_message_key: Key = Field(
        description="The notifier's private key (Ed25519): signs its messages and receipts."
    )
    auth_url: ServiceUrl = Field(
        "http://127.0.0.1:8081",
        description="Where auth publishes its keys: `http://host:port`, or `unix:/path`.",
    )
    smtp_url: Annotated[SmtpServer, BeforeValidator(_server), Field(repr=False), Secret()] = Field(
        description="The mail server: `smtp://`, `smtp+starttls://` or `smtps://`, with"
        " `user:password@` if needed. Mails are never sent with less protection."
    )
    mail_reply_to: Annotated[Mailbox | None, BeforeValidator(read_mailbox)] = Field(
        None, description="The address for replies; without it, mails ask readers not to reply."
    )
    mail_keys_dir: KeyFolder = Field(
        description="A folder with private keys (X25519) in files `*.key`, each base64 of 32"
        " bytes; each mail is opened with the one it was sealed for."
    )
    time_zone: TimeZone = Field(
        days.JAPAN, description="The time zone of days and times that people type or read."
    )
    senders: int = Field(4, ge=1, le=64, description="Parallel connections to the mail server.")
    smtp_greeting_seconds: Seconds = Field(
        300, ge=1, le=600, description="How long the mail server may take for its greeting."
    )
    smtp_reply_seconds: Seconds = Field(
        300, ge=1, le=600, description="How long it may take for each later reply."
    )
    smtp_contents_seconds: Seconds = Field(
        600,
        ge=1,
        le=1800,
        description="How long it may take to reply to a mail's contents. If it is too short, people"
        " get mails twice.",
    )
    mails_kept_days: Days = Field(90, ge=30, description="How long records of mails are kept.")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of days and times in mails."""
        return days.zone_of(self.time_zone)

    @property
    def message_key(self) -> bytes:
        """Signs notifier's messages and receipts."""
        return self.notifier_message_key

    @property
    def dsn(self) -> str:
        """The database of the notifier's own role."""
        return self.notifier_database_url.get_secret_value()
