"""`zaiseki customers import` names faults by the spreadsheet's cells, at most 100 of them (R1)."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.customer_report import MOST, REASONS
from cli.customers import app

HEADER = "code,name,kind,phone\n"


def run(file: Path, *more: str, language: str = "en_US.UTF-8") -> tuple[int, list[str]]:
    env = {
        "MEMBERSHIP_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "LC_ALL": language,
        "ZAISEKI_BY": "sato",
    }
    done = CliRunner().invoke(app, ["import", str(file), "--by", "sato", *more], env=env)
    return done.exit_code, [*done.stdout.splitlines(), *done.stderr.splitlines()]


def test_at_most_100_faults_are_shown_and_all_are_in_the_report(tmp_path: Path) -> None:
    file, report = tmp_path / "bad.csv", tmp_path / "report.csv"
    file.write_text(HEADER + "".join(f"K-{n},=A{n},corporation,0\n" for n in range(150)))
    code, lines = run(file)
    assert code == 1
    assert len([line for line in lines if "excel_formula" in line or "invalid" in line]) == MOST
    assert lines[-2:] == [
        "200 more; --report FILE writes all of them to a file.",
        f"{file}: 150 rows have errors; nothing was imported.",
    ]
    assert run(file, "--report", str(report)) == (code, lines)
    assert report.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8"
    rows = list(csv.reader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 301
    assert rows[0] == ["cell", "column", "reason", "code"]
    assert rows[-1][0] == "D151"
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_script_gets_every_fault_as_json_on_stdout(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "".join(f"K-{n},A,corporation,0\n" for n in range(150)))
    code, lines = run(file, "--json")
    assert code == 1
    assert lines.pop() == f"{file}: 150 rows have errors; nothing was imported."
    faults = json.loads("\n".join(lines))
    assert len(faults) == 150, "those omitted on the terminal too"
    assert faults[0] == {
        "cell": "D2",
        "column": "phone",
        "reason": faults[0]["reason"],
        "code": "invalid_phone",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04" + bytes(50), "CSVではなく、Excelブックなどのファイルです"),
        (b"K-1,a\n", "見出しの行がありません"),
        (HEADER.encode() + b'K-1,"a\n', "二重引用符"),
        (HEADER.encode() + "1月2日,a,法人,0300001001\n".encode(), "Excelが日付に変えた値です"),
    ],
)
def test_a_sentence_says_what_to_do_in_excel(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(data)
    code, lines = run(file, language="ja_JP.UTF-8")
    assert code == 1
    assert len(lines) == 3
    assert lines[0] == "セル\t列\t理由\tコード"
    assert said in lines[1]
    assert lines[2].endswith("1 行に誤りがあるため、何も取り込みませんでした。")


def test_an_unwritable_report_is_an_error_before_the_import(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "K-1,,corporation,0\n")
    report = tmp_path / "no" / "report.csv"
    assert run(file, "--report", str(report)) == (1, [f"{report}: No such file or directory"])


def test_a_report_does_not_overwrite_the_imported_file(tmp_path: Path) -> None:
    file, link = tmp_path / "master.csv", tmp_path / "report.csv"
    file.write_text(HEADER + "K-1,,corporation,0\n")
    link.symlink_to(file)
    for report in (file, link):
        said = f"{report}: this is the file to import; choose another file for the report."
        assert run(file, "--report", str(report)) == (1, [said])
    assert file.read_text() == HEADER + "K-1,,corporation,0\n"


def test_each_reason_has_a_text_in_both_languages() -> None:
    for japanese, english in REASONS.values():
        assert not japanese.isascii()
        assert english.replace("“", "").replace("”", "").isascii()
