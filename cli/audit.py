"""`zaiseki audit`: whether the audit log is what was written."""

from typing import TYPE_CHECKING

import typer

from cli import vendor

if TYPE_CHECKING:
    from services.membership.flows.audit_log import Break
    from services.membership.flows.context import Context

app = typer.Typer(no_args_is_help=True, help="The audit log.")


@app.callback()
def audit() -> None:
    """Keep the subcommands apart, however few there are."""


@app.command()
def verify() -> None:
    """Recount every chain of hashes. Each break is a line, and then the exit code is 1."""
    from services.membership.flows import audit_log

    async def recount(context: "Context") -> "tuple[int, list[Break]]":
        return await audit_log.verify(context.db)

    entries, breaks = vendor.work(recount)
    for one in breaks:
        typer.echo(f"{one.customer_id}\tentry {one.number} {one.what}")
    typer.echo(f"{entries} entries, {len(breaks)} breaks.", err=bool(breaks))
    raise typer.Exit(bool(breaks))
