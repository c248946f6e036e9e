"""The notifier's settings, read from the environment and converted to their types."""

import re
from dataclasses import dataclass, field
from email.utils import getaddresses
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from shared import days
from shared.addresses import InvalidAddress, parse_domain
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
    Unit,
)
from shared.settings import ServiceSettings

Security = Literal["none", "starttls", "tls"]

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")

_PHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){8})[0-9+() -]+")

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


@dataclass(frozen=True, slots=True)
class Vendor:
    """The company that 弊社 means, the service's name, and the vendor's contact details for mails.

    Fields that end in `_en` are for English mails; if one is empty, the other is used.
    """

    name: str
    service: str
    phone: str = ""
    url: str = ""
    hours: str = ""
    name_en: str = ""
    hours_en: str = ""


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _line(text: str) -> str:
    line = text.strip()
    if not line.replace("\u3000", " ").isprintable():  # Python calls a full-width space unprintable
        raise ValueError("has to be one line without control characters")
    return line


def _contact_phone(text: str) -> str:
    if text and not _PHONE.fullmatch(text):
        raise ValueError("has to be a phone number, as people write it: digits, +, -, ( and )")
    return text


def _contact_url(text: str) -> str:
    if not text:
        return text
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or not text.isascii() or re.search(r"[\s\"'<>]", text):
        raise ValueError("has to be an address that begins with https:// or http://")
    return text


def _server(value: object) -> object:
    return SmtpServer.parse(value) if isinstance(value, str) else value


def _mailbox(value: object) -> object:
    return Mailbox.parse(value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line), Unit("characters")]


class NotifierSettings(ServiceSettings):
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
    mail_from: Annotated[Mailbox, BeforeValidator(_mailbox)] = Field(
        description="The sender of mails: `Name <address>`, or only an address."
    )
    mail_reply_to: Annotated[Mailbox | None, BeforeValidator(_mailbox)] = Field(
        None, description="The address for replies; without it, mails ask readers not to reply."
    )
    mail_keys_dir: KeyFolder = Field(
        description="A folder with private keys (X25519) in files `*.key`, each base64 of 32"
        " bytes; each mail is opened with the one it was sealed for."
    )
    vendor_name: Line = Field(
        min_length=1, max_length=60, description="The company that sends the mails, 弊社 in them."
    )
    vendor_name_en: Line = Field(
        "", max_length=60, description="The same in English mails; if empty, `VENDOR_NAME`."
    )
    service_name: Line = Field(
        "Zaiseki", min_length=1, max_length=40, description="The name of the service in mails."
    )
    contact_phone: Annotated[Line, AfterValidator(_contact_phone)] = Field(
        "", max_length=30, description="The phone number for questions, in mails."
    )
    contact_url: Annotated[Line, AfterValidator(_contact_url)] = Field(
        "",
        max_length=200,
        validate_default=True,
        description="The web page for questions, in mails. `CONTACT_PHONE` or this is required.",
    )
    contact_hours: Line = Field(
        "", max_length=60, description="The hours of the phone line, such as `平日 9:00〜17:00`."
    )
    contact_hours_en: Line = Field(
        "", max_length=60, description="The same in English mails; if empty, `CONTACT_HOURS`."
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

    @field_validator("contact_url")
    @classmethod
    def _or_contact_phone(cls, url: str, info: ValidationInfo) -> str:
        if not url and info.data.get("contact_phone") == "":
            raise ValueError("is missing, and so is CONTACT_PHONE")
        return url

    @property
    def vendor(self) -> Vendor:
        """The vendor's details for mails."""
        return Vendor(
            name=self.vendor_name,
            service=self.service_name,
            phone=self.contact_phone,
            url=self.contact_url,
            hours=self.contact_hours,
            name_en=self.vendor_name_en,
            hours_en=self.contact_hours_en,
        )

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
