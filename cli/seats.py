"""`zaiseki seats`: how many accounts a customer may have (R5, B3)."""

from datetime import datetime
from typing import Annotated

import typer

from cli import vendor
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import Code, Desk
from shared.refusal import Refusal

app = typer.Typer(no_args_is_help=True, help="How many accounts a customer may have.")

Limit = Annotated[int, typer.Argument(metavar="LIMIT", min=1, max=10_000)]


@app.command("set")
def set_limit(code: Code, limit: Limit, *, by: By) -> None:
    """Set a customer's limit. A lower one removes no account, but allows no new ones."""
    _change(code, limit, by, until=None)
    typer.echo(sentence("limit_set", limit=limit))


@app.command("raise")
def raise_limit(
    code: Code,
    limit: Limit,
    *,
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day; it ends at midnight.")
    ],
    by: By,
) -> None:
    """Set a temporary limit until a date; then the customer's own limit applies again."""
    _change(code, limit, by, until=vendor.end_of(until))
    typer.echo(sentence("limit_raised", limit=limit, day=f"{until:%Y-%m-%d}"))


def _change(code: str, limit: int, by: str, *, until: datetime | None) -> None:
    from services.membership.flows.company import seat_limit

    async def act(desk: Desk) -> None:
        if until is not None and until <= desk.context.clock.now():
            raise Refusal(sentence("day_over"))
        await seat_limit.change(desk.context, desk.operator(), limit, until=until)

    vendor.at(code, by, act)
