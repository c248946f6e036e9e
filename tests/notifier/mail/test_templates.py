"""Every mail in every language, from its golden example, without undefined variables (R22)."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from services.notifier.mail.render import PARAMS, TEMPLATES, Renderer, read_params
from shared.contracts.base import Locale
from tests.notifier.conftest import JAPAN, VENDOR

GOLDEN = Path(__file__).parents[2] / "contracts" / "mails"
LOCALES: tuple[Locale, ...] = get_args(Locale)
ORIGIN = "https://accounts.example.jp"

EVERY_MAIL = pytest.mark.parametrize("template", sorted(PARAMS))
EVERY_LANGUAGE = pytest.mark.parametrize("locale", LOCALES)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(origin=ORIGIN, vendor=VENDOR, zone=JAPAN)


def golden(template: str) -> bytes:
    return (GOLDEN / f"{template}.json").read_bytes()


def test_each_mail_has_an_example_and_its_templates_and_none_is_unused() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(PARAMS)
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(PARAMS)
    for template in PARAMS:
        files = {str(path.relative_to(TEMPLATES / template)) for path in _files(template)}
        assert files == {
            f"{locale}/{name}"
            for locale in LOCALES
            for name in ("subject.txt", "body.txt", "body.html")
        }


def _files(template: str) -> list[Path]:
    return [path for path in (TEMPLATES / template).rglob("*") if path.is_file()]


@EVERY_MAIL
def test_an_example_has_every_field_of_the_contract(template: str) -> None:
    assert set(json.loads(golden(template))) == set(PARAMS[template].model_fields)


@EVERY_MAIL
@EVERY_LANGUAGE
def test_a_mail_renders_and_keeps_to_the_conventions(
    renderer: Renderer, template: str, locale: Locale
) -> None:
    """The subject begins with the service's name and has no secret or link; both bodies have one
    link and the
    page of the footer."""
    values = json.loads(golden(template))
    mail = renderer.render(read_params(template, golden(template)), locale)
    assert mail.subject.startswith("【Zaiseki】" if locale == "ja" else "[Zaiseki] ")
    assert len(mail.subject) <= 60
    for secret in {"token", "code"} & set(values):
        assert values[secret] not in mail.subject
        assert values[secret] in mail.text
        assert values[secret] in mail.html
    links = set(re.findall(r"https?://\S+", mail.text))
    assert links == set(re.findall(r'href="([^"]+)"', mail.html))
    assert VENDOR.url in links
    assert len(links - {VENDOR.url}) <= 1
    assert all(f"\n{link}\n" in mail.text for link in links)
    assert len(mail.html.encode()) < 102_000 / 4
    assert f'<html lang="{locale}">' in mail.html
    assert not re.search(r"<img|<link|@import|url\(|src=", mail.html)


def typed(template: str, *types: object) -> list[str]:
    """The fields of these types, without those that have a few fixed values."""
    fields = PARAMS[template].model_fields
    return [name for name, field in fields.items() if field.annotation in types]


@EVERY_MAIL
@EVERY_LANGUAGE
def test_every_field_is_used(renderer: Renderer, template: str, locale: Locale) -> None:
    """Both bodies show every field of the contract."""
    values = json.loads(golden(template))
    texts = {name: str(values[name]) for name in typed(template, str, int)}
    mail = renderer.render(read_params(template, golden(template)), locale)
    assert [name for name, value in texts.items() if value not in mail.text] == []
    assert [name for name, value in texts.items() if value not in mail.html] == []
    for name in PARAMS[template].model_fields:
        if name.endswith("_at"):
            shown = f"{datetime.fromisoformat(values[name]).astimezone(JAPAN):%H:%M}"
            assert shown in mail.text
            assert shown in mail.html


CHOICES = [
    (template, name, (False, True) if field.annotation is bool else get_args(field.annotation))
    for template, kind in sorted(PARAMS.items())
    for name, field in kind.model_fields.items()
    if field.annotation is bool or get_origin(field.annotation) is Literal
]


@pytest.mark.parametrize(
    ("template", "name", "choices"), CHOICES, ids=[f"{choice[0]}-{choice[1]}" for choice in CHOICES]
)
@EVERY_LANGUAGE
def test_every_choice_has_its_own_words(
    renderer: Renderer, template: str, name: str, choices: tuple[object, ...], locale: Locale
) -> None:
    """Both bodies express each value of a role, a reason or a flag, never by its code."""
    values = json.loads(golden(template))
    mails = [
        renderer.render(read_params(template, json.dumps(values | {name: choice}).encode()), locale)
        for choice in choices
    ]
    assert len({mail.text for mail in mails}) == len(choices)
    assert len({mail.html for mail in mails}) == len(choices)
    for choice, mail in zip(choices, mails, strict=True):
        assert not re.search(rf"[:：] ?{choice}$", mail.text, re.MULTILINE)
        assert f">{choice}<" not in mail.html


@EVERY_MAIL
def test_no_mail_mixes_the_two_languages(renderer: Renderer, template: str) -> None:
    values = json.loads(golden(template)) | dict.fromkeys(typed(template, str), "Taro")
    mail = renderer.render(read_params(template, json.dumps(values).encode()), "en")
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    assert not japanese.search(mail.subject + mail.text)
    assert not japanese.search(mail.html.partition("</head>")[2])


@pytest.mark.parametrize("locale", LOCALES)
def test_a_rejection_may_be_without_a_company(renderer: Renderer, locale: Locale) -> None:
    values = json.loads(golden("registration_rejected"))
    values["customer_name"] = ""
    mail = renderer.render(
        read_params("registration_rejected", json.dumps(values).encode()), locale
    )
    for text in (mail.subject, mail.text, mail.html):
        assert "一郎商事" not in text
        assert "の社内アカウント" not in text
        assert "as a member of" not in text
