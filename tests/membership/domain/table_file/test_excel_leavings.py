"""Files of Excel, LibreOffice, Numbers and Google Sheets in Japan are read, or refused (R1)."""

import io
import zipfile

import pytest

from services.membership.domain.table_file import customer_rows, table_file
from services.membership.domain.table_file.customer_rows import CustomerRow
from services.membership.domain.table_file.table_file import FaultyFile, letter

HEADER = "お客様コード,会社名,区分,電話番号"
ROW = "0071235,髙﨑①商店,法人,0300001001"


def rows(data: bytes) -> list[CustomerRow]:
    return customer_rows.validate(table_file.read(data, customer_rows.LAYOUT))


def faults(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(FaultyFile) as refused:
        rows(data)
    return [(str(fault.cell), fault.code) for fault in refused.value.faults]


def sheet(*cells: str) -> bytes:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    return f"{HEADER}\n{quoted}\n".encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('="0071235"', "0071235"),
        ("'0071235", "0071235"),
        ("＇0071235", "0071235"),
        (" 0071235　", "0071235"),
        ("A-1001", "A-1001"),
        ("10-2", "10-2"),
        ("10E5", "10E5"),
        ("#12", "#12"),
        ("3M", "3M"),
    ],
)
def test_a_cell_with_only_one_possible_meaning_is_read(typed: str, kept: str) -> None:
    [row] = rows(sheet(typed, '="甲商店"', "法人", '="0300001001"'))
    assert (row.code, row.phone) == (kept, "0300001001")
    assert row.name == "甲商店"


@pytest.mark.parametrize(
    ("left", "code"),
    [(text, "excel_date") for text in (
        "1月2日", "１月２日", "1月2日(金)", "2026年1月2日", "令和8年1月2日", "R8.1.2", "2026/1/2",
        "2026/01/02", "2026-01-02", "2026/1/2 0:00", "1/2", "1/2/2026", "1/2/26", "H5/1/2",
        "2026年1月", "令和8/1/2", "平成元年1月8日", "2026-01-02T00:00:00", "Jan-2", "2-Jan",
        "Jan-26", "2-Jan-26", "1:02", "10:02:00",
    )]
    + [(text, "excel_number") for text in (
        "1.00E+10", "1E+05", "1.23457E+12", "１.００Ｅ＋１０", "71235.00", "71,235", "¥71,235",
        "5%",
    )]
    + [(text, "excel_error") for text in (
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "########",
        "##", "#n/a", "＃N/A", "Err:502", "#ERROR!",
    )]
    + [(text, "excel_truth") for text in ("TRUE", "FALSE")]
    + [(text, "excel_formula") for text in ("=A1", "=VLOOKUP(A1,B:C,2)", "＝A1")],
)  # fmt: skip
def test_a_code_or_name_that_a_spreadsheet_converted_is_a_fault(left: str, code: str) -> None:
    assert faults(sheet(left, left, "法人", "0300001001")) == [("A2", code), ("B2", code)]


@pytest.mark.parametrize(
    "name",
    [
        "株式会社1月",
        "１月２日企画",
        "2026商事",
        "May商事",
        "100%ジュース",
        "'n' Beet",
        "#ハッシュ",
        "True商事",
    ],
)
def test_a_name_that_only_contains_such_a_text_is_accepted(name: str) -> None:
    [row] = rows(sheet("K-1", name, "法人", "0300001001"))
    assert row.name == name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-sig"],
)
def test_every_encoding_and_separator_of_spreadsheets_is_read(
    encoding: str, separator: str, end: str
) -> None:
    """UTF-16 with tabs is what Excel saves as 「Unicode テキスト」."""
    text = f"{HEADER}{end}{ROW}{end}".replace(",", separator)
    if encoding == "utf-16-be-sig":
        text, encoding = f"\ufeff{text}", "utf-16-be"
    [row] = rows(text.encode(encoding))
    assert (row.code, row.name, row.phone) == ("0071235", "髙﨑①商店", "0300001001")


def test_line_ends_may_be_mixed() -> None:
    data = f"{HEADER}\r\n{ROW}\rK-2,乙,法人,0300001002\nK-3,丙,法人,0300001003".encode()
    assert [str(row.cell) for row in rows(data)] == ["A2", "A3", "A4"]


def test_marks_around_a_text_are_not_part_of_it() -> None:
    """One or two byte order marks, and the end-of-file character of MS-DOS."""
    data = f"\ufeff\ufeff{HEADER}\r\n{ROW}\r\n\x1a".encode()
    assert [str(row.cell) for row in rows(data)] == ["A2"]


def test_excels_separator_line_is_not_read_as_a_row() -> None:
    [row] = rows(f"sep=;\r\n{HEADER};x\r\n{ROW};\r\n".replace(",", ";").encode("cp932"))
    assert str(row.cell) == "A2"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_titles_above_and_empty_cells_around_do_not_matter(encoding: str) -> None:
    text = f"取引先一覧,,,,,\n2026/11/30 作成,,,,,\n,,,,,\n{HEADER},,\n{ROW},,\n,,,,,\n,,,,,\n"
    [row] = rows(text.encode(encoding))
    assert str(row.cell) == "A5"
    assert faults(text.replace("法人", "会社").encode(encoding)) == [("C5", "unknown_kind")]


def test_data_above_the_header_is_a_fault() -> None:
    """A sheet that was sorted together with its header would lose the rows above it."""
    data = f"一覧\n{ROW}\n{HEADER}\nK-2,乙,法人,0300001002\n".encode()
    assert faults(data) == [("2", "above_header")]


def test_headers_may_carry_marks() -> None:
    header = "お客様コード（必須）,※会社名,区分*,電話番号："
    assert len(rows(f"{header}\n{ROW}\n".encode())) == 1


def test_unknown_columns_are_skipped_and_reported() -> None:
    data = f"{HEADER},住所,備考,\n{ROW},東京都,x,\n".encode()
    assert len(rows(data)) == 1
    assert table_file.read(data, customer_rows.LAYOUT).left_out == ["住所", "備考"]


def test_a_column_that_resembles_a_known_one_is_a_fault() -> None:
    for header in ("メール", "ドメイン", "フリガナ（カナ", "seat limits", "アカウントの上限"):
        assert faults(f"{HEADER},{header}\n{ROW},x\n".encode()) == [("E1", "unknown_column")]


def test_cells_without_a_header_are_a_fault() -> None:
    assert faults(f"{HEADER},\n{ROW},x\n".encode()) == [("E1", "unknown_column")]
    assert faults(f"{HEADER}\n{ROW},,x\n".encode()) == [("F2", "too_many_cells")]


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        workbook(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        b"%PDF-1.7\n",
        b"<html><table><tr><td>code</td></tr></table></html>",
        b'<?xml version="1.0"?><Workbook/>',
    ],
)
def test_a_workbook_named_csv_is_reported_as_one_fault(data: bytes) -> None:
    assert faults(data) == [("1", "workbook")]


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0\1\2" * 100])
def test_a_binary_file_is_reported_as_one_fault(data: bytes) -> None:
    assert [code for _, code in faults(data)] in (["unknown_encoding"], ["no_header"])


@pytest.mark.parametrize("quote", ['"0071236', '"0071236"x'])
def test_a_lone_quote_is_a_fault_of_its_row(quote: str) -> None:
    data = f'{HEADER}\n{ROW}\n"a\nb",乙,法人,0300001002\n{quote},丙,法人,0300001003\n'.encode()
    assert faults(data) == [("4", "not_csv")]


def test_one_damaged_character_in_a_long_utf_8_file_is_the_only_fault() -> None:
    """R1: read as CP932 the file would have 200 bad rows, or 200 damaged names and no fault."""
    lines = "".join(f"K-{number},株式会社第{number}商事,法人,0300001001\n" for number in range(200))
    data = f"{HEADER}\n{lines}".encode()
    for damaged in (data.replace("第150".encode(), b"\x91\xe6150"), data[:-20] + b"\xe5\n"):
        assert [code for _, code in faults(damaged)][:1] == ["damaged_character"]
        assert len(faults(damaged)) <= 3


def test_the_whole_file_decides_between_cp932_and_utf_8() -> None:
    """The bytes of CP932's half-width kana can be letters in UTF-8: ﾃｱ is ñ."""
    header = "code,name,kind,phone\n"
    [row] = rows(f"{header}K-1,ﾃｱ,corporation,0300001001\n".encode("cp932"))
    assert row.name == "ﾃｱ"
    [row] = rows(f"{header}K-1,Café,corporation,0300001001\n".encode())
    assert row.name == "Café"
    text = f"{header}" + "K-1,ﾃｱ,corporation,0300001001\n" + "K-2,髙﨑,corporation,0300001001\n"
    assert [row.name for row in rows(text.encode("cp932"))] == ["ﾃｱ", "髙﨑"]


def test_columns_are_named_by_the_letters_of_a_spreadsheet() -> None:
    assert [letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
