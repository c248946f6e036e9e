"""`zaiseki restored`: to be run once after the database was restored from a backup."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import acting, databases, moments, tables, vendor
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson
from shared.refusal import Refusal

if TYPE_CHECKING:
    from services.auth.flows.accounts.restoration import Ended
    from services.membership.flows.upkeep.restoration import Again, Report
    from shared.db import Database

Logs = Annotated[
    list[Path] | None,
    typer.Option("--log", metavar="FILE", help="A file of `zaiseki audit export`, or a log file."),
]


def restored(
    since: Annotated[str, typer.Option(metavar="TIME", help=f"Time of the backup: {moments.HELP}")],
    by: By,
    log: Logs = None,
    *,
    as_json: AsJson = False,
) -> None:
    """End sessions and links that work again, hold mails back, and list the actions to repeat.

    Run it before any process of the services starts. The restored database does not have the
    actions since the backup: the list is made from files that were stored elsewhere (--log).
    """
    moment = moments.read(since)
    lines = list(_lines(log or []))
    report = databases.use("membership", lambda db: _report(db, lines))  # before anything changes
    if log and not report.kept:
        raise Refusal(sentence("logs_say_nothing"))
    mails = databases.use("notifier", _hold)
    ended = databases.use("auth", _end)
    links = databases.use("membership", _end_links)
    acting.log("the database was restored", by, since=moment.isoformat())
    counts = {
        "sessions": ended.sessions,
        "links": links,
        "accounts": ended.accounts,
        "mails": mails,
    }
    if as_json:
        tables.show_json({**counts, **_facts(report)})
        return
    for name in ("restored_sessions", "restored_accounts", "restored_mails"):
        typer.echo(sentence(name, **counts))
    for line in _sentences(report, moment, given=bool(log)):
        typer.echo(line)
    if report.again:
        tables.show(COLUMNS, list(map(_row, report.again)), codes=CODES, as_json=False)


COLUMNS = {
    "at": ("日時", "AT"),
    "customer": ("お客様コード", "CUSTOMER"),
    "act": ("操作", "ACT"),
    "target": ("対象", "TARGET"),
    "reason": ("理由", "REASON"),
    "source": ("操作した方", "BY"),
}
CODES = {"act": "act", "reason": "reason", "source": "source"}


async def _report(db: "Database", lines: list[str]) -> "Report":
    from services.membership.domain.company.lost_entries import UnreadableLine
    from services.membership.flows.upkeep import restoration

    try:
        return await restoration.report(db, lines)
    except UnreadableLine as error:
        raise Refusal(sentence("log_damaged", error=error)) from None


async def _hold(db: "Database") -> int:
    from services.notifier.flows import mail_hold

    return await mail_hold.hold(db)


async def _end(db: "Database") -> "Ended":
    from services.auth.flows.accounts import restoration

    return await restoration.end_all(db)


async def _end_links(db: "Database") -> int:
    from services.membership.flows.upkeep import restoration

    return await restoration.end_links(db)


def _lines(files: list[Path]) -> Iterator[str]:
    for file in files:
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise Refusal(sentence("log_unreadable", file=file, error=error.strerror)) from None
        if "\0" in text:
            raise Refusal(sentence("log_no_text", file=file))
        yield from text.split("\n")  # splitlines would also end a line inside a JSON string


def _sentences(report: "Report", since: datetime, *, given: bool) -> Iterator[str]:
    """The known and unknown actions since the backup."""
    if report.newest:
        yield sentence("restored_newest", time=vendor.shown(report.newest))
    if not given:
        yield sentence("restored_without_log")
    earlier = [link for one in report.lost for link in one.links if link.entry.at < since]
    if earlier:
        first = min(link.entry.at for link in earlier)
        yield sentence("restored_older", time=vendor.shown(first))
    for one in report.lost:
        if one.unknown:
            yield sentence("restored_unknown", chain=one.customer_id, count=len(one.unknown))
        if not one.continues:
            yield sentence("restored_breaks", chain=one.customer_id)
    if given:
        yield sentence("restored_again", count=len(report.again))


def _facts(report: "Report") -> dict[str, object]:
    return {
        "newest": tables.rfc3339(report.newest) if report.newest else None,
        "lost": [
            {
                "customer_id": str(one.customer_id),
                "known": len(one.links),
                "unknown": one.unknown,
                "continues": one.continues,
            }
            for one in report.lost
        ],
        "again": tables.facts(list(map(_row, report.again))),
    }


def _row(again: "Again") -> tables.Row:
    entry = again.link.entry
    return {
        "at": entry.at,
        "customer": again.customer_code or str(entry.customer_id),
        "act": f"{entry.subject}:{entry.action}",
        "target": again.target or str(entry.target_id or ""),
        "reason": entry.reason,
        "source": entry.source,
    }
