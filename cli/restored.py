"""`zaiseki restored`: what has to be done once after the database was restored from a backup."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import acting, databases, moments
from cli.acting import By
from shared.refusal import Refusal

if TYPE_CHECKING:
    from services.auth.flows.restoration import Ended
    from services.membership.domain.lost_entries import Lost
    from services.membership.flows.restoration import Again, Report
    from shared.db import Database

Logs = Annotated[
    list[Path] | None,
    typer.Option("--log", metavar="FILE", help="Kept by `zaiseki audit export`, or a log."),
]


def restored(
    since: Annotated[str, typer.Option(metavar="TIME", help=f"The backup's: {moments.HELP}")],
    by: By,
    log: Logs = None,
) -> None:
    """End what lives again since a restore, hold mails back, and list what is to be done again.

    Run it before any process of the services starts. The restored database does not know what
    happened since the backup: the list comes from files that were kept elsewhere (--log), and
    without one it says that nothing is known.
    """
    moment = moments.read(since)
    lines = list(_lines(log or []))
    report = databases.use("membership", lambda db: _report(db, lines))  # before anything changes
    if log and not report.kept:
        raise Refusal(
            "The logs have no entry of the audit log: give others, or none. Nothing was changed."
        )
    mails = databases.use("notifier", _hold)
    ended = databases.use("auth", _end)
    links = databases.use("membership", _end_links)
    acting.log("the database was restored", by, since=moment.isoformat())
    typer.echo(f"{ended.sessions} sessions and {links} links ended; every browser is forgotten.")
    typer.echo(f"{ended.accounts} accounts ask for a password reset at their next sign-in.")
    typer.echo(f"{mails} mails are held back: `zaiseki mails held`, `release`, `drop`.")
    for sentence in _sentences(report, moment, given=bool(log)):
        typer.echo(sentence)
    for one in report.again:
        typer.echo(_row(one))


async def _report(db: "Database", lines: list[str]) -> "Report":
    from services.membership.domain.lost_entries import UnreadableLine
    from services.membership.flows import restoration

    try:
        return await restoration.report(db, lines)
    except UnreadableLine as error:
        raise Refusal(f"The logs cannot be used: {error}. Nothing was changed.") from None


async def _hold(db: "Database") -> int:
    from services.notifier.flows import mail_hold

    return await mail_hold.hold(db)


async def _end(db: "Database") -> "Ended":
    from services.auth.flows import restoration

    return await restoration.end_all(db)


async def _end_links(db: "Database") -> int:
    from services.membership.flows import restoration

    return await restoration.end_links(db)


def _lines(files: list[Path]) -> Iterator[str]:
    for file in files:
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise Refusal(f"{file} cannot be read: {error.strerror}.") from None
        if "\0" in text:
            raise Refusal(f"{file} is compressed, or no text in UTF-8. Nothing was changed.")
        yield from text.split("\n")  # splitlines would also end a line inside a JSON string


def _sentences(report: "Report", since: datetime, *, given: bool) -> Iterator[str]:
    """What is known of the time since the backup, and what is not."""
    if report.newest:
        yield f"The newest entry of the restored audit log is of {_time(report.newest)}."
    if not given:
        yield (
            "Without --log nothing is known of what happened since: ask each company whom it has"
            " suspended, deleted or given another role since then."
        )
    earlier = [link for one in report.lost for link in one.links if link.entry.at < since]
    if earlier:
        first = min(link.entry.at for link in earlier)
        yield f"The backup is older than --since: entries from {_time(first)} on are lost."
    for one in report.lost:
        yield from _of_chain(one)
    if given:
        yield (
            "What happened after the newest line of the files is not known."
            f" To be done again: {len(report.again)}."
        )


def _of_chain(lost: "Lost") -> Iterator[str]:
    if lost.unknown:
        yield f"{lost.customer_id}: {len(lost.unknown)} lost entries are in no file."
    if not lost.continues:
        yield f"{lost.customer_id}: the files do not continue the restored audit log; look closely."


def _row(again: "Again") -> str:
    entry = again.link.entry
    return "\t".join(
        (
            _time(entry.at),
            again.customer_code or str(entry.customer_id),
            f"{entry.subject}:{entry.action}",
            again.target or str(entry.target_id or "-"),
            entry.reason or "-",
            entry.source,
        )
    )


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
