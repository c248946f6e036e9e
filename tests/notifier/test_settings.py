"""Notifier's settings: the mail server and the sender."""

import re
from pathlib import Path

import pytest

from services.notifier.settings import Mailbox, NotifierSettings, SmtpServer, Vendor
from shared.settings import SettingsError, load
from tests.signing import message_settings

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost:1025", SmtpServer("localhost", 1025, "none")),
        ("smtp://mailpit", SmtpServer("mailpit", 25, "none")),
        ("smtp+starttls://mx.example.jp", SmtpServer("mx.example.jp", 587, "starttls")),
        ("smtps://mx.example.jp", SmtpServer("mx.example.jp", 465, "tls")),
        (
            "smtps://user%40x:p%3Aw%2F@mx.example.jp:2465",
            SmtpServer("mx.example.jp", 2465, "tls", "user@x", "p:w/"),
        ),
        ("smtp://u:p@127.0.0.1:25", SmtpServer("127.0.0.1", 25, "none", "u", "p")),
        ("smtp://[::1]:25", SmtpServer("::1", 25, "none")),
    ],
)
def test_an_smtp_url_is_read(url: str, server: SmtpServer) -> None:
    assert SmtpServer.parse(url) == server


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("mx.example.jp:25", "has to begin with"),
        ("https://mx.example.jp", "has to begin with"),
        ("smtp://", "names no host"),
        ("smtp://u:secret@mx.example.jp", "would send the password in clear"),
        ("smtps://u:sec/ret@mx.example.jp", "has a port that is not a number"),
        ("smtps://u:secret@mx.example.jp℀", "is not a URL"),
    ],
)
def test_an_invalid_smtp_url_is_not_repeated_in_the_error(url: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault) as caught:
        SmtpServer.parse(url)
    assert "secret" not in str(caught.value)
    assert "sec" not in str(caught.value)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(SmtpServer.parse("smtps://u:secret@mx.example.jp"))


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


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "2026.key").write_text(KEY + "\n")
    return {
        "REDIS_URL": "redis://localhost",
        **{name.upper(): value for name, value in message_settings("notifier").items()},
        "NOTIFIER_DATABASE_URL": "postgresql:///x",
        "SMTP_URL": "smtp://localhost:1025",
        "MAIL_FROM": "Zaiseki <no-reply@zaiseki.example>",
        "VENDOR_NAME": "株式会社ケイアイ",
        "CONTACT_PHONE": "03-1234-5678",
        "MAIL_KEYS_DIR": str(tmp_path),
    }


def test_settings_come_from_the_environment(environment: dict[str, str]) -> None:
    settings = load(NotifierSettings, environment)
    assert settings.smtp_url == SmtpServer("localhost", 1025, "none")
    assert settings.mail_from == Mailbox("Zaiseki", "no-reply@zaiseki.example")
    assert (settings.mail_reply_to, settings.service_name, settings.senders) == (None, "Zaiseki", 4)
    assert settings.smtp_greeting_seconds == 300  # RFC 5321, section 4.5.3.2.1
    assert settings.smtp_contents_seconds == 600  # RFC 5321, section 4.5.3.2.6


def test_name_and_contact_of_the_vendor_are_required(
    environment: dict[str, str],
) -> None:
    """A phone number or a page is required; hours and English texts are optional."""
    assert load(NotifierSettings, environment).vendor == Vendor(
        name="株式会社ケイアイ", service="Zaiseki", phone="03-1234-5678"
    )
    page = environment | {"CONTACT_PHONE": "", "CONTACT_URL": "https://kei.example/contact"}
    assert load(NotifierSettings, page).vendor.url == "https://kei.example/contact"
    with pytest.raises(SettingsError) as caught:
        load(NotifierSettings, environment | {"CONTACT_PHONE": "", "VENDOR_NAME": " "})
    assert str(caught.value) == (
        "These settings are missing or wrong:\n"
        "  CONTACT_URL: is missing, and so is CONTACT_PHONE\n"
        "  VENDOR_NAME: String should have at least 1 character"
    )


def test_a_full_width_space_is_allowed_in_the_vendors_texts(environment: dict[str, str]) -> None:
    shown = {"VENDOR_NAME": "株式会社　ケイアイ　", "CONTACT_HOURS": "平日　9:00〜17:00"}
    vendor = load(NotifierSettings, environment | shown).vendor
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
    ],
)
def test_a_vendors_text_that_no_mail_can_show_is_refused(
    environment: dict[str, str], name: str, text: str, fault: str
) -> None:
    with pytest.raises(SettingsError, match=f"{name}: {re.escape(fault)}"):
        load(NotifierSettings, environment | {name: text})


def test_all_faults_are_reported_together(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "2025.key").write_text("AAAA")
    environment |= {"SMTP_URL": "http://u:secret@x", "MAIL_FROM": "nobody", "SENDERS": "0"}
    with pytest.raises(SettingsError) as caught:
        load(NotifierSettings, environment)
    assert str(caught.value) == (
        "These settings are missing or wrong:\n"
        "  MAIL_FROM: has to be an address, or a name and an address in angle brackets\n"
        "  MAIL_KEYS_DIR: has a file that is not base64 of 32 bytes, 2025.key\n"
        "  SENDERS: Input should be greater than or equal to 1\n"
        "  SMTP_URL: has to begin with smtp://, smtp+starttls:// or smtps://"
    )
