"""`zaiseki approvals`: approvals that only the vendor may decide (R1, R3)."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import tables, vendor
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson, Called, Code, Desk
from services.membership.domain.company.disclosure import RevealReason
from shared.contracts.base import RejectionReason

if TYPE_CHECKING:
    from services.membership.flows.company.vendor import Waiting
    from services.membership.flows.ground.context import Context

app = typer.Typer(no_args_is_help=True, help="Approvals that the vendor decides.")

Id = Annotated[UUID, typer.Argument(metavar="ID", help="The approval's id, as `list` shows it.")]


@app.command("list")
def list_all(*, by: By, as_json: AsJson = False) -> None:
    """List pending approvals, the oldest first, with names and addresses masked."""
    from services.membership.flows.company import vendor as flow

    async def find(context: "Context") -> "list[Waiting]":
        return await flow.list_waiting(context, await flow.identify(context, by))

    rows = [_row(one, in_full=False) for one in vendor.work(find)]
    tables.show(COLUMNS, rows, codes=CODES, as_json=as_json)


@app.command()
def show(
    code: Code,
    approval_id: Id,
    *,
    by: By,
    reason: RevealReason = "approval",
    called: Called = False,
    as_json: AsJson = False,
) -> None:
    """Show one in full, for the call back; the display is recorded."""
    from services.membership.flows.company import vendor as flow

    vendor.require_call(code, by, called=called)

    async def find(desk: Desk) -> "Waiting":
        who = desk.operator("after_call")
        return await flow.reveal_waiting(desk.context, who, approval_id, reason)

    row = _row(vendor.at(code, by, find), in_full=True)
    tables.show(COLUMNS, [row], codes=CODES, as_json=as_json)


COLUMNS = {
    "id": ("ID", "ID"),
    "since": ("受付日時", "SINCE"),
    "customer": ("お客様コード", "CUSTOMER"),
    "reasons": ("理由", "REASONS"),
    "name": ("氏名", "NAME"),
    "email": ("メールアドレス", "ADDRESS"),
}
CODES = {"reasons": "reason"}


def _row(one: "Waiting", *, in_full: bool) -> tables.Row:
    from services.membership.domain.company.disclosure import masked_name
    from shared.addresses import mask

    return {
        "id": str(one.id),
        "since": one.waits_since,
        "customer": one.customer_code,
        "reasons": ",".join(one.reasons),
        "name": one.name if in_full else masked_name(one.name),
        "email": one.email if in_full else mask(one.email),
    }


@app.command()
def approve(code: Code, approval_id: Id, *, by: By, called: Called = False) -> None:
    """Approve it for this customer, after a call back."""
    from services.membership.flows.joining import approval

    vendor.require_call(code, by, called=called)

    async def act(desk: Desk) -> None:
        await approval.approve(desk.context, desk.operator("after_call"), approval_id)

    vendor.at(code, by, act)
    typer.echo(sentence("approved"))


@app.command()
def reject(
    code: Code,
    approval_id: Id,
    *,
    by: By,
    reason: RejectionReason = "other",
    called: Called = False,
) -> None:
    """Reject it, after a call back; the entered data is erased."""
    from services.membership.flows.joining import approval
    from services.membership.flows.joining.approval import Rejection

    vendor.require_call(code, by, called=called)
    rejection = Rejection(reason=reason)

    async def act(desk: Desk) -> None:
        await approval.reject(desk.context, desk.operator("after_call"), approval_id, rejection)

    vendor.at(code, by, act)
    typer.echo(sentence("rejected"))
