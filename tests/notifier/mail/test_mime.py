"""Header fields: read back identically by every reader, the same bytes under every Python."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.notifier.mail import mime
from tests.notifier.header_readers import all_fields, has_perl, perl, pythons, written, wrong

REPORTED = "支店 （本社） 営業部"
TEXTS = [
    REPORTED,
    "【Zaiseki】ログインの確認：有限会社 山田（東京）商店 様  第２営業部",
    "支店　（本社）　営業部",
    "[Zaiseki] Set a new password",
    "A subject in English that is longer than the seventy-six characters of a single line",
    "a" * 300,
    "在" * 120,
    "𠮷野家 👩‍👩‍👧‍👦 🇯🇵 がぎぐ か\u3099",
    'Smith, John "Jack" (Tokyo) \\ <x@example.jp>; a: b',
    "=?utf-8?B?44GC?= and =?iso-8859-1?Q?a_b?=",
    " leading, double  and trailing ",
    "é",
    "Zaiseki",
    "J. Smith",
]

PIECES = st.sampled_from(
    [
        *(
            "支店",
            "（本社）",
            " ",
            "  ",
            "\u3000",
            "\u00a0",
            "𠮷",
            "👩\u200d👧",
            "か\u3099",
            "e\u0301",
            "é",
            "ｱ",
        ),
        *('"', "\\", "=?", "?=", "=", "?", "_", "%41", ",", "<", ">", "(", ")", "@", ".", ":", ";"),
        *("word", "x" * 90),
    ]
)
LINES = st.one_of(
    st.lists(PIECES, min_size=1, max_size=25).map("".join),
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=120
    ),
)


def fields(text: str) -> list[str]:
    return all_fields(mime, text)


@given(LINES)
@example(REPORTED)
def test_three_readers_read_back_the_written_text(text: str) -> None:
    for field in fields(text):
        assert wrong(field, text) == [], field


@given(LINES)
def test_fields_are_ascii_and_their_lines_are_short(text: str) -> None:
    for field in fields(text):
        assert field.isascii()
        assert field.endswith("\r\n")
        lines = field.split("\r\n")[:-1]
        assert max(map(len, lines)) <= 78
        assert "\r" not in "".join(lines)
        assert "\n" not in "".join(lines)


@pytest.mark.parametrize("text", TEXTS)
def test_complete_texts_are_read_back(text: str) -> None:
    for field in fields(text):
        assert wrong(field, text) == [], field


@pytest.mark.skipif(not has_perl(), reason="needs Perl with Encode::MIME::Header")
@pytest.mark.parametrize("text", [text for text in TEXTS if text == text.strip()])
def test_a_reader_that_is_not_python_agrees(text: str) -> None:
    assert perl(mime.text_field("Subject", text)) == text


def test_spaces_between_brackets_are_part_of_the_encoded_words() -> None:
    assert mime.text_field("Subject", REPORTED) == (
        "Subject: =?utf-8?B?5pSv5bqXIO+8iOacrOekvu+8iSDllrbmpa3pg6g=?=\r\n"
    )


def test_a_long_text_is_split_between_characters() -> None:
    first, second, third = mime.text_field("Subject", "在" * 35).split("\r\n")[:-1]
    assert first == f"Subject: =?utf-8?B?{'5Zyo' * 13}?="
    assert second == f" =?utf-8?B?{'5Zyo' * 15}?="
    assert third == f" =?utf-8?B?{'5Zyo' * 7}?="


@pytest.mark.parametrize(
    ("display", "field"),
    [
        ("Zaiseki", "From: Zaiseki <no-reply@zaiseki.example>\r\n"),
        ("Zaiseki Support", "From: Zaiseki Support <no-reply@zaiseki.example>\r\n"),
        ("J. Smith", 'From: "J. Smith" <no-reply@zaiseki.example>\r\n'),
        ('a"b\\c', 'From: "a\\"b\\\\c" <no-reply@zaiseki.example>\r\n'),
        ("", "From: no-reply@zaiseki.example\r\n"),
        ("在席", "From: =?utf-8?B?5Zyo5bit?= <no-reply@zaiseki.example>\r\n"),
        (
            "在席 サポート窓口",
            "From: =?utf-8?B?5Zyo5bitIOOCteODneODvOODiOeqk+WPow==?=\r\n"
            " <no-reply@zaiseki.example>\r\n",
        ),
    ],
)
def test_a_name_is_written_before_the_address(display: str, field: str) -> None:
    assert mime.mailbox_field("From", display, address="no-reply@zaiseki.example") == field


BODY = ("048213 髙﨑①Ⅱ㈱～\n.\n二行目", "<p>048213</p>\r\n<p>二</p>")


@pytest.mark.parametrize("python", pythons())
def test_every_python_writes_the_same_bytes_and_reads_them_back(python: str) -> None:
    made = written(python, texts=TEXTS, body=BODY)
    assert made["fields"] == [fields(text) for text in TEXTS]
    assert made["body"] == mime.alternative(*BODY, boundary="=_b")
    assert made["wrong"] == []
