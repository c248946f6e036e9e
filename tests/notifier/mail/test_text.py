"""Texts typed by visitors, and answers of servers, made harmless."""

import pytest

from services.notifier.mail.text import one_line, recordable, unlinked, unlinked_lines


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("山田  太郎", "山田 太郎"),
        ("a\r\nb\0c\u2028d", "a b c d"),
        ("\u202eevil\u200b\ufeff", "evil"),
        ("", ""),
        ("x" * 121, "x" * 119 + "…"),
    ],
)
def test_a_text_is_put_on_one_line(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("J.Smith", "J. Smith"),
        ("https://evil.example/a?b=c", "https: //evil. example/a?b=c"),
        ("https:\u200b//evil.\u200bexample", "https: //evil. example"),
        ("evil.\u00adexample evil.\u202eexample", "evil. example evil. example"),
        ("evil.\0example", "evil. example"),
        ("Chrome 131.0.1 (Windows)", "Chrome 131.0.1 (Windows)"),
        ("株式会社", "株式会社"),
    ],
)
def test_a_text_cannot_become_a_link(typed: str, shown: str) -> None:
    assert unlinked(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", []),
        (" \n\u200b\n", []),
        ("a\nb", ["a", "b"]),
        ("\n\na\r\n\r\n\r\n\r\nb\r\n", ["a", "", "b"]),
        ("a\u2028b\x85c\vd\re\0f", ["a", "b", "c", "d", "e f"]),
        ("e.\nfg j.k", ["e.", "fg j. k"]),
        ("12345678\n90", ["12345678", "90"]),
        ("12345678\n901", ["12345678", "9…"]),
        ("1234567890\n123", ["1234567890…"]),
    ],
)
def test_no_line_of_a_text_can_become_a_link(typed: str, shown: list[str]) -> None:
    assert unlinked_lines(typed, limit=11) == shown


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("5.1.1 <taro@example.jp>: no such user", "5.1.1 <t***@example.jp>: no such user"),
        ("blocked, see https://x.test/?q=1\nbye", "blocked, see [link] bye"),
        ("spam: localhost/password#token=abc in body", "spam: [link] in body"),
        ("\udcff\udc80", "??"),
        ("x" * 300, "x" * 199 + "…"),
        ("no " * 20000, "no " * 66 + "n…"),
        (f"https://x.test/{'x' * 1970} taro@example.jp", "[link]"),
        ("@" * 40000, ""),
    ],
)
def test_an_answer_is_recorded_without_addresses(answer: str, kept: str) -> None:
    assert recordable(answer) == kept
