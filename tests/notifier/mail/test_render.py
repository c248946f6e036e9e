"""The texts of mails, word for word where it matters."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

import jinja2
import pytest

from services.notifier.errors import UnknownTemplate, UnreadableParams
from services.notifier.mail.render import Renderer, read_params
from shared.contracts.address_mails import EmailChanged, EmailChangeRejected
from shared.contracts.company_mails import RoleChanged, SeatLimitChanged, SuspensionReminder
from shared.contracts.mails import (
    MailParams,
    MemberJoined,
    PasswordReset,
    PasswordResetRequired,
    PresenceCheck,
    RegistrationConfirmation,
)
from tests.notifier.conftest import JAPAN, VENDOR

AT = datetime(2026, 11, 24, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(origin="http://localhost:8080", vendor=VENDOR, zone=JAPAN)


def presence_check(**changes: str) -> PresenceCheck:
    values = {"name": "山田 太郎", "code": "048213", "token": "abc-DEF_9", "browser": "Firefox"}
    return PresenceCheck(
        **(values | changes), expires_at=AT + timedelta(minutes=10), requested_at=AT
    )


def test_the_presence_check_in_japanese(renderer: Renderer) -> None:
    """R9: the code comes before the only link, which has a line of its own."""
    mail = renderer.render(presence_check(), "ja")
    assert mail.subject == "【Zaiseki】在席確認のお願い"
    assert mail.text == (
        "048213 は、在席確認の確認コードです。\n"
        "\n"
        "山田 太郎 様\n"
        "\n"
        "不正利用防止のため、ログイン時に不定期で在席の確認をお願いしています。\n"
        "\n"
        "ログインの手続き画面に、確認コードを入力してください。\n"
        "\n"
        "期限：2026年11月24日（火）13:15\n"
        "ログイン日時：2026年11月24日（火）13:05\n"
        "ブラウザー：Firefox\n"
        "\n"
        "コードを入力する代わりに、次のURLを開いて回答することもできます。\n"
        "ログインの手続き画面に表示されている2桁の番号をご用意ください。\n"
        "\n"
        "http://localhost:8080/presence-check#token=abc-DEF_9\n"
        "\n"
        "■ 心当たりがない場合\n"
        "上のURLを開き、心当たりがないことをお知らせください。\n"
        "確認コードと2桁の番号は、ほかの方に知らせないでください。\n"
        "弊社（株式会社ケイアイ）の担当者がお尋ねすることはありません。\n"
        "\n"
        "--\n"
        "このメールは、株式会社ケイアイのZaisekiから自動でお送りしています。\n"
        "送信専用のため、返信にはお答えできません。\n"
        "\n"
        "お問い合わせ先：株式会社ケイアイ\n"
        "電話：03-1234-5678\n"
        "受付時間：平日 9:00〜17:00\n"
        "お問い合わせページ：\n"
        "https://kei.example/contact\n"
    )
    assert '<p class="code" style="font-size:34px;font-weight:bold">048213</p>' in mail.html


@pytest.mark.parametrize(
    ("because", "ja", "en"),
    [
        ("denied", "心当たりがないという回答", "was reported as not yours"),
        ("wrong_answers", "誤った回答が繰り返されました", "were repeatedly answered"),
    ],
)
def test_the_mail_about_a_required_reset_gives_the_reason(
    renderer: Renderer, because: Literal["denied", "wrong_answers"], ja: str, en: str
) -> None:
    """R9: what happened, that all sessions have ended, and what to do."""
    params = PasswordResetRequired(
        name="山田 太郎", because=because, happened_at=AT, browser="Firefox"
    )
    in_japanese, in_english = renderer.render(params, "ja"), renderer.render(params, "en")
    assert ja in in_japanese.text
    assert ja in in_japanese.html
    assert "パスワードの再設定が必要です" in in_japanese.subject
    assert "パスワードの再設定をお申し込みください" in in_japanese.text
    assert en in in_english.text


def test_a_browser_without_a_known_name_leaves_no_gap(renderer: Renderer) -> None:
    """R9: a thief's program may be one, and the mail asks the member whether they know it."""
    unknown = presence_check(browser="")
    in_japanese, in_english = renderer.render(unknown, "ja"), renderer.render(unknown, "en")
    assert "ブラウザー：不明\n" in in_japanese.text
    assert "不明" in in_japanese.html
    assert "Browser: Unknown\n" in in_english.text


def test_the_password_reset_in_english(renderer: Renderer) -> None:
    """R7: what, when, which browser, and what to do if the member did not request it."""
    params = PasswordReset(
        name="Mary Major",
        token="t0ken",
        expires_at=AT + timedelta(minutes=30),
        requested_at=AT,
        browser="Chrome (Windows)",
    )
    mail = renderer.render(params, "en")
    assert mail.subject == "[Zaiseki] Set a new password"
    assert mail.text == (
        "Dear Mary Major,\n"
        "\n"
        "We received a request to reset your password.\n"
        "\n"
        "Open this link to set a new one:\n"
        "\n"
        "http://localhost:8080/password#token=t0ken\n"
        "\n"
        "Valid until: 24 Nov 2026, 13:35 JST (UTC+9)\n"
        "Requested: 24 Nov 2026, 13:05 JST (UTC+9)\n"
        "Browser: Chrome (Windows)\n"
        "\n"
        "The link works once. Do not share it with anyone.\n"
        "\n"
        "* If this was not you\n"
        "Do not open the link, and delete this message. Your password stays as it is.\n"
        "If these messages keep coming, contact your company's administrator or\n"
        "K.I. Corporation.\n"
        "\n"
        "--\n"
        "This message was sent automatically by Zaiseki, a service of\n"
        "K.I. Corporation.\n"
        "Replies to this address are not read.\n"
        "\n"
        "Contact: K.I. Corporation\n"
        "Phone: 03-1234-5678\n"
        "Hours: weekdays, 9:00 to 17:00 (Japan time)\n"
        "Contact page:\n"
        "https://kei.example/contact\n"
    )


def test_the_confirmation_mail_links_to_its_page(renderer: Renderer) -> None:
    """R2"""
    params = RegistrationConfirmation(token="abc", expires_at=AT)
    mail = renderer.render(params, "ja")
    assert "\nhttp://localhost:8080/registration#token=abc\n" in mail.text
    assert 'href="http://localhost:8080/registration#token=abc"' in mail.html


def test_a_time_of_any_offset_is_shown_in_japanese_time(renderer: Renderer) -> None:
    late = datetime(2026, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-5)))
    params = RegistrationConfirmation(token="t", expires_at=late)
    assert "2027年1月1日（金）13:59" in renderer.render(params, "ja").text
    assert "1 Jan 2027, 13:59 JST (UTC+9)" in renderer.render(params, "en").text


@pytest.mark.parametrize(
    ("zone", "ja", "en"),
    [
        ("Europe/Berlin", "11月24日（火）05:05（UTC+1）", "24 Nov 2026, 05:05 CET (UTC+1)"),
        (
            "America/St_Johns",
            "11月24日（火）00:35（UTC-3:30）",
            "24 Nov 2026, 00:35 NST (UTC-3:30)",
        ),
        ("Asia/Dubai", "11月24日（火）08:05（UTC+4）", "24 Nov 2026, 08:05 UTC+4"),
        ("UTC", "11月24日（火）04:05（UTC+0）", "24 Nov 2026, 04:05 UTC"),
        ("America/Los_Angeles", "11月23日（月）20:05（UTC-8）", "23 Nov 2026, 20:05 PST (UTC-8)"),
        ("Asia/Seoul", "11月24日（火）13:05\n", "24 Nov 2026, 13:05 KST (UTC+9)"),
    ],
)
def test_a_time_is_shown_in_the_vendors_zone_with_its_name(zone: str, ja: str, en: str) -> None:
    params = RegistrationConfirmation(token="t", expires_at=AT)
    there = Renderer(origin="https://a.example", vendor=VENDOR, zone=ZoneInfo(zone))
    assert ja in there.render(params, "ja").text
    assert en in there.render(params, "en").text


def test_summer_time_has_its_own_offset() -> None:
    params = RegistrationConfirmation(token="t", expires_at=datetime(2026, 7, 1, tzinfo=UTC))
    there = Renderer(origin="https://a.example", vendor=VENDOR, zone=ZoneInfo("Europe/Berlin"))
    assert "1 Jul 2026, 02:00 CEST (UTC+2)" in there.render(params, "en").text


def test_replies_are_invited_where_the_vendor_reads_them() -> None:
    params = RegistrationConfirmation(token="t", expires_at=AT)
    read = Renderer(origin="https://a.example", vendor=VENDOR, replies=True, zone=JAPAN)
    assert "このメールへの返信でもお問い合わせいただけます。" in read.render(params, "ja").text
    assert "you can also reply to this message" in read.render(params, "en").html


def test_the_configured_name_of_the_service_is_used(renderer: Renderer) -> None:
    renamed = replace(VENDOR, service="在席 Zaiseki")
    other = Renderer(origin="https://a.example/", vendor=renamed, zone=JAPAN)
    mail = other.render(presence_check(), "ja")
    assert mail.subject == "【在席 Zaiseki】在席確認のお願い"
    assert "\nhttps://a.example/presence-check#token=abc-DEF_9\n" in mail.text


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\0", "\u2028", "\u2029", "\x85", "\v"])
def test_a_name_cannot_begin_a_new_line(renderer: Renderer, breaker: str) -> None:
    """A42"""
    poisoned = presence_check(name=f"Taro{breaker}Bcc: everybody@evil.example")
    mail = renderer.render(poisoned, "ja")
    assert "\nTaro Bcc: everybody@evil. example 様\n" in mail.text
    assert mail.subject == "【Zaiseki】在席確認のお願い"


def test_a_name_cannot_become_a_link(renderer: Renderer) -> None:
    """A42: a visitor who registers another person's address chooses the name."""
    mail = renderer.render(presence_check(name="当選 https://evil.example/x をご覧ください"), "ja")
    assert "当選 https: //evil. example/x をご覧ください 様" in mail.text
    assert mail.html.count("href=") == 3


def test_a_name_cannot_become_markup(renderer: Renderer) -> None:
    mail = renderer.render(presence_check(name="<a href=x>&'\""), "ja")
    assert "<p>&lt;a href=x&gt;&amp;&#39;&#34; 様</p>" in mail.html
    assert "<a href=x>&'\" 様" in mail.text


def test_a_name_is_not_rendered_as_a_template(renderer: Renderer) -> None:
    assert "{{ token }} 様" in renderer.render(presence_check(name="{{ token }}"), "ja").text


def test_rare_characters_of_japanese_names_are_kept(renderer: Renderer) -> None:
    for name in ("髙橋 﨑子", "①Ⅱ㈱～", "葛\U000e0100城", "𠮷野", "Günther Ōno"):
        assert f"\n{name} 様\n" in renderer.render(presence_check(name=name), "ja").text


def test_a_long_name_is_cut_and_a_long_address_is_not(renderer: Renderer) -> None:
    params = MemberJoined(
        name="x" * 5000,
        customer_name="株式会社一郎商事",
        member_email="a" * 64 + "@" + "b" * 60 + ".example.jp",
        joined_at=AT,
    )
    mail = renderer.render(params, "ja")
    assert mail.text.startswith("x" * 119 + "… 様\n")
    assert f"\nメールアドレス：{params.member_email}\n" in mail.text


def rejection(note: str) -> EmailChangeRejected:
    return EmailChangeRejected(name="山田 太郎", reason="other", note=note, decided_at=AT)


def test_a_note_is_shown_if_there_is_one(renderer: Renderer) -> None:
    """R3: the approver's own words follow the reason."""
    mail = renderer.render(rejection("総務の髙橋まで内線でご連絡ください。"), "ja")
    assert (
        "\n理由：その他の理由\n"
        "決定日時：2026年11月24日（火）13:05\n"
        "\n"
        "承認者からの連絡：\n"
        "> 総務の髙橋まで内線でご連絡ください。\n"
        "\n"
        "■ ご不明な点がある場合\n"
    ) in mail.text
    assert '<p class="note">総務の髙橋まで内線でご連絡ください。</p>' in mail.html


@pytest.mark.parametrize("note", ["", " \n", "\u200b\u202e\0"])
def test_a_blank_note_leaves_no_label(renderer: Renderer, note: str) -> None:
    mail = renderer.render(rejection(note), "ja")
    assert "承認者からの連絡" not in mail.text + mail.html
    assert "\n\n■ ご不明な点がある場合\n" in mail.text


def test_a_note_cannot_become_a_link_or_markup(renderer: Renderer) -> None:
    """A42: not even with invisible characters between dots and slashes."""
    typed = "<b>至急</b> https:\u200b//evil.\u00adexample/x または www.evil.example"
    shown = "https: //evil. example/x または www. evil. example"
    mail = renderer.render(rejection(typed), "ja")
    assert f"\n承認者からの連絡：\n> <b>至急</b> {shown}\n" in mail.text
    assert f">&lt;b&gt;至急&lt;/b&gt; {shown}</p>" in mail.html
    assert mail.html.count("href=") == 1, "the page of the footer"


def test_a_note_keeps_its_lines_and_is_marked_as_quoted(renderer: Renderer) -> None:
    """A42: each line is quoted, also one in a right-to-left script; in HTML they are in a box."""
    typed = "\r\na\r\n\r\n\r\n■ 重要\u2028b\u202ec\r<br>https:\n//evil.example/x\n"
    mail = renderer.render(rejection(typed), "ja")
    assert (
        "\n承認者からの連絡：\n> a\n>\n> ■ 重要\n> bc\n> <br>https:\n"
        "> //evil. example/x\n\n■ ご不明"
    ) in mail.text
    assert (
        '<p class="note">a<br>\n<br>\n■ 重要<br>\nbc<br>\n&lt;br&gt;https:<br>\n'
        "//evil. example/x</p>"
    ) in mail.html


def test_no_inline_style_overrides_the_style_sheet(renderer: Renderer) -> None:
    """An inline `sans-serif` overrode the font of `.card`; all three parts have the same fonts."""
    html = renderer.render(rejection("x"), "ja").html
    sheet = html.partition("<style>")[2].partition("@media")[0]
    fonts = re.findall(r'class="(?:brand|card|foot)" style="font-family:([^"]+)"', html)
    assert len(fonts) == 3
    assert len(set(fonts)) == 1
    assert "Hiragino Sans" in fonts[0]
    for tag in re.findall(r"<\w+ [^>]*style=[^>]*>", html):
        classes = re.findall(r'class="([^"]+)"', tag)
        for name in (name for group in classes for name in group.split()):
            rules = re.findall(rf"\.{name} {{([^}}]*)}}", sheet)
            ruled = set(re.findall(r"([\w-]+):", " ".join(rules)))
            inline = set(re.findall(r"([\w-]+):", tag.partition("style=")[2]))
            assert not ruled & inline, tag


@pytest.mark.parametrize("part", ["brand", "card", "foot"])
def test_a_long_word_wraps_in_every_part(renderer: Renderer, part: str) -> None:
    """A service name of one long word widened the whole mail; Safari before 15.4 supports only
    `word-break: break-word`."""
    sheet = renderer.render(rejection("x"), "ja").html.partition("@media")[0]
    rules = " ".join(re.findall(rf"^(?:\.\w+, )*\.{part}\b[^{{]*{{([^}}]*)}}", sheet, re.MULTILINE))
    assert "overflow-wrap: anywhere" in rules
    assert "word-break: break-word" in rules


def test_a_note_may_be_longer_than_a_name(renderer: Renderer) -> None:
    mail = renderer.render(rejection("長" * 500), "ja")
    assert "承認者からの連絡：\n> " + "長" * 500 + "\n" in mail.text
    cut = renderer.render(rejection("長" * 501), "ja")
    assert "承認者からの連絡：\n> " + "長" * 499 + "…\n" in cut.text


def test_a_masked_address_stays_readable(renderer: Renderer) -> None:
    """R10"""
    params = EmailChanged(name="x", new_email="t***@ichiro-shoji.example.jp", changed_at=AT)
    mail = renderer.render(params, "ja")
    assert "\n新しいメールアドレス：t***@ichiro-shoji.example.jp\n" in mail.text
    assert "t***@ichiro-shoji.example.jp" in mail.html


def test_a_date_is_the_day_in_the_vendors_zone(renderer: Renderer) -> None:
    """B2: the date of a suspension card has no time."""
    params = SuspensionReminder(
        name="髙橋 花子",
        customer_name="株式会社一郎商事",
        member_name="山田 太郎",
        member_email="taro@ichiro-shoji.example.jp",
        reason="on_leave",
        until=datetime(2026, 11, 30, 15, tzinfo=UTC),
    )
    assert "\n終了予定日：2026年11月30日（月）\n" in renderer.render(params, "ja").text
    assert "\nPlanned end: 30 Nov 2026\n" in renderer.render(params, "en").text
    west = Renderer(origin="https://a.example", vendor=VENDOR, zone=ZoneInfo("America/New_York"))
    midnight = params.model_copy(update={"until": datetime(2026, 11, 30, 5, tzinfo=UTC)})
    assert "\n終了予定日：2026年11月29日（日）\n" in west.render(midnight, "ja").text


@pytest.mark.parametrize("name", ["髙橋 花子", ""])
def test_owners_and_operators_are_told_that_a_company_is_full(
    renderer: Renderer, name: str
) -> None:
    """R5: each mail says what its recipient can do."""
    params = SeatLimitChanged(
        name=name,
        customer_code="C-10023",
        customer_name="株式会社一郎商事",
        limit=15,
        used=18,
        because="raise_lapsed",
        changed_at=AT,
    )
    mail = renderer.render(params, "ja")
    assert mail.text.startswith("髙橋 花子 様\n" if name else "担当者各位\n")
    assert ("弊社（株式会社ケイアイ）までご相談ください" in mail.text) is bool(name)
    assert "\n利用者数：18名\n上限：15名\n" in mail.text


def test_an_operator_is_not_named_in_a_mail(renderer: Renderer) -> None:
    """R17"""
    params = RoleChanged(
        name="山田 太郎",
        customer_name="株式会社一郎商事",
        role="owner",
        changed_by_name="",
        changed_at=AT,
    )
    assert "\n変更した方：株式会社ケイアイの担当者\n" in renderer.render(params, "ja").text
    assert "\nChanged by: K.I. Corporation\n" in renderer.render(params, "en").text


def test_the_same_parameters_give_the_same_mail(renderer: Renderer) -> None:
    assert renderer.render(presence_check(), "en") == renderer.render(presence_check(), "en")


def test_an_undefined_variable_is_an_error(renderer: Renderer) -> None:
    class Less(MailParams):
        TEMPLATE = "password_reset"

    with pytest.raises(jinja2.UndefinedError):
        renderer.render(Less(), "ja")


def test_parameters_are_validated_by_the_class_of_their_template() -> None:
    data = presence_check().model_dump_json().encode()
    assert read_params("presence_check", data) == presence_check()
    with pytest.raises(UnknownTemplate, match=r"^presence_chec$"):
        read_params("presence_chec", data)


@pytest.mark.parametrize("data", [b"{}", b"secret", b'{"name": 1}', b"\xff"])
def test_an_error_in_the_parameters_does_not_repeat_them(data: bytes) -> None:
    with pytest.raises(UnreadableParams) as caught:
        read_params("registration_confirmation", data)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None
