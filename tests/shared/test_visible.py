"""Invisible characters are ignored in every field."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.addresses import Address
from shared.visible import compact, tidied, trimmed

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a\u202c\u202e\u2060\u2069\u3164"
)
UNSEEN += "\ufeff\uffa0\ufffa\U0001d173\U000e0001\U000e0041"
GAPS = " \t\n\r\u00a0\u2003\u2028\u2800\u3000"

around = st.text(st.sampled_from(UNSEEN + GAPS))


@given(around, around)
def test_an_address_is_read_without_its_invisible_characters(before: str, after: str) -> None:
    assert Address.parse(f"{before}Taro@Example.jp{after}").mailed == "Taro@example.jp"


@given(st.lists(st.text(st.sampled_from(UNSEEN + GAPS)), min_size=7, max_size=7))
def test_a_pasted_code_is_read_as_its_digits(between: list[str]) -> None:
    assert compact("".join(gap + digit for gap, digit in zip(between, "042195", strict=False))) == (
        "042195"
    )


@given(st.text(st.sampled_from(UNSEEN + GAPS + "\u200d\ufe0f\U000e0100")))
def test_a_text_of_invisible_characters_is_empty(typed: str) -> None:
    assert compact(typed.replace("\u200d", "")) == trimmed(typed) == tidied(typed) == ""


@given(st.text())
def test_tidying_a_tidied_text_changes_nothing(typed: str) -> None:
    for tidy in (compact, trimmed, tidied):
        assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    "typed", ["葛\U000e0100城", "❤\ufe0f\u200d🔥", "نامه\u200cای", "山田 太郎"]
)
def test_a_character_that_changes_the_one_before_it_stays(typed: str) -> None:
    assert tidied(typed) == typed


def test_every_format_character_is_a_sign_or_invisible() -> None:
    """The category Cf has a few visible signs: Arabic and Syriac ones, before numbers."""
    formats = {code for code in range(0x10000) if unicodedata.category(chr(code)) == "Cf"}
    stay = {code for code in formats if tidied(f"a{chr(code)}b") != "ab"}
    assert stay == {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x200C, 0x200D}
