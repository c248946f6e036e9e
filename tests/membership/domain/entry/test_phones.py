"""Phone numbers: any spelling of the same number is the same number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain.entry.phones import (
    PATTERN,
    PLAUSIBLE_PATTERN,
    InvalidPhone,
    parse,
    plausible,
)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("03-1234-5678", "0312345678"),
        ("０３－１２３４－５６７８", "0312345678"),
        ("03ー1234ー5678", "0312345678"),
        ("03‐1234‐5678", "0312345678"),
        ("03−1234−5678", "0312345678"),
        ("03—1234–5678", "0312345678"),
        ("(03) 1234-5678", "0312345678"),
        ("（０３）１２３４　５６７８", "0312345678"),
        ("〔03〕1234・5678", "0312345678"),
        ("03.1234.5678", "0312345678"),
        ("+81 3 1234 5678", "0312345678"),
        ("+81(0)3-1234-5678", "0312345678"),
        ("＋８１－９０－１２３４－５６７８", "09012345678"),
        ("+810312345678", "0312345678"),
        ("0120-000-000", "0120000000"),
        (" 090 1234 5678\u200b", "09012345678"),
    ],
)
def test_spellings_of_one_number_are_one_number(typed: str, digits: str) -> None:
    assert parse(typed) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "031234567",
        "090123456789",
        "03-1234-5678 内線12",
        "+1 212 555 0100",
        "०३१२३४५६७८",
        "03-1234-567O",
        "+81",
    ],
)
def test_a_text_that_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidPhone):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("03-1234-5678", "0312345678"),
        ("+81 90 1234 5678", "09012345678"),
        ("81-3-1234-5678", "0312345678"),
        ("819012345678", "09012345678"),
        ("81(0)90-1234-5678", "09012345678"),
        ("0800-123-4567", "08001234567"),
        ("0120-000-000", "0120000000"),
        ("\u202a050-1234-5678\u202c", "05012345678"),
    ],
)
def test_a_plausible_number_begins_with_0_or_with_the_country(typed: str, digits: str) -> None:
    assert plausible(typed) == digits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9055507100", "phone_without_zero"),
        ("35551234", "phone_without_zero"),
        ("9012345678", "phone_without_zero"),
        ("355512345", "phone_without_zero"),
        ("３５５５１２３４５", "phone_without_zero"),
        ("90-1234-5678", "phone_without_zero"),
        ("0012345678", "invalid_phone"),
        ("03-1234-56789", "invalid_phone"),
        ("1.00E+10", "invalid_phone"),
        ("+1 212 555 0100", "invalid_phone"),
        ("", "invalid_phone"),
    ],
)
def test_a_number_that_cannot_exist_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(InvalidPhone) as refused:
        plausible(typed)
    assert refused.value.code == code


digits = st.from_regex(r"0[1-9][0-9]{8}|0[2-9]0[0-9]{8}", fullmatch=True)
gaps = st.sampled_from(["", "-", "－", "ー", "‐", "−", " ", "　", "(", ")", "（", "）", "."])


@given(digits, st.lists(gaps, min_size=11, max_size=11), st.booleans())
def test_separators_and_width_make_no_difference(
    number: str, between: list[str], wide: bool
) -> None:
    typed = "".join(gap + digit for gap, digit in zip(between, number, strict=False))
    assert parse(typed.translate(_WIDE) if wide else typed) == number
    assert plausible(typed.translate(_WIDE) if wide else typed) == number


@given(digits, st.sampled_from(["+81", "+81 ", "+81-", "+81(0)", "＋８１"]))
def test_the_country_code_makes_no_difference(number: str, country: str) -> None:
    assert parse(country + number[1:]) == number


@given(st.from_regex(PATTERN.strip("^$"), fullmatch=True))
def test_every_text_that_matches_the_pattern_is_a_number(typed: str) -> None:
    typed_digits = "".join(c for c in typed if c.isdigit())
    assert parse(typed) in (typed_digits, f"0{typed_digits.removeprefix('81')}")


@given(st.from_regex(PLAUSIBLE_PATTERN.strip("^$"), fullmatch=True))
def test_every_text_that_matches_the_strict_pattern_is_plausible(typed: str) -> None:
    assert plausible(typed) == "".join(c for c in typed if c.isdigit())


@given(st.text())
def test_a_number_has_10_or_11_digits_or_is_refused(typed: str) -> None:
    try:
        found = parse(typed)
    except InvalidPhone:
        return
    assert found.isascii()
    assert found.isdigit()
    assert len(found) in (10, 11)
    assert parse(found) == found


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
