"""`zaiseki messages`: those that their readers gave back ten times."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from cli import acting, tables
from cli.acting import By
from cli.vendor import AsJson

app = typer.Typer(no_args_is_help=True, help="Messages that wait for an operator.")


@app.command()
def parked(*, as_json: AsJson = False) -> None:
    """List them: service, id, name, since when, and the code that their reader gave."""
    from cli.database import dsn, zone
    from shared import days
    from shared.contracts.registry import SERVICES
    from shared.db import open_database
    from shared.messaging import parking

    async def find() -> list[dict[str, str]]:
        rows, place = [], zone()
        for service in SERVICES:
            async with (
                open_database(dsn(service), schema=service) as db,
                db.connection() as connection,
            ):
                rows += [
                    {
                        "service": service,
                        "id": str(row.id),
                        "name": row.name,
                        "since": days.shown(row.parked_at, place),
                        "failure": row.failure,
                    }
                    for row in await parking.list_parked(connection)
                ]
        return rows

    columns = {
        "service": ("サービス", "SERVICE"),
        "id": ("ID", "ID"),
        "name": ("名前", "NAME"),
        "since": ("日時", "SINCE"),
        "failure": ("理由", "FAILURE"),
    }
    tables.show(columns, asyncio.run(find()), as_json=as_json)


@app.command()
def release(
    service: Annotated[str, typer.Argument(help="Whose outbox it is in.")],
    message_id: Annotated[UUID, typer.Argument(help="Its id.", metavar="ID")],
    *,
    by: By,
) -> None:
    """Send one again, with its failures forgotten; possible for 25 days."""
    from cli.database import dsn
    from shared.db import open_database
    from shared.messaging import parking

    async def run() -> bool:
        async with (
            open_database(dsn(service), schema=service) as db,
            db.transaction() as connection,
        ):
            return await parking.release(connection, message_id)

    if not asyncio.run(run()):
        typer.echo("No such message is parked, or it is older than 25 days.", err=True)
        raise typer.Exit(1)
    acting.log("a parked message was released", by, sender=service, message_id=str(message_id))
    typer.echo("It will be sent again within a second.")
