"""The master file: encodings, columns, lines; every bad row with its place and reason (R1)."""

from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain.table_file import customer_rows, table_file
from services.membership.domain.table_file.customer_rows import CustomerRow
from services.membership.domain.table_file.table_file import FaultyFile

JAPANESE = "お客様コード,会社名,フリガナ,区分,電話番号,メールドメイン,アカウント上限"
ENGLISH = "code,name,name_kana,kind,phone,email_domains,seat_limit"


def _rows(text: str, encoding: str = "utf-8") -> list[CustomerRow]:
    return customer_rows.validate(table_file.read(text.encode(encoding), customer_rows.LAYOUT))


def _faults(text: str | bytes) -> list[tuple[int, str, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FaultyFile) as refused:
        customer_rows.validate(table_file.read(data, customer_rows.LAYOUT))
    return [(one.cell.row, one.cell.header, one.code) for one in refused.value.faults]


def _with(cells: Iterable[str]) -> str:
    return f"{ENGLISH}\n{','.join(cells)}\n"


@pytest.mark.parametrize(
    "header", [JAPANESE, ENGLISH, " ＣＯＤＥ ,Name,ﾌﾘｶﾞﾅ,区 分,電話番号,Email_Domains,seat_limit"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headers_in_both_languages_and_any_line_end_are_read(header: str, end: str) -> None:
    [row] = _rows(f"{header}{end}K-1,甲,コウ,法人,0300001001,A.Example;b.test ; ,７{end}")
    assert row == CustomerRow(
        code="K-1",
        code_key="K-1",
        name="甲",
        kind="corporation",
        phone="0300001001",
        name_kana="コウ",
        domains=frozenset({"a.example", "b.test"}),
        seat_limit=7,
    )


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("法人", "corporation"),
        ("団体", "institution"),
        ("学校などの団体", "institution"),
        ("個人事業主", "sole_proprietor"),
        ("corporation", "corporation"),
        ("Institution", "institution"),
        ("sole_proprietor", "sole_proprietor"),
    ],
)
def test_each_spelling_of_a_kind_is_read(word: str, kind: str) -> None:
    [row] = _rows(_with(["K-1", "甲", "", word, "0300001001", "", ""]))
    assert row.kind == kind


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (["", "甲", "", "法人", "0300001001", "", ""], "code", "empty"),
        (["K" * 51, "甲", "", "法人", "0300001001", "", ""], "code", "too_long"),
        (["K-1", " 　", "", "法人", "0300001001", "", ""], "name", "empty"),
        (["K-1", "あ" * 101, "", "法人", "0300001001", "", ""], "name", "too_long"),
        (["K-1", "a\x07b", "", "法人", "0300001001", "", ""], "name", "control_character"),
        (["K-1", "\u3164", "", "法人", "0300001001", "", ""], "name", "empty"),
        (["K-1", "a\ufffdb", "", "法人", "0300001001", "", ""], "name", "damaged_character"),
        (["K-1", "甲", "a\x00", "法人", "0300001001", "", ""], "name_kana", "control_character"),
        (["K-1", "甲", "", "", "0300001001", "", ""], "kind", "empty"),
        (["K-1", "甲", "", "会社", "0300001001", "", ""], "kind", "unknown_kind"),
        (["K-1", "甲", "", "法人", "", "", ""], "phone", "empty"),
        (["K-1", "甲", "", "法人", "12345", "", ""], "phone", "invalid_phone"),
        (
            ["K-1", "甲", "", "法人", "0300001001", "a b.example", ""],
            "email_domains",
            "invalid_domain",
        ),
        (
            ["K-1", "甲", "", "法人", "0300001001", "info@a.example", ""],
            "email_domains",
            "invalid_domain",
        ),
        (
            ["K-1", "甲", "", "法人", "0300001001", "localhost", ""],
            "email_domains",
            "invalid_domain",
        ),
        (
            ["K-1", "甲", "", "法人", "0300001001", "a.test;gmail.com", ""],
            "email_domains",
            "personal_domain",
        ),
        (
            ["K-1", "甲", "", "法人", "0300001001", "t.vodafone.ne.jp", ""],
            "email_domains",
            "personal_domain",
        ),
        (["K-1", "甲", "", "法人", "0300001001", "", "0"], "seat_limit", "invalid_seat_limit"),
        (["K-1", "甲", "", "法人", "0300001001", "", "10001"], "seat_limit", "invalid_seat_limit"),
        (["K-1", "甲", "", "法人", "0300001001", "", "1.5"], "seat_limit", "invalid_seat_limit"),
        (["K-1", "甲", "", "法人", "0300001001", "", "-1"], "seat_limit", "invalid_seat_limit"),
        (["K-1", "甲", "", "法人", "0300001001", "", "", "x"], "", "too_many_cells"),
    ],
)
def test_each_fault_is_reported_with_its_cell(cells: list[str], column: str, code: str) -> None:
    assert _faults(_with(cells)) == [(2, column, code)]


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        ("code,name,kind", [(1, "電話番号 (phone)", "missing_column")]),
        ("code,name,kind,phone,メール", [(1, "メール", "unknown_column")]),
        ("code,name,kind,phone,seat limits", [(1, "seat limits", "unknown_column")]),
        ("code,name,kind,phone,会社名", [(1, "会社名", "duplicate_column")]),
        ("code,name,,kind,phone", [(1, "", "unknown_column")]),
        ("K-1,甲,法人,0300001001", [(1, "", "no_header")]),
    ],
)
def test_faults_of_the_header_are_reported(header: str, faults: list[tuple[int, str, str]]) -> None:
    assert _faults(f"{header}\nK-1,甲,法人,0300001001,x\n") == faults


def test_faults_name_columns_as_the_file_does() -> None:
    faults = _faults(f"{JAPANESE}\nK-1,甲,,会社,1,gmail.com,x\n")
    assert [column for _, column, _ in faults] == [
        "区分",
        "電話番号",
        "メールドメイン",
        "アカウント上限",
    ]


def test_faults_count_rows_and_columns_as_a_spreadsheet_does() -> None:
    """A cell with a line feed belongs to one row, and a blank line is a row."""
    text = (
        f"{ENGLISH}\r\n"
        '"K-1","line\r\nbreaks\r\nin here",,法人,1,,\r\n'
        "\r\n"
        ",,,,,,\r\n"
        "K-2,乙,,法人,2,,\r\n"
    )
    with pytest.raises(FaultyFile) as refused:
        _rows(text)
    assert [str(fault.cell) for fault in refused.value.faults] == ["E2", "E5"]


def test_a_code_that_occurs_twice_is_a_fault() -> None:
    rows = ["K-1,甲,,法人,0300001001,,", "ｋ－１,乙,,法人,0300001002,,", "K‐1,,,法人,0,,"]
    with pytest.raises(FaultyFile) as refused:
        _rows("\n".join((ENGLISH, *rows)))
    faults = [(str(one.cell), one.code, one.detail) for one in refused.value.faults]
    assert faults == [
        ("A3", "duplicate_code", "A2"),
        ("A4", "duplicate_code", "A2"),
        ("B4", "empty", ""),
        ("E4", "invalid_phone", "0"),
    ]


def test_missing_cells_at_the_end_of_a_row_are_empty() -> None:
    [row] = _rows(f"{ENGLISH}\nK-1,甲,,法人,0300001001\n")
    assert (row.domains, row.seat_limit) == (frozenset(), None)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"", [(1, "", "empty_file")]),
        (b"\n\n,,\n", [(1, "", "empty_file")]),
        ("お客様コード\n".encode("utf-32"), [(1, "", "unknown_encoding")]),
        ("お客様コード\n".encode("iso2022_jp"), [(1, "", "unknown_encoding")]),
        (b"\xef\xbb\xbfcode,name,kind,phone\nK-1,\x8e\xa9,x,y\n", [(1, "", "unknown_encoding")]),
        (b'code,name,kind,phone\nK-1,"a\nb', [(2, "", "not_csv")]),
        (b'code,name,kind,phone\nK-1,"a"b,c,d\n', [(2, "", "not_csv")]),
    ],
)
def test_a_file_of_another_kind_is_refused(data: bytes, faults: list[tuple[int, str, str]]) -> None:
    assert _faults(data) == faults


@pytest.mark.parametrize("name", ["株式会社山田商店", "田中工業", "髙橋建設", "㈱鈴木"])
def test_a_row_in_euc_jp_is_not_read_as_cp932(name: str) -> None:
    """Its bytes are valid CP932 too: half-width kana and rare kanji, ﾅﾄﾃ貉ｩｶﾈ."""
    row = f"{ENGLISH}\nK-1,{name},,corporation,0300001001,,\n"
    assert _faults(row.encode("euc_jis_2004", "replace")) == [(1, "", "unknown_encoding")]


@pytest.mark.parametrize("name", ["ABC社", "ｶﾌｪ", "ｱｲｳｴ", "髙﨑", "芝商店"])
def test_a_row_in_cp932_is_not_taken_for_euc_jp(name: str) -> None:
    [row] = _rows(f"{ENGLISH}\nK-1,{name},,corporation,0300001001,,\n", "cp932")
    assert row.name == name


@pytest.mark.parametrize("limit", ["5²", "5②", "⒌", "½"])
def test_r5_a_mark_beside_a_limit_is_not_read_as_a_digit(limit: str) -> None:
    data = f"{ENGLISH}\nK-1,甲,,corporation,0300001001,,{limit}\n"
    assert _faults(data) == [(2, "seat_limit", "invalid_seat_limit")]


def test_bytes_that_cp932_does_not_use_are_a_fault() -> None:
    data = f"{ENGLISH}\nK-1,甲".encode("cp932") + b"\xff\xa0,,\x96@\x90l,0300001001,,\n"
    assert _faults(data)[0] == (2, "name", "damaged_character")


@given(st.binary())
def test_any_bytes_give_a_table_or_faults(data: bytes) -> None:
    try:
        customer_rows.validate(table_file.read(data, customer_rows.LAYOUT))
    except FaultyFile as refused:
        assert refused.faults  # noqa: PT017 - either outcome is fine, an empty list is not


@given(st.lists(st.lists(st.text(), max_size=8), max_size=5))
def test_any_rows_give_customers_or_faults(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    text = "\n".join((ENGLISH, *quoted))
    with suppress(FaultyFile):
        found = customer_rows.validate(
            table_file.read(text.encode("utf-8", "replace"), customer_rows.LAYOUT)
        )
        assert len(found) <= len(rows)
