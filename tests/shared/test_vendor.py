"""The settings about the vendor, for mails and pages."""

import re

import pytest

from shared.colours import contrast
from shared.mailbox import Mailbox
from shared.settings import SettingsError, load
from shared.vendor import AccentColour, PageUrl, Vendor, VendorSettings
from tests.signing import new_message_keys

GOOD = {
    "MESSAGE_PUBLIC_KEYS": new_message_keys()["MESSAGE_PUBLIC_KEYS"],
    "REDIS_URL": "redis://localhost",
    "MAIL_FROM": "Zaiseki <no-reply@zaiseki.example>",
    "VENDOR_NAME": "株式会社ケイアイ",
    "CONTACT_PHONE": "03-1234-5678",
}


class OwnSettings(VendorSettings):
    """Those of a service with pages."""

    terms_url: PageUrl = ""
    accent_color: AccentColour = ""

    @property
    def message_key(self) -> bytes:
        return b""

    @property
    def dsn(self) -> str:
        return ""


def read(**environment: str) -> OwnSettings:
    return load(OwnSettings, {**GOOD, **environment})


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("a@example.jp", Mailbox("", "a@example.jp")),
        ("在席 <a.b@Example.JP>", Mailbox("在席", "a.b@example.jp")),
        ("no-reply@localhost", Mailbox("", "no-reply@localhost")),
    ],
)
def test_a_mailbox_is_read(text: str, mailbox: Mailbox) -> None:
    assert Mailbox.parse(text) == mailbox


@pytest.mark.parametrize(
    "text", ["Zaiseki", "a@", "@b.jp", "a@b.jp, c@d.jp", "a@b.jp\nBcc: c@d.jp"]
)
def test_a_text_that_is_no_mailbox_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has "):
        Mailbox.parse(text)


def test_name_and_contact_of_the_vendor_are_required() -> None:
    """A phone number or a page is required; hours and English texts are optional."""
    assert read().vendor == Vendor(name="株式会社ケイアイ", service="Zaiseki", phone="03-1234-5678")
    page = {"CONTACT_PHONE": "", "CONTACT_URL": "https://kei.example/contact"}
    assert read(**page).vendor.url == "https://kei.example/contact"
    with pytest.raises(SettingsError) as caught:
        read(CONTACT_PHONE="", VENDOR_NAME=" ")
    assert str(caught.value) == (
        "These settings are missing or wrong:\n"
        "  CONTACT_URL: is missing, and so is CONTACT_PHONE\n"
        "  VENDOR_NAME: String should have at least 1 character"
    )


def test_missing_english_texts_are_replaced_by_the_others() -> None:
    """R22."""
    vendor = read(CONTACT_HOURS="平日 9:00〜17:00").vendor
    assert (vendor.name_for("en"), vendor.hours_for("en")) == (vendor.name, vendor.hours)
    english = {"VENDOR_NAME_EN": "K.I. Corporation", "CONTACT_HOURS_EN": "weekdays"}
    vendor = read(CONTACT_HOURS="平日 9:00〜17:00", **english).vendor
    assert (vendor.name_for("en"), vendor.hours_for("en")) == ("K.I. Corporation", "weekdays")
    assert (vendor.name_for("ja"), vendor.hours_for("ja")) == (vendor.name, vendor.hours)


def test_a_full_width_space_is_allowed_in_the_vendors_texts() -> None:
    vendor = read(VENDOR_NAME="株式会社　ケイアイ　", CONTACT_HOURS="平日　9:00〜17:00").vendor
    assert (vendor.name, vendor.hours) == ("株式会社　ケイアイ", "平日　9:00〜17:00")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("VENDOR_NAME", "a\nb", "has to be one line without control characters"),
        ("SERVICE_NAME", "a\u202eb", "has to be one line without control characters"),
        ("CONTACT_HOURS", "9\u2028b", "has to be one line without control characters"),
        ("CONTACT_PHONE", "call us", "has to be a phone number"),
        ("CONTACT_PHONE", "110", "has to be a phone number"),
        ("CONTACT_URL", "kei.example/contact", "has to be an address that begins with https://"),
        ("CONTACT_URL", "javascript:alert(1)", "has to be an address that begins with https://"),
        ("CONTACT_URL", 'https://kei.example/"x', "has to be an address that begins with"),
        ("CONTACT_URL", "https://[", "has to be an address that begins with"),
        ("TERMS_URL", "http://kei.example/terms", "has to be an address that begins with https://"),
        ("TERMS_URL", "javascript:alert(1)", "has to be an address that begins with https://"),
        ("TERMS_URL", "/terms", "has to be an address that begins with https://"),
        ("TERMS_URL", "https://kei.example/<x", "has to be an address that begins with https://"),
        ("ACCENT_COLOR", "rebeccapurple", "has to be a colour as #rrggbb"),
        ("ACCENT_COLOR", "#fff", "has to be a colour as #rrggbb"),
        ("ACCENT_COLOR", "#0a58ca; }", "has to be a colour as #rrggbb"),
        (
            "ACCENT_COLOR",
            "#777777",
            "has a contrast of 4.00:1 on the pages' light grey (#f2f2f2), which is too low for"
            " text; use a darker colour, with at least 4.5:1",
        ),
        ("ACCENT_COLOR", "#FFFFFF", "has a contrast of 1.11:1 on the pages' light grey"),
        ("ACCENT_COLOR", "#707070", "has a contrast of 4.42:1 on the pages' light grey"),
        ("MAIL_FROM", "Zaiseki", "has to be an address, or a name and an address in angle"),
    ],
)
def test_a_text_that_no_mail_or_page_can_show_is_refused(name: str, text: str, fault: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}: {re.escape(fault)}"):
        read(**{name: text})


def test_links_and_colour_of_pages_are_optional() -> None:
    unset = read()
    assert (unset.terms_url, unset.accent_color) == ("", "")
    given = read(TERMS_URL=" https://kei.example/terms", ACCENT_COLOR=" #0A58CA ")
    assert (given.terms_url, given.accent_color) == ("https://kei.example/terms", "#0a58ca")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        ("#ffffff", 1.0),
        ("#000000", 21.0),
        ("#767676", 4.54),
        ("#777777", 4.48),
        ("#ff0000", 4.0),
        ("#0000ff", 8.59),
        ("#008000", 5.14),
    ],
)
def test_contrast_is_as_wcag_computes_it(colour: str, ratio: float) -> None:
    assert (
        contrast(colour, "#ffffff")
        == contrast("#ffffff", colour)
        == pytest.approx(ratio, abs=0.005)
    )
