"""`zaiseki audit`: verifies and exports the audit log."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import acting, databases, moments, tables, vendor
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson

if TYPE_CHECKING:
    from services.membership.flows.company.audit_log import Break
    from services.membership.flows.ground.context import Context
    from shared.db import Database

app = typer.Typer(no_args_is_help=True, help="The audit log.")

BREAKS = {
    "customer_id": ("お客様のID", "CUSTOMER ID"),
    "number": ("記録番号", "ENTRY"),
    "what": ("不整合", "BREAK"),
}


@app.command()
def handles(*, by: By, as_json: AsJson = False) -> None:
    """List the operators' handles and their ids in audit logs."""
    from services.membership.flows.company import vendor as flow

    async def find(context: "Context") -> "list[tuple[UUID, str, datetime]]":
        await flow.identify(context, by)
        return await flow.list_handles(context)

    columns = {"id": ("ID", "ID"), "handle": ("担当者", "HANDLE"), "since": ("登録日", "SINCE")}
    rows = [
        {"id": str(id), "handle": handle, "since": vendor.day_of(since)}
        for id, handle, since in vendor.work(find)
    ]
    tables.show(columns, rows, as_json=as_json)


@app.command()
def verify(*, by: By, as_json: AsJson = False) -> None:
    """Verify every hash chain. Breaks are listed, and the exit code is 1 if there are any."""
    from services.membership.flows.company import audit_log

    async def recount(context: "Context") -> "tuple[int, list[Break]]":
        return await audit_log.verify(context.db)

    entries, breaks = vendor.work(recount)
    acting.log("the audit log was verified", by, entries=entries, breaks=len(breaks))
    rows = [
        {"customer_id": str(one.customer_id), "number": str(one.number), "what": one.what}
        for one in breaks
    ]
    if as_json:
        tables.show_json(
            {"entries": entries, "breaks": [row | {"number": int(row["number"])} for row in rows]}
        )
    else:
        if rows:
            tables.show(BREAKS, rows, codes={"what": "break"}, as_json=False)
        counts = sentence("audit_verified", entries=entries, breaks=len(breaks))
        typer.echo(counts, err=bool(breaks))
    raise typer.Exit(bool(breaks))


@app.command()
def export(
    *, since: Annotated[str, typer.Option(metavar="TIME", help=moments.HELP)], by: By
) -> None:
    """Print every entry since a moment as a line of JSON, for `zaiseki restored --log`.

    Ids and codes only. Keep it apart from the database: each hour, and before you restore over a
    database that can still be read.
    """
    from services.membership.flows.upkeep import restoration

    moment = moments.read(since)

    async def write(db: "Database") -> list[str]:
        return await restoration.export(db, moment)

    lines = databases.use("membership", write)
    acting.log("the audit log was exported", by, since=moment.isoformat(), entries=len(lines))
    for line in lines:
        typer.echo(line)
