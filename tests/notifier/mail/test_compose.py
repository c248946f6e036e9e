"""The bytes of a mail: headers, encodings, and no injection (A42)."""

import base64
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from services.notifier.errors import UnsafeAddress
from services.notifier.mail.compose import Composer
from services.notifier.mail.render import Rendered
from shared.mailbox import Mailbox
from tests.notifier.conftest import JAPAN

ID = UUID("0198c1b0-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 24, 4, 5, 6, tzinfo=UTC)
WORDS = Rendered(subject="【Zaiseki】在席確認", text="048213 髙﨑①Ⅱ㈱～\n", html="<p>048213</p>\n")


@pytest.fixture
def composer() -> Composer:
    sender = Mailbox(name="在席 サポート", address="no-reply@zaiseki.example")
    return Composer(sender, reply_to=None, service_name="Zaiseki", zone=JAPAN)


def compose(composer: Composer, words: Rendered = WORDS, to: str = "taro@example.jp") -> bytes:
    return composer.compose(words, id=ID, to=to, at=AT)


def test_a_mail_has_these_headers(composer: Composer) -> None:
    message = message_from_bytes(compose(composer), policy=policy.default)
    assert dict(message.items()) == {
        "From": "在席 サポート <no-reply@zaiseki.example>",
        "To": "taro@example.jp",
        "Subject": "【Zaiseki】在席確認",
        "Date": "Tue, 24 Nov 2026 13:05:06 +0900",
        "Message-ID": "<0198c1b0-0000-7000-8000-000000000001@zaiseki.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_0198c1b0000070008000000000000001"',
    }


def test_the_date_has_the_offset_of_the_vendors_zone() -> None:
    sender = Mailbox(name="", address="no-reply@zaiseki.example")
    there = Composer(sender, reply_to=None, service_name="x", zone=ZoneInfo("Europe/Berlin"))
    message = message_from_bytes(compose(there), policy=policy.default)
    assert message["Date"] == "Tue, 24 Nov 2026 05:05:06 +0100"


def test_both_bodies_travel_as_base64_in_utf8_text_first(composer: Composer) -> None:
    content = compose(composer)
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 100
    text, html = message_from_bytes(content, policy=policy.default).iter_parts()
    assert text["Content-Type"] == 'text/plain; charset="utf-8"'
    assert html["Content-Type"] == 'text/html; charset="utf-8"'
    assert {text["Content-Transfer-Encoding"], html["Content-Transfer-Encoding"]} == {"base64"}
    assert base64.b64decode(str(text.get_payload())).decode() == "048213 髙﨑①Ⅱ㈱～\r\n"
    assert base64.b64decode(str(html.get_payload())).decode() == "<p>048213</p>\r\n"


def test_subject_and_names_are_folded_alike_under_every_python(composer: Composer) -> None:
    """The folding of Python's own library differs between patch levels, and loses spaces."""
    words = Rendered(subject="支店 （本社） 営業部" * 2, text="x\n", html="x")
    assert compose(composer, words).startswith(
        b"From: =?utf-8?B?5Zyo5bitIOOCteODneODvOODiA==?= <no-reply@zaiseki.example>\r\n"
        b"To: taro@example.jp\r\n"
        b"Subject: =?utf-8?B?5pSv5bqXIO+8iOacrOekvu+8iSDllrbmpa3pg6jmlK/lupcg77yI?=\r\n"
        b" =?utf-8?B?5pys56S+77yJIOWWtualremDqA==?=\r\n"
        b"Date: "
    )


def test_every_attempt_sends_the_same_bytes(composer: Composer) -> None:
    assert compose(composer) == compose(composer)


def test_replies_go_to_the_configured_mailbox() -> None:
    composer = Composer(
        Mailbox(name="", address="no-reply@zaiseki.example"),
        reply_to=Mailbox(name="Support", address="support@zaiseki.example"),
        service_name="Zaiseki",
        zone=JAPAN,
    )
    message = message_from_bytes(compose(composer), policy=policy.default)
    assert message["From"] == "Zaiseki <no-reply@zaiseki.example>"
    assert message["Reply-To"] == "Support <support@zaiseki.example>"


@pytest.mark.parametrize("address", ["foo.@docomo.ne.jp", "a..b.@docomo.ne.jp", ".x-_@ezweb.ne.jp"])
def test_carrier_addresses_are_written_unchanged(composer: Composer, address: str) -> None:
    assert f"\r\nTo: {address}\r\n".encode() in compose(composer, to=address)


def test_a_long_address_is_not_folded(composer: Composer) -> None:
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 50}.example.jp"
    assert f"\r\nTo: {address}\r\n".encode() in compose(composer, to=address)


@pytest.mark.parametrize(
    "address",
    [
        "a@example.jp\r\nBcc: b@evil.example",
        "a@example.jp, b@evil.example",
        "a@example.jp>",
        "<a@example.jp>",
        "Taro <a@example.jp>",
        "a@example.jp ",
        "a\0@example.jp",
        "a\u2028@example.jp",
        "a b@example.jp",
        '"a b"@example.jp',
        "ａ@example.jp",
        "a@example.jp\n",
        "a@b@example.jp",
        "a@例え.jp",
        "",
    ],
)
def test_a_poisoned_address_is_refused(composer: Composer, address: str) -> None:
    """A42"""
    with pytest.raises(UnsafeAddress):
        compose(composer, to=address)


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\0", "\u2028", "\x85"])
def test_a_poisoned_subject_or_sender_adds_no_header(breaker: str) -> None:
    """A42"""
    sender = Mailbox(name=f"Z{breaker}Bcc: a@evil.example", address="no-reply@zaiseki.example")
    composer = Composer(sender, reply_to=None, service_name="Zaiseki", zone=JAPAN)
    words = Rendered(subject=f"hello{breaker}Bcc: a@evil.example", text="x\n", html="x")
    message = message_from_bytes(compose(composer, words), policy=policy.default)
    assert message["Subject"] == "hello Bcc: a@evil.example"
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["From"].addresses] == [
        "no-reply@zaiseki.example"
    ]
