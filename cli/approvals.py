"""`zaiseki approvals`: what waits for the vendor because nobody else may decide (R1, R3)."""

from typing import Annotated
from uuid import UUID

import typer

from cli import vendor
from cli.vendor import Called, Code, Desk
from shared.contracts.base import RejectionReason

app = typer.Typer(no_args_is_help=True, help="What waits for the vendor's permission.")

Id = Annotated[UUID, typer.Argument(metavar="ID", help="Which, as `list` shows it.")]


@app.command("list")
def list_all() -> None:
    """List it, the oldest first: id, since when, customer, why it waits, name, address."""
    from cli import database
    from services.membership.flows import vendor as flow
    from shared import days

    waiting, zone = vendor.work(flow.list_waiting), database.zone()
    for one in waiting:
        since = days.shown(one.waits_since, zone)
        entered = (one.customer_code, ",".join(one.reasons), one.name, one.email)
        typer.echo("\t".join((str(one.id), since, *entered)))
    if not waiting:
        typer.echo("Nothing waits.")


@app.command()
def approve(code: Code, approval_id: Id, *, called: Called = False) -> None:
    """Permit it, for this customer, after a call back."""
    from services.membership.flows import approval

    vendor.require_call(code, called=called)

    async def act(desk: Desk) -> None:
        await approval.approve(desk.context, desk.operator("after_call"), approval_id)

    vendor.at(code, act)
    typer.echo("It is permitted; whoever asked gets a mail.")


@app.command()
def reject(
    code: Code,
    approval_id: Id,
    *,
    reason: RejectionReason = "other",
    called: Called = False,
) -> None:
    """Turn it down, after a call back; what was entered is erased."""
    from services.membership.flows import approval
    from services.membership.flows.approval import Rejection

    vendor.require_call(code, called=called)
    rejection = Rejection(reason=reason)

    async def act(desk: Desk) -> None:
        await approval.reject(desk.context, desk.operator("after_call"), approval_id, rejection)

    vendor.at(code, act)
    typer.echo("It is turned down; whoever asked gets a mail.")
