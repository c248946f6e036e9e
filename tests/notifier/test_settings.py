"""Notifier's settings: the mail server and the sender."""

from pathlib import Path

import pytest

from services.notifier.settings import NotifierSettings, SmtpServer
from shared.mailbox import Mailbox
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
