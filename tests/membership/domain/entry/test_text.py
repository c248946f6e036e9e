"""Names as typed, readings in katakana, and when two of them are the same."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain.entry.text import (
    NAME_PATTERN,
    NOTE_PATTERN,
    READING_PATTERN,
    InvalidText,
    code,
    code_key,
    comparison_key,
    name,
    note,
    reading,
)

kana = st.text(alphabet=[chr(code) for code in range(0x3041, 0x3097)])


@pytest.mark.parametrize(
    "typed", ["髙﨑", "神田", "𠮷野家", "①㈱ﾔﾏﾄ", "葛\U000e0100城", "O'Neil-Šmid"]
)
def test_a_name_is_kept_as_typed(typed: str) -> None:
    """Unicode normalization would replace 神 (U+FA19), ① and half-width kana."""
    assert name(typed, longest=20) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  山田　 太郎 ", "山田 太郎"),
        ("か\u3099", "が"),
        ("\ufeff山\u200b田", "山田"),
        ("\u202a山田\u202c\u200e\n", "山田"),
        ("山\t田", "山 田"),
        ("\U000e0100葛\U000e0100城\u200d", "葛\U000e0100城"),
        ("نامه\u200cای", "نامه\u200cای"),
    ],
)
def test_spaces_and_invisible_characters_are_tidied(typed: str, kept: str) -> None:
    assert name(typed, longest=20) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("　 ", "empty"),
        ("\u200d", "empty"),
        ("\u3164", "empty"),
        ("\u2800", "empty"),
        ("\U000e0041", "empty"),
        ("\ufe0f", "empty"),
        ("あ" * 21, "too_long"),
        ("太郎\r\nBcc: x@y.example", "control_character"),
        ("\x1b[31m", "control_character"),
        ("a\u2028b", "control_character"),
        ("a\x00b", "control_character"),
        ("\ud800", "control_character"),
    ],
)
def test_a_text_that_is_no_name_is_refused(typed: str, code: str) -> None:
    """A42: no line break reaches a mail's header."""
    with pytest.raises(InvalidText) as refused:
        name(typed, longest=20)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "katakana"),
    [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"),
        ("ヤマダ", "ヤマダ"),
        ("か゛", "ガ"),
        ("ヴァイオリン ゔ", "ヴァイオリン ヴ"),
        ("ﾊﾟｰｸ", "パーク"),
        ("さゝき　いすゞ", "サヽキ イスヾ"),
        ("ﾊﾟ-ｸ", "パーク"),
        ("ジャン＝ポール・マラー", "ジャン=ポール・マラー"),
        ("カ）ﾔﾏﾄ", "カ)ヤマト"),
        ("\u200bやまだ\u2060", "ヤマダ"),
        ("", ""),
    ],
)
def test_a_reading_is_kept_in_katakana(typed: str, katakana: str) -> None:
    assert reading(typed, longest=20) == katakana


@pytest.mark.parametrize(
    "typed", ["山田", "yamada", "Ｓｍｉｔｈ", "ヤマダ2", "ヤマダ太郎", "㌔", "야마다"]
)
def test_a_reading_is_written_in_kana(typed: str) -> None:
    with pytest.raises(InvalidText) as refused:
        reading(typed, longest=20)
    assert refused.value.code == "not_kana"


@given(kana)
def test_hiragana_half_width_and_katakana_are_one_reading(typed: str) -> None:
    katakana = reading(typed, longest=1000)
    assert not any("ぁ" <= mark <= "ゖ" for mark in katakana)
    assert reading(unicodedata.normalize("NFD", katakana), longest=2000) == katakana


@given(st.text())
def test_tidying_a_tidied_text_changes_nothing(typed: str) -> None:
    for tidy in (name, reading):
        try:
            once = tidy(typed, longest=10_000)
        except InvalidText:
            continue
        assert tidy(once, longest=10_000) == once
        assert once == once.strip()
        assert "  " not in once


@given(st.text())
def test_width_case_and_spaces_make_no_difference(typed: str) -> None:
    assert comparison_key(f" {typed.upper().lower()}　") == comparison_key(typed.upper().lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙﨑", "高崎"),
        ("ＳＭＩＴＨ", "smith"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("山田　太郎", "山田太郎"),
        ("渡邊", "渡辺"),
    ],
)
def test_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    """R4."""
    assert comparison_key(one) == comparison_key(other)


@given(
    st.text(
        st.sampled_from("a 　\t\n\x7f\u061c\u00ad\u200b\u2028\ufeff\uffff")
        | st.characters(exclude_categories=["Cs"])
    )
)
@pytest.mark.parametrize(("tidy", "pattern"), [(name, NAME_PATTERN), (note, NOTE_PATTERN)])
def test_the_pattern_matches_exactly_the_accepted_texts(
    tidy: Callable[..., str], pattern: str, typed: str
) -> None:
    described = re.fullmatch(pattern.strip("^$"), typed) is not None
    try:
        tidy(typed, longest=10_000)
    except InvalidText:
        assert not described
    else:
        assert described


@pytest.mark.parametrize(
    "typed",
    [
        "A-1001",
        "ａ－１００１",
        "A‐1001",
        "Ａー１００１",
        "a − 1001",
        "A\u20111001",
        "A-1001\n",
        "\tA-\u200b1001",
        "A-10\n01",
        "\ufeffA-1001",
    ],
)
def test_spellings_of_one_customer_code_are_one_code(typed: str) -> None:
    assert code_key(code(typed, longest=50)) == "A-1001"


def test_different_codes_stay_different() -> None:
    assert len({code_key(code) for code in ("A-1001", "A1001", "A-10010", "B-1001")}) == 4


@given(st.from_regex(READING_PATTERN.strip("^$"), fullmatch=True))
def test_every_text_that_matches_the_pattern_is_a_reading(typed: str) -> None:
    reading(typed, longest=10_000)
