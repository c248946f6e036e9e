"""Moments as operators write them: RFC 3339, or a Japanese date with or without a time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import typer

from shared.clock import Clock

HELP = "2026-11-30T02:00:00Z, or as in Japan: 2026-11-30T11:00, 2026-11-30."
_JAPAN = ZoneInfo("Asia/Tokyo")


def read(text: str) -> datetime:
    """The moment that is written, in UTC; without an offset it is Japan's time.

    Raises:
        typer.BadParameter: It is none, or still to come.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text} is no time. Write {HELP}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_JAPAN)
    if moment > Clock().now():
        raise typer.BadParameter(f"{text} is still to come.")
    return moment.astimezone(UTC)
