"""`zaiseki messages`: parked messages, which their readers failed to apply ten times."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import acting, databases, tables
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson

if TYPE_CHECKING:
    from shared.db import Database
    from shared.messaging.parking import Parked

app = typer.Typer(no_args_is_help=True, help="Messages that wait for an administrator.")


@app.command()
def parked(*, as_json: AsJson = False) -> None:
    """List parked messages: service, id, name, time, and the reader's failure code."""
    from shared.contracts.registry import SERVICES
    from shared.messaging import parking

    async def find(db: "Database") -> "list[Parked]":
        async with db.connection() as connection:
            return await parking.list_parked(connection)

    columns = {
        "service": ("サービス", "SERVICE"),
        "id": ("ID", "ID"),
        "name": ("名前", "NAME"),
        "since": ("日時", "SINCE"),
        "failure": ("理由", "FAILURE"),
    }
    rows: list[tables.Row] = [
        {
            "service": service,
            "id": str(row.id),
            "name": row.name,
            "since": row.parked_at,
            "failure": row.failure,
        }
        for service in SERVICES
        for row in databases.use(service, find)
    ]
    tables.show(columns, rows, as_json=as_json)


@app.command()
def release(
    service: Annotated[str, typer.Argument(help="The service whose outbox has it.")],
    message_id: Annotated[UUID, typer.Argument(help="The message's id.", metavar="ID")],
    *,
    by: By,
) -> None:
    """Send one again, and reset its failures; possible for 25 days."""
    from shared.messaging import parking

    async def send(db: "Database") -> bool:
        async with db.transaction("send a message again") as connection:
            return await parking.release(connection, message_id)

    if not databases.use(service, send):
        typer.echo(sentence("message_not_parked"), err=True)
        raise typer.Exit(1)
    acting.log("a parked message was released", by, sender=service, message_id=str(message_id))
    typer.echo(sentence("message_released"))
