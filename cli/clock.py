"""`zaiseki clock`: moves business time in a run with TRIAL_CLOCK=on."""

import asyncio
import re
from datetime import timedelta
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The product's clock, in trials.")

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@app.callback()
def clock() -> None:
    """Keep the subcommands apart, however few there are."""


@app.command()
def advance(
    by: Annotated[str, typer.Argument(help="How far, such as 90s, 10m, 13h or 7d.")],
) -> None:
    """Let time pass in all three services; only a run with TRIAL_CLOCK=on follows."""
    from shared.contracts.registry import SERVICES

    found = re.fullmatch(r"(\d+)([smhd])", by)
    if not found:
        typer.echo("Say how far as a number and a unit: 90s, 10m, 13h, 7d.", err=True)
        raise typer.Exit(2)
    step = timedelta(**{_UNITS[found[2]]: int(found[1])})
    ahead = asyncio.run(_advance(SERVICES, step))
    typer.echo(f"The clock is now {ahead} ahead, in runs with TRIAL_CLOCK=on.")


async def _advance(services: tuple[str, ...], step: timedelta) -> timedelta:
    from cli.database import dsn
    from shared import clock
    from shared.db import open_database

    ahead = timedelta()
    for service in services:
        async with (
            open_database(dsn(service), schema=service) as db,
            db.connection() as connection,
        ):
            ahead = await clock.advance(connection, step)
    return ahead
