"""Settings with the details of the vendor, the company that runs the site, for mails and pages."""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from shared.colours import contrast
from shared.contracts.base import Locale
from shared.mailbox import Mailbox, read_mailbox
from shared.setting_types import Unit
from shared.settings import ServiceSettings

LEAST_CONTRAST = 4.5
"""The lowest contrast ratio of text and its background (WCAG 2.2, success criterion 1.4.3)."""

SURFACE = "#f2f2f2"
"""The darkest background of text on light pages: `--sunken` in web/src/styles/tokens.css."""

_PHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){8})[0-9+() -]+")

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Vendor:
    """The company that 弊社 means, the service's name, and the vendor's contact details.

    Fields that end in `_en` are for English; if one is empty, the other is used.
    """

    name: str
    service: str
    phone: str = ""
    url: str = ""
    hours: str = ""
    name_en: str = ""
    hours_en: str = ""

    def name_for(self, locale: Locale) -> str:
        """The name in this language."""
        return (self.name_en if locale == "en" else "") or self.name

    def hours_for(self, locale: Locale) -> str:
        """The hours of the phone line, in this language."""
        return (self.hours_en if locale == "en" else "") or self.hours


def _line(text: str) -> str:
    line = text.strip()
    if not line.replace("\u3000", " ").isprintable():  # Python calls a full-width space unprintable
        raise ValueError("has to be one line without control characters")
    return line


def _contact_phone(text: str) -> str:
    if text and not _PHONE.fullmatch(text):
        raise ValueError("has to be a phone number, as people write it: digits, +, -, ( and )")
    return text


def _is_url(text: str, *schemes: str) -> bool:
    """Whether it is a URL that a mail or a page can link to as it stands."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in schemes and bool(parts.hostname)
    except ValueError:
        return False
    return fits and text.isascii() and not re.search(r"[\s\"'<>]", text)


def _contact_url(text: str) -> str:
    if text and not _is_url(text, "https", "http"):
        raise ValueError("has to be an address that begins with https:// or http://")
    return text


def _page_url(text: str) -> str:
    if text and not _is_url(text, "https"):
        raise ValueError("has to be an address that begins with https://")
    return text


def _accent(text: str) -> str:
    colour = text.strip().lower()
    if not colour:
        return colour
    if not _COLOUR.fullmatch(colour):
        raise ValueError("has to be a colour as #rrggbb")
    ratio = contrast(colour, SURFACE)
    if ratio < LEAST_CONTRAST:
        raise ValueError(
            f"has a contrast of {int(ratio * 100) / 100:.2f}:1 on the pages' light grey"
            f" ({SURFACE}), which is too low for text; use a darker colour, with at least"
            f" {LEAST_CONTRAST}:1"
        )
    return colour


Line = Annotated[str, BeforeValidator(_line), Unit("characters")]
PageUrl = Annotated[Line, AfterValidator(_page_url)]
"""The URL of a page of the vendor's that our pages link to: https, or empty."""

AccentColour = Annotated[str, AfterValidator(_accent)]
"""A colour for text on white or light grey, and for white text on it: `#rrggbb`, or empty."""


class VendorSettings(ServiceSettings):
    """The settings about the vendor, for services that send mails or serve pages."""

    vendor_name: Line = Field(
        min_length=1,
        max_length=60,
        description="The company that runs the site, 弊社 in mails and on pages.",
    )
    vendor_name_en: Line = Field(
        "", max_length=60, description="The same in English; if empty, `VENDOR_NAME`."
    )
    service_name: Line = Field(
        "Zaiseki",
        min_length=1,
        max_length=40,
        description="The name of the service in mails and on pages.",
    )
    contact_phone: Annotated[Line, AfterValidator(_contact_phone)] = Field(
        "", max_length=30, description="The phone number for questions, in mails and on pages."
    )
    contact_url: Annotated[Line, AfterValidator(_contact_url)] = Field(
        "",
        max_length=200,
        validate_default=True,
        description="The web page for questions, in mails and on pages. `CONTACT_PHONE` or this is"
        " required.",
    )
    contact_hours: Line = Field(
        "", max_length=60, description="The hours of the phone line, such as `平日 9:00〜17:00`."
    )
    contact_hours_en: Line = Field(
        "", max_length=60, description="The same in English; if empty, `CONTACT_HOURS`."
    )
    mail_from: Annotated[Mailbox, BeforeValidator(read_mailbox)] = Field(
        description="The sender of mails: `Name <address>`, or only an address. Pages show the"
        " address, so that people can allow it."
    )

    @field_validator("contact_url")
    @classmethod
    def _or_contact_phone(cls, url: str, info: ValidationInfo) -> str:
        if not url and info.data.get("contact_phone") == "":
            raise ValueError("is missing, and so is CONTACT_PHONE")
        return url

    @property
    def vendor(self) -> Vendor:
        """The vendor's details for mails and pages."""
        return Vendor(
            name=self.vendor_name,
            service=self.service_name,
            phone=self.contact_phone,
            url=self.contact_url,
            hours=self.contact_hours,
            name_en=self.vendor_name_en,
            hours_en=self.contact_hours_en,
        )
