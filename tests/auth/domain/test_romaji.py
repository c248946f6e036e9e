"""Kana in Latin letters, in the spellings that people use for their names."""

from itertools import product

import pytest

from services.auth.domain import romaji


def spelled(kana: str) -> set[str]:
    return {"".join(one) for one in product(*romaji.spellings(kana))}


@pytest.mark.parametrize(
    ("kana", "expected"),
    [
        ("たろう", {"taro", "tarou", "taroh", "taroo"}),
        ("おおの", {"ono", "oono", "ohno"}),
        ("ゆうき", {"yuki", "yuuki", "yuhki"}),
        ("けいこ", {"keiko"}),
        ("しょうじ", {"shoji", "shouji", "syozi", "syouji", "shohji"}),
        ("じゅんいち", {"junichi", "zyuniti", "jyunichi"}),
        ("なんば", {"namba", "nanba"}),
        ("はっとり", {"hattori"}),
        ("はっちょう", {"hatcho", "hatchou", "hattyou", "haccho"}),
        ("つちや", {"tsuchiya", "tutiya"}),
        ("ふじい", {"fujii", "hujii", "fuji", "huzii"}),
        ("じょーじ", {"joji", "joozi", "johji"}),
        ("ゔぃくとりあ", {"vikutoria"}),
    ],
)
def test_the_usual_spellings_of_a_name_are_known(kana: str, expected: set[str]) -> None:
    assert expected <= spelled(kana)


def test_every_kana_has_a_spelling() -> None:
    for code in range(ord("ぁ"), ord("ゖ") + 1):
        assert spelled(chr(code)) - {""}, chr(code)
        assert spelled(chr(code) + "ー" + chr(code))


def test_other_text_is_not_read_as_kana() -> None:
    assert romaji.is_kana("たろー")
    assert not romaji.is_kana("")
    assert not romaji.is_kana("太郎")
    assert not romaji.is_kana("たろa")
