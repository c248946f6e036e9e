"""The report of `zaiseki customers import`: a file's errors, or the changes (R1).

At most `MOST` lines on the screen; a report has all of them.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli import tables
from cli.language import say, speaking

if TYPE_CHECKING:
    from services.membership.domain.table_file.customer_rows import Column
    from services.membership.domain.table_file.table_file import Fault
    from services.membership.flows.company.customer_import import Change, Summary

MOST = 100

SAVE = (
    "Excelで開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んでください",
    "open it in Excel and save it as “CSV UTF-8 (Comma delimited)”",
)
REASONS: dict[str, tuple[str, str]] = {
    "empty_file": ("ファイルが空です", "the file is empty"),
    "unknown_encoding": (
        f"文字コードがわかりません。{SAVE[0]}",
        f"the encoding is none of UTF-8, CP932 and UTF-16; {SAVE[1]}",
    ),
    "workbook": (
        f"CSVではなく、Excelブックなどのファイルです（名前だけが .csv）。{SAVE[0]}",
        f"this is a workbook or a web page with the name of a CSV file; {SAVE[1]}",
    ),
    "not_csv": (
        f'二重引用符（"）の数が合わず、CSVとして読めません。この行を直すか、{SAVE[0]}',
        f'the quotation marks (") do not match; correct this row, or {SAVE[1]}',
    ),
    "no_header": (
        "見出しの行がありません。お客様コード、会社名、区分、電話番号の見出しを1行に入れてください",
        "the header row is missing; it must have the columns code, name, kind and phone",
    ),
    "above_header": (
        "見出しより上にデータらしい行があります。Excelで見出しを1行目に移してください",
        "a row above the header looks like data; in Excel, move the header to the first row",
    ),
    "missing_column": ("列がありません", "the column is missing"),
    "unknown_column": (
        "見出しがこのままでは取り込めません。見出しを直すか、Excelでこの列を削除してください",
        "the header is not known; correct it, or delete the column in Excel",
    ),
    "duplicate_column": ("同じ列が二つあります", "the column appears twice"),
    "too_many_cells": ("見出しより列が多い行です", "the row has more cells than the header"),
    "empty": ("空欄です", "the cell is empty"),
    "too_long": ("長すぎます", "the text is too long"),
    "control_character": ("使えない制御文字があります", "the cell has a control character"),
    "damaged_character": ("文字化けがあります", "the cell has a damaged character"),
    "duplicate_code": (
        "同じお客様コードが前の行にあります（セル）",
        "an earlier row has the same code (cell)",
    ),
    "unknown_kind": (
        "区分は「法人」「団体」「学校などの団体」「個人事業主」のいずれかです",
        "the kind is corporation, institution or sole_proprietor",
    ),
    "invalid_phone": (
        "国内の電話番号ではありません（0から始まる10桁か11桁）",
        "this is not a Japanese phone number (10 or 11 digits, the first is 0)",
    ),
    "phone_without_zero": (
        "先頭の0が抜けていませんか（Excelでは列の書式を「文字列」にしてください）",
        "the leading 0 seems to be missing (in Excel, format the column as text)",
    ),
    "not_kana": ("フリガナはカナで入力してください", "a reading must be in kana"),
    "invalid_domain": ("ドメイン名ではありません", "this is not a domain name"),
    "personal_domain": (
        "携帯電話会社・プロバイダー・フリーメールのドメインです",
        "this is the domain of a carrier, a provider or a free mail service",
    ),
    "invalid_seat_limit": ("上限は1から10000までの整数です", "the limit is from 1 to 10000"),
    "code_without_zeros": (
        "先頭の0の有無だけが違うお客様コードがあります（Excelでは列の書式を「文字列」にしてください）",
        "another code differs only by leading zeros (in Excel, format the column as text)",
    ),
    "excel_error": (
        "Excelのエラー値です。Excelで数式を直すか、値を入力してください",
        "this is an error of a formula; correct it in Excel, or type the value",
    ),
    "excel_date": (
        "Excelが日付に変えた値です。列の書式を「文字列」にして、入力し直してください",
        "Excel turned this into a date; format the column as text, and type it again",
    ),
    "excel_number": (
        "Excelが数値に変えた値です。列の書式を「文字列」にして、入力し直してください",
        "Excel turned this into a number; format the column as text, and type it again",
    ),
    "excel_truth": (
        "Excelが論理値に変えた値です。列の書式を「文字列」にして、入力し直してください",
        "Excel turned this into a truth value; format the column as text, and type it again",
    ),
    "excel_formula": (
        "数式です。Excelで値に変えてください（コピーして「値の貼り付け」）",
        "this is a formula; replace it with its value in Excel (copy, then paste values)",
    ),
}
KINDS = {
    "new": ("新規", "new"),
    "changed": ("変更", "changed"),
    "unchanged": ("変更なし", "unchanged"),
}

Rows = list[list[str]]


def begin(report: Path | None, file: Path) -> None:
    """Reject, before the import starts, a report that is the file itself or cannot be written."""
    if report is None:
        return
    try:
        same = report.exists() and report.samefile(file)
        if not same:
            report.write_bytes(b"")
    except OSError as error:
        raise _refusal(report, error.strerror or type(error).__name__) from None
    if same:
        why = say(
            "取り込むファイルと同じです。レポートには別のファイルを指定してください。",
            "this is the file to import; choose another file for the report.",
        )
        raise _refusal(report, why)


def _refusal(report: Path, why: str) -> typer.Exit:
    typer.echo(f"{report}: {why}", err=True)
    return typer.Exit(1)


def show_faults(
    faults: "Sequence[Fault]", file: Path, report: Path | None, *, as_json: bool
) -> None:
    """Every bad row, with the cell as Excel names it."""
    heads = say("セル/列/理由/コード", "cell/column/reason/code").split("/")
    with speaking(to_scripts=as_json):
        rows = [[str(one.cell), one.cell.header, _reason(one), one.code] for one in faults]
    names = ("cell", "column", "reason", "code")
    as_objects = [dict(zip(names, row, strict=True)) for row in rows]
    _show([heads, *rows], report, as_objects if as_json else None)
    bad = len({one.cell.row for one in faults})
    typer.echo(
        say(
            f"{file}: {bad} 行に誤りがあるため、何も取り込みませんでした。",
            f"{file}: {bad} rows have errors; nothing was imported.",
        ),
        err=True,
    )


def show_changes(summary: "Summary", report: Path | None, *, as_json: bool) -> None:
    """New, changed and unchanged customers, with the changes."""
    heads = say("セル/区分/お客様コード/会社名/変更", "cell/what/code/name/change").split("/")
    order = list(KINDS)
    changes = sorted(summary.changes, key=lambda change: order.index(change.kind))
    as_objects = list(map(_facts, changes)) if as_json else None
    _show([heads, *map(_change, changes)], report, as_objects)


def show_summary(summary: "Summary", *, dry_run: bool) -> None:
    """The number of each."""
    counts = (summary.new, summary.changed, summary.unchanged)
    text = say("新規 {} 件、変更 {} 件、変更なし {} 件", "{} new, {} changed, {} unchanged").format(
        *counts
    )
    note = say("(確認のみ。何も変更していません)", "(dry run: nothing was changed)")
    typer.echo(f"{text} {note}" if dry_run else text)


def show_left_out(headers: Sequence[str]) -> None:
    """The columns that the import does not read."""
    if headers:
        listed = ", ".join(map(_visible, headers))
        typer.echo(say(f"取り込まない列: {listed}", f"Ignored columns: {listed}"), err=True)


def _columns(change: "Change") -> "Iterator[tuple[Column, str, str]]":
    """The changes, before and after; of a phone number only the last two digits (B6)."""
    for name, (before, after) in change.columns.items():
        if name == "phone":
            yield name, _masked(before), _masked(after)
        else:
            yield name, before, after


def _masked(phone: str) -> str:
    return "*" * (len(phone) - 2) + phone[-2:]


def _facts(change: "Change") -> dict[str, object]:
    row = change.row
    return {
        "cell": str(row.cell),
        "what": change.kind,
        "code": row.code,
        "name": row.name,
        "change": {
            name: {"before": before, "after": after} for name, before, after in _columns(change)
        },
    }


def _change(change: "Change") -> list[str]:
    from services.membership.domain.table_file.customer_rows import LAYOUT

    columns = (
        f"{say(LAYOUT.headings[column][0], column)}: {before or '-'} → {after or '-'}"
        for column, before, after in _columns(change)
    )
    row = change.row
    return [str(row.cell), say(*KINDS[change.kind]), row.code, row.name, ", ".join(columns)]


def _show(rows: Rows, report: Path | None, as_objects: Sequence[object] | None) -> None:
    """A table on a terminal, otherwise tab-separated lines; or JSON objects. The report has all
    of them."""
    if report is not None:
        _write(rows, report)
    if as_objects is not None:
        tables.show_json(as_objects)
        return
    heads, shown = rows[0], [list(map(_visible, row)) for row in rows[1 : MOST + 1]]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(*heads)
        for row in shown:
            table.add_row(*map(escape, row))
        Console().print(table)
    else:
        for row in [heads, *shown]:
            typer.echo("\t".join(row))
    if more := len(rows) - 1 - len(shown):
        typer.echo(
            say(
                f"ほか {more} 件。--report FILE ですべてをファイルに書き出します。",
                f"{more} more; --report FILE writes all of them to a file.",
            ),
            err=True,
        )


def _write(rows: Rows, report: Path) -> None:
    """CSV that Excel opens correctly, without taking a cell for a formula (ASVS 1.2.10)."""
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([list(map(_harmless, row)) for row in rows])


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


def _reason(fault: "Fault") -> str:
    reason = say(*REASONS[fault.code])
    return f"{reason}: {fault.detail}" if fault.detail else reason


def _visible(text: str) -> str:
    return tables.visible(text, longest=160)
