"""`zaiseki clock`: moves business time in a run with TRIAL_CLOCK=on."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from cli import tables
from cli.language import say
from cli.sentences import sentence
from cli.vendor import AsJson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.db import Database

app = typer.Typer(no_args_is_help=True, help="The product's clock, in trials.")

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@app.callback()
def clock() -> None:
    """Makes Typer keep the subcommand's name, although there is only one."""


@app.command()
def advance(
    by: Annotated[str, typer.Argument(help="The duration, such as 90s, 10m, 13h or 7d.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Move the time of all three services forward; it affects only runs with TRIAL_CLOCK=on."""
    from shared.contracts.registry import SERVICES

    found = re.fullmatch(r"(\d+)([smhd])", by)
    if not found:
        typer.echo(sentence("how_far"), err=True)
        raise typer.Exit(2)
    step = timedelta(**{_UNITS[found[2]]: int(found[1])})
    ahead = _advance(SERVICES, step)
    if as_json:
        tables.show_json({"ahead_seconds": round(ahead.total_seconds())})
    else:
        typer.echo(sentence("clock_ahead", ahead=_shown(ahead)))


def _shown(ahead: timedelta) -> str:
    """`1 d 02:30:00`."""
    hours, rest = divmod(ahead.seconds, 3600)
    days = f"{ahead.days}{say('日', ' d')} " if ahead.days else ""
    return f"{days}{hours:02}:{rest // 60:02}:{rest % 60:02}"


def _advance(services: "Sequence[str]", step: timedelta) -> timedelta:
    """Move each clock, once all databases are known to be reachable and of this release."""
    from cli import databases
    from shared import clock

    async def look(_: "Database") -> None:
        """Nothing to do: opening the database is the check."""

    async def move(db: "Database") -> timedelta:
        async with db.connection() as connection:
            return await clock.advance(connection, step)

    for service in services:
        databases.use(service, look)
    return max(databases.use(service, move) for service in services)
