"""`zaiseki customers`: the vendor's master of customers, brought in from a file (R1)."""

import asyncio
import locale
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.membership.domain.customer_file import Fault
    from services.membership.domain.customer_rows import CustomerRow
    from services.membership.flows.customer_import import Progress, Summary

app = typer.Typer(no_args_is_help=True, help="The vendor's master of customers.")

REASONS: dict[str, tuple[str, str]] = {
    "empty_file": ("ファイルが空です", "the file is empty"),
    "unknown_encoding": (
        "UTF-8 でも CP932 (Shift_JIS) でもない文字があります",
        "this is neither UTF-8 nor CP932 (Shift_JIS)",
    ),
    "not_csv": ("CSV として読めません", "this is not CSV"),
    "missing_column": ("列がありません", "the column is missing"),
    "unknown_column": ("この名前の列は取り込めません", "no column has this name"),
    "duplicate_column": ("同じ列が二つあります", "the column is there twice"),
    "too_many_cells": ("見出しより列が多い行です", "the row has more cells than the header"),
    "empty": ("空欄です", "the cell is empty"),
    "too_long": ("長すぎます", "the text is too long"),
    "control_character": ("使えない制御文字があります", "there is a control character"),
    "damaged_character": ("文字化けがあります", "there is a damaged character"),
    "duplicate_code": (
        "同じお客様コードが前の行にあります (行)",
        "an earlier row has the same code (line)",
    ),
    "unknown_kind": (
        "区分は 法人・団体・学校などの団体・個人事業主 のいずれかです",
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
    "not_kana": ("フリガナはカナで入力してください", "a reading is written in kana"),
    "invalid_domain": ("ドメイン名ではありません", "this is not a domain name"),
    "personal_domain": (
        "携帯電話会社・プロバイダー・フリーメールのドメインです",
        "anybody can have an address of this domain (carrier, provider, free mail)",
    ),
    "invalid_seat_limit": ("上限は1から10000までの整数です", "the limit is from 1 to 10000"),
}


@app.callback()
def customers() -> None:
    """Keep the subcommands apart, however few there are."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 or CP932.", metavar="FILE")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and say what would change.")
    ] = False,
) -> None:
    """Import customers from a CSV file: all rows, or none if any is bad."""
    from cli import database

    data = _read(file)
    dsn = database.dsn("membership")
    with _progress() as progress:
        rows = _check(data, file, progress)
        summary = _carry_out(dsn, rows, dry_run=dry_run, progress=progress)
    _print_summary(summary, dry_run=dry_run)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _refusal(f"{file}: {error.strerror}") from None


def _check(data: bytes, file: Path, progress: "Progress") -> "list[CustomerRow]":
    from services.membership.domain.customer_file import FaultyFile
    from services.membership.flows import customer_import

    try:
        return customer_import.check(data, progress)
    except FaultyFile as error:
        _print_faults(error.faults, file)
        raise typer.Exit(1) from None


def _carry_out(
    dsn: str, rows: "Sequence[CustomerRow]", *, dry_run: bool, progress: "Progress"
) -> "Summary":
    from services.membership.flows import customer_import
    from services.membership.resources import open_own_database
    from shared.temporary import is_temporary

    async def run() -> "Summary":
        trial = os.environ.get("TRIAL_CLOCK") == "on"
        async with open_own_database(dsn, trial_clock=trial) as db:
            return await customer_import.carry_out(db, rows, dry_run=dry_run, progress=progress)

    try:
        return asyncio.run(run())
    except Exception as error:
        if not is_temporary(error):
            raise
        raise _refusal(
            _say(
                "データベースに接続できないか、別の取り込みが実行中です。何も変更していません",
                "The database cannot be reached, or another import is running; nothing was changed",
            )
            + f" ({type(error).__name__})."
        ) from None


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A bar on a terminal; elsewhere nothing, so that logs stay readable."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)

    def leave(*_: object) -> None:
        console.show_cursor()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, leave)  # the bar hides the cursor
    columns = (TextColumn(_say("取り込み中", "Importing")), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, everything: bar.update(task, completed=done, total=everything)


def _print_faults(faults: "Sequence[Fault]", file: Path) -> None:
    """Every bad row; a table on a terminal, else one line each, apart by tabs."""
    rows = [[str(one.line), one.column, _reason(one), one.code] for one in faults]
    heads = _say("行/列/理由/コード", "line/column/reason/code").split("/")
    lines = len({one.line for one in faults})
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(*heads)
        for row in rows:
            table.add_row(*map(escape, row))
        Console().print(table)
    else:
        for row in [heads, *rows]:
            typer.echo("\t".join(row))
    typer.echo(
        _say(
            f"{file}: {lines} 行に誤りがあるため、何も取り込みませんでした。",
            f"{file}: {lines} bad rows; nothing was imported.",
        ),
        err=True,
    )


def _reason(fault: "Fault") -> str:
    reason = _say(*REASONS[fault.code])
    return f"{reason}: {_visible(fault.detail)}" if fault.detail else reason


def _visible(text: str) -> str:
    """The text without what a terminal would obey, and not too much of it."""
    shown = "".join(mark if mark.isprintable() else "�" for mark in text)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"


def _print_summary(summary: "Summary", *, dry_run: bool) -> None:
    counts = (summary.new, summary.changed, summary.unchanged)
    text = _say(
        "新規 {} 件、変更 {} 件、変更なし {} 件", "{} new, {} changed, {} unchanged"
    ).format(*counts)
    note = _say("(確認のみ。何も変更していません)", "(dry run: nothing was changed)")
    typer.echo(f"{text} {note}" if dry_run else text)


def _say(japanese: str, english: str) -> str:
    """In the language of the terminal: Japanese where the locale is Japanese, else English."""
    language = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        locale.getlocale()[0] or "",
    )
    return japanese if language.lower().startswith("ja") else english


def _refusal(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
