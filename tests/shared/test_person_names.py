"""The order of family and given name in a mail."""

import pytest

from shared.person_names import written


@pytest.mark.parametrize(
    ("family_name", "given_name", "in_japanese", "in_english"),
    [
        ("山田", "太郎", "山田 太郎", "山田 太郎"),
        ("Smith", "John", "Smith John", "John Smith"),
        ("Yamada", "Taro", "Yamada Taro", "Taro Yamada"),
        ("Müller", "Jörg Ó Néill", "Müller Jörg Ó Néill", "Jörg Ó Néill Müller"),
        ("스미스", "존", "스미스 존", "스미스 존"),
        ("スミス", "John", "スミス John", "スミス John"),
        ("Smith", "太郎", "Smith 太郎", "Smith 太郎"),
        ("𠮷野", "Mary", "𠮷野 Mary", "𠮷野 Mary"),
        ("髙橋", "ｶｽﾞ", "髙橋 ｶｽﾞ", "髙橋 ｶｽﾞ"),
        ("Smith", "", "Smith", "Smith"),
        ("", "", "", ""),
    ],
)
def test_the_order_follows_the_recipients_language_or_the_letters(
    family_name: str, given_name: str, in_japanese: str, in_english: str
) -> None:
    assert written(family_name, given_name, "ja") == in_japanese
    assert written(family_name, given_name, "en") == in_english
