"""Moments as people type them: RFC 3339, or a date of TIME_ZONE with or without a time."""

from datetime import UTC, datetime

import typer

from cli import database, databases

HELP = "2026-11-30T02:00:00Z, or where the vendor is: 2026-11-30T11:00, 2026-11-30."


def read(text: str) -> datetime:
    """The moment in UTC; a text without an offset is in TIME_ZONE.

    Raises:
        typer.BadParameter: It is none, or still to come.
        Refusal: TIME_ZONE names no zone, or the database of a trial cannot be asked for its time.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text} is no time. Write {HELP}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=database.zone())
    if moment > databases.now():
        raise typer.BadParameter(f"{text} is still to come.")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise typer.BadParameter(f"{text} is no time. Write {HELP}") from None
