"""The rules of wording for every mail, in every language and with every choice (R22)."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from services.notifier.mail.render import PARAMS, Rendered, Renderer, read_params
from shared.contracts.base import Locale
from tests.notifier.conftest import JAPAN, VENDOR

GOLDEN = Path(__file__).parents[1] / "contracts" / "mails"
ORIGIN = "https://accounts.example.jp"
JAPANESE = {
    "サインイン": "ログイン is the word",
    "こちら": "a link says where it leads",
    "することができ": "できます",
    "させていただ": "いたします",
    "[!！]": "no exclamation marks",
    "日本時間|UTC|JST": "a Japanese reader needs no time zone",
    "弊社(?!（株式会社ケイアイ）)": "弊社 is followed by the vendor's name",
    "[「」]": "only names of menus and buttons were quoted, and there are none yet",
    "ログイン画面|社内アカウント管理|メンバー管理|アカウントメニュー|お困りの場合": "no page yet",
    "ログイン中の画面": "ログインの手続き画面",
    "ほかの方が.*(使|知|変え)": "第三者が、…不正に利用",
    "お客様がお": "お客様ご自身がお手続きされた場合",
    "のあいだ|があるあいだ": "14日間, 承認待ちがある間は",
    r"メール[：<]|新しいメール\b(?!アドレス)": "the label is メールアドレス",
    "代表者など|代表者、": "会社の代表者または責任者",
    " (の|が|を|に|から|で|は)(?!、在席確認の確認コード)": "no space before a particle",
    "作り直|閉じられ": "アカウントの再作成, ログインできなくなります",
    "アドレスを[^。]*招待しま|アカウントは変わりま": "招待がありました, アカウントは変更されません",
    "に続けて失敗": "it would read as a login that follows a presence check",
}
ENGLISH = {
    r"(?i)\b(some|no|any|every)body\b|\bwhoever\b|\bpass (it|the link) on\b": "plain English",
    r"(?i)\bour staff\b": "the vendor has a name",
    r'["“”]': "only names of menus and buttons were quoted, and there are none yet",
    r"(?i)login page|account menu|trouble logging|operators' site": "no page exists",
    r"Company accounts": "no menu exists",
    r"(?i)\bsign[- ]?in\b": "log in is the word",
    "!": "no exclamation marks",
    r"company accounts of": "join, or a member of, a company",
    r"administrator of your company": "your company's administrator or the vendor",
    r"(?i)nothing that you need": "No action is needed",
    r"present (email )?address|answered wrongly|misused by|\bfor safety\b": "plain English",
    r"(?i)\bresum(e|ed|ing)\b": "an account is reactivated",
    r"(?i)cancel(ed|ing)\b|(recogni|authori|organi)z|\btoward\b": "British spelling, as elsewhere",
}
BUTTON = {"ja": "ボタン|ページ", "en": "button|page"}
COLUMNS = 76
"""How wide a line of the text part may be: a kanji takes two columns."""


def variants(template: str) -> Iterator[bytes]:
    """The example, and its variants with each choice, flag, and empty text of the contract."""
    values = json.loads((GOLDEN / f"{template}.json").read_bytes())
    yield json.dumps(values).encode()
    for name, field in PARAMS[template].model_fields.items():
        choices: tuple[object, ...] = ()
        if field.annotation is bool:
            choices = (False, True)
        elif get_origin(field.annotation) is Literal:
            choices = get_args(field.annotation)
        elif field.annotation is str and (name.endswith("_name") or field.default == ""):
            choices = ("",) if name != "member_name" else ()
        elif name == "name" and template == "seat_limit_changed":
            choices = ("",)
        for choice in choices:
            yield json.dumps(values | {name: choice}).encode()


def mails(locale: Locale) -> Iterator[tuple[str, Rendered]]:
    renderer = Renderer(origin=ORIGIN, vendor=VENDOR, zone=JAPAN)
    for template in sorted(PARAMS):
        for data in variants(template):
            yield template, renderer.render(read_params(template, data), locale)


def shown(mail: Rendered) -> tuple[str, str, str]:
    """Subject, text and visible HTML, paragraph by paragraph."""
    body = mail.html.partition("</head>")[2].replace("&#39;", "'").replace("&#34;", '"')
    return mail.subject, mail.text, re.sub(r"<[^>]+>", "<", body)


@pytest.mark.parametrize(("pattern", "instead"), JAPANESE.items())
def test_the_japanese_follows_the_rules_of_wording(pattern: str, instead: str) -> None:
    found = {
        (template, hit[0])
        for template, mail in mails("ja")
        for part in shown(mail)
        if (hit := re.search(pattern, part))
    }
    assert found == set(), instead


@pytest.mark.parametrize(("pattern", "instead"), ENGLISH.items())
def test_the_english_follows_the_rules_of_wording(pattern: str, instead: str) -> None:
    found = {
        (template, hit[0])
        for template, mail in mails("en")
        for part in shown(mail)
        if (hit := re.search(pattern, part))
    }
    assert found == set(), instead


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_no_line_of_the_text_part_is_wide(locale: Locale) -> None:
    """Except labels with their value, quoted notes and links, which stay on one line."""
    whole = re.compile(r"[^、。]{1,12}：|[A-Z][\w ]+: |> |https://")
    for template, mail in mails(locale):
        lines = [line for line in mail.text.splitlines() if not whole.match(line)]
        assert [line for line in lines if columns(line) > COLUMNS] == [], template


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_html_and_text_have_the_same_sentences(locale: Locale) -> None:
    """Sentence by sentence, except those that name the button or its page."""
    for template, mail in mails(locale):
        said = packed(mail.text)
        card = mail.html.partition('<td class="card"')[2].partition('<td class="foot"')[0]
        words = unescape(re.sub(r"<a .*?</a>|<(?:/?span|br)[^>]*>", "", card))
        for part in re.findall(r"<(?:p|h2|li|td)[ >][^<]*", words):
            sentences = re.split(r"(?<=。)|(?<=[.:])\s", part.partition(">")[2])
            missing = [one for one in sentences if packed(one) not in said]
            assert all(re.search(BUTTON[locale], one) for one in missing), (template, missing)


def packed(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


@pytest.mark.parametrize(
    ("locale", "name", "hours"),
    [
        ("ja", "株式会社ケイアイ", "受付時間：平日 9:00〜17:00"),
        ("en", "K.I. Corporation", "Hours: weekdays, 9:00 to 17:00 (Japan time)"),
    ],
)
def test_every_mail_names_the_vendor_and_its_contact(locale: Locale, name: str, hours: str) -> None:
    for template, mail in mails(locale):
        _, *bodies = shown(mail)
        for body in bodies:
            footer = body.rpartition("送信専用" if locale == "ja" else "Replies to")[2]
            for part in (name, hours, "03-1234-5678", "https://kei.example/contact"):
                assert part in footer, template


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_link_has_a_token_or_leads_to_the_contact_page(locale: Locale) -> None:
    """No other page works without a token."""
    for template, mail in mails(locale):
        links = {*re.findall(r"https?://\S+", mail.text), *re.findall('href="([^"]+)"', mail.html)}
        assert all("#token=" in link for link in links - {VENDOR.url}), template


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_missing_detail_of_the_vendor_leaves_no_gap(locale: Locale) -> None:
    data = (GOLDEN / "password_changed.json").read_bytes()
    params = read_params("password_changed", data)
    bare = replace(VENDOR, phone="", hours="", url="", name_en="", hours_en="")
    mail = Renderer(origin=ORIGIN, vendor=bare, zone=JAPAN).render(params, locale)
    for body in shown(mail)[1:]:
        assert not re.search(
            r"電話：|受付時間|お問い合わせページ|Phone|Hours|Contact page|None", body
        )
        assert "株式会社ケイアイ" in body
    spare = replace(VENDOR, hours_en="")
    text = Renderer(origin=ORIGIN, vendor=spare, zone=JAPAN).render(params, "en").text
    assert "\nHours: 平日 9:00〜17:00\n" in text


def test_the_vendors_texts_cannot_become_markup() -> None:
    odd = replace(VENDOR, name="K&I <b>", service="S'<i>")
    params = read_params("password_changed", (GOLDEN / "password_changed.json").read_bytes())
    mail = Renderer(origin=ORIGIN, vendor=odd, zone=JAPAN).render(params, "ja")
    assert "K&amp;I &lt;b&gt;" in mail.html
    assert "<b>" not in mail.html
    assert "<i>" not in mail.html
    assert "K&I <b>" in mail.text


@pytest.mark.parametrize("template", [name for name in PARAMS if name.startswith("registration_")])
def test_a_mail_about_a_registration_has_no_field_for_a_name(template: str) -> None:
    """R1, A42: a stranger could choose the name."""
    fields = set(PARAMS[template].model_fields)
    assert fields <= {
        "token", "expires_at", "requested_at", "decided_at", "customer_name", "reason", "note",
    }  # fmt: skip


def test_the_mail_about_a_lapsed_registration_asks_to_check_the_details() -> None:
    """R1: code or phone number may have been wrong; no answer reveals which."""
    told = dict(mails("ja"))["registration_lapsed"].text
    assert "お客様コードと電話番号に誤りがないか" in told
    assert "会社の代表者または責任者に、登録することをお伝えください。" in told


def test_the_presence_check_uses_the_words_of_the_faq() -> None:
    """R9"""
    told = dict(mails("ja"))["presence_check"].text
    assert "不正利用防止のため、ログイン時に不定期で在席の確認をお願いしています。" in told
    assert "\nログインの手続き画面に、確認コードを入力してください。\n" in told
