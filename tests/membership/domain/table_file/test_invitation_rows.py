"""The file of people to invite (B16): as Excel saves it, with every wrong cell and its place."""

import pytest

from services.membership.domain.table_file import invitation_rows
from services.membership.domain.table_file.invitation_rows import InvitationRow
from services.membership.domain.table_file.table_file import Cell

JAPANESE = "姓,名,フリガナ,メールアドレス,権限,部署,役職,言語"
ENGLISH = "Family name,Given name,Reading,Email address,Role,Department,Job title,Language"
TARO = "山田,太郎,やまだ　たろう,Taro@ｙａｍａｔｏ.example,管理者,営業部,課長,英語"


def _faults(text: str) -> list[tuple[str, str]]:
    found = invitation_rows.check(text.encode()).faults
    return [(str(fault.cell), fault.code) for fault in found]


@pytest.mark.parametrize("header", [JAPANESE, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_b16_a_file_of_excel_is_read_in_every_encoding(header: str, encoding: str) -> None:
    text = f"{header}\r\n{TARO}\r\n"
    if encoding == "utf-16":  # Unicode text, which has tabs
        text = text.replace(",", "\t")
    checked = invitation_rows.check(text.encode(encoding))
    assert checked.faults == []
    [row] = checked.rows
    assert row == InvitationRow(
        email_cell=Cell(2, "D", header.split(",")[3]),
        role_cell=Cell(2, "E", header.split(",")[4]),
        email="Taro@yamato.example",
        email_key="taro@yamato.example",
        family_name="山田",
        given_name="太郎",
        family_name_kana="ヤマダ",
        given_name_kana="タロウ",
        role="admin",
        department="営業部",
        job_title="課長",
        locale="en",
    )


def test_b16_the_address_is_enough_and_other_columns_are_named() -> None:
    checked = invitation_rows.check("社員番号,メール\n1,a@x.example\n".encode())
    assert checked.left_out == ["社員番号"]
    [row] = checked.rows
    assert (row.email, row.role, row.locale, row.family_name) == ("a@x.example", "staff", None, "")


@pytest.mark.parametrize(
    ("word", "role"),
    [("代表者", "owner"), ("責任者・管理者", "admin"), ("責任者", "admin"), ("Staff", "staff"),
     ("Administrator", "admin"), ("一　般", "staff"), ("", "staff")],
)  # fmt: skip
def test_b16_each_word_for_a_role_is_read(word: str, role: str) -> None:
    [row] = invitation_rows.check(f"メール,権限\na@x.example,{word}\n".encode()).rows
    assert row.role == role


def test_b16_every_wrong_cell_of_every_row_is_listed() -> None:
    rows = [
        f"{'あ' * 51},太郎,ヤマダタロウ,taro@,部長,{'い' * 101},課長,仏語",
        "",
        "佐藤,一郎,佐藤,b@x.example,,#N/A,2026/11/30,",
        "鈴木,花子,,,,,,",
        "田中,次郎,,C@x.example,,,,",
        "田中,三郎,,c@x.example,,,,,余分",
    ]
    assert sorted(_faults("\n".join((JAPANESE, *rows)))) == [
        ("A2", "too_long"),
        ("C2", "reading_without_space"),
        ("C4", "not_kana"),
        ("D2", "invalid_address"),
        ("D5", "empty"),
        ("D7", "repeated_address"),
        ("E2", "unknown_role"),
        ("F2", "too_long"),
        ("F4", "excel_error"),
        ("G4", "excel_date"),
        ("H2", "unknown_language"),
        ("I7", "too_many_cells"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("姓,名\n山田,太郎\n", ("1", "missing_column")),
        ("山田,太郎,a@x.example\n", ("1", "no_header")),
        ("氏名,メール\n山田 太郎,a@x.example\n", ("A1", "unknown_column")),
        ("メール,メール\na@x.example,b@x.example\n", ("B1", "duplicate_column")),
        (f"{JAPANESE}\n", ("1", "no_rows")),
        ("", ("1", "empty_file")),
        ("PK\x03\x04", ("1", "workbook")),
        ("メール\n" + "\n".join(f"a{n}@x.example" for n in range(201)), ("202", "too_many_rows")),
    ],
)
def test_b16_a_file_that_is_wrong_as_a_whole_says_how(text: str, fault: tuple[str, str]) -> None:
    assert _faults(text) == [fault]
