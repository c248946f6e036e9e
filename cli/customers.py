"""`zaiseki customers`: imports the vendor's customer list from a file (R1)."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import customer_report
from cli.acting import By
from cli.language import say
from cli.vendor import AsJson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.membership.domain.table_file.table_file import Fault
    from services.membership.flows.company.customer_import import Checked, Progress, Summary

app = typer.Typer(no_args_is_help=True, help="The vendor's customer list.")


@app.callback()
def customers() -> None:
    """Makes Typer keep the subcommand's name, although there is only one."""


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8 or CP932.", metavar="FILE")],
    *,
    by: By,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and list what would change.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(help="Write every error, or every change, to this CSV.", metavar="REPORT"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import customers from a CSV file: all rows, or none if a row has an error."""
    from cli import database
    from services.membership.domain.table_file.table_file import FaultyFile
    from services.membership.flows.company import customer_import

    faults: Sequence[Fault] = ()
    data = _read(file)
    dsn = database.dsn("membership")
    customer_report.begin(report, file)
    with _progress() as progress:
        try:
            checked = customer_import.check(data, progress)
            summary = _carry_out(dsn, checked, by, dry_run=dry_run, progress=progress)
        except FaultyFile as error:
            faults = error.faults
    if faults:
        customer_report.show_faults(faults, file, report, as_json=as_json)
        raise typer.Exit(1)
    customer_report.show_left_out(checked.left_out)
    if dry_run or report or as_json:
        customer_report.show_changes(summary, report, as_json=as_json)
    if not as_json:
        customer_report.show_summary(summary, dry_run=dry_run)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _refusal(f"{file}: {error.strerror}") from None


def _carry_out(
    dsn: str, checked: "Checked", by: str, *, dry_run: bool, progress: "Progress"
) -> "Summary":
    from cli import database
    from services.membership.flows.company import customer_import
    from services.membership.resources import open_own_database
    from shared import schema
    from shared.temporary import is_temporary

    async def run() -> "Summary":
        trial = database.setting("TRIAL_CLOCK") == "on"
        async with open_own_database(dsn, trial_clock=trial) as db:
            await schema.require("membership", dsn)
            return await customer_import.carry_out(
                db, checked, dry_run=dry_run, progress=progress, by=by
            )

    try:
        return asyncio.run(run())
    except Exception as error:
        if not is_temporary(error):
            raise
        raise _refusal(
            say(
                "データベースに接続できないか、別の取り込みが実行中です。何も変更していません",
                "The database cannot be reached, or another import is running; nothing was changed",
            )
            + f" ({type(error).__name__})."
        ) from None


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A progress bar on a terminal only, so that logs stay readable."""
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
    columns = (TextColumn(say("取り込み中", "Importing")), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, everything: bar.update(task, completed=done, total=everything)


def _refusal(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
