"""`zaiseki mails`: those that are held back since a restore."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import acting, databases
from cli.acting import By

if TYPE_CHECKING:
    from services.notifier.domain import Held
    from shared.db import Database

app = typer.Typer(no_args_is_help=True, help="Mails that are held back since a restore.")

Ids = Annotated[list[UUID] | None, typer.Argument(metavar="ID", help="Those mails.")]
All = Annotated[bool, typer.Option("--all", help="Every mail that is held.")]


@app.command()
def held() -> None:
    """List them: id, when it was asked for, when it expires, the template, the masked address."""
    from services.notifier.flows import mail_hold
    from shared.addresses import mask

    async def find(db: "Database") -> "Sequence[Held]":
        return await mail_hold.list_held(db)

    for one in databases.use("notifier", find):
        typer.echo(
            f"{one.id}\t{one.created_at:%Y-%m-%dT%H:%M:%SZ}\t{one.expires_at:%Y-%m-%dT%H:%M:%SZ}"
            f"\t{one.template}\t{mask(one.to_address)}"
        )


@app.command()
def release(by: By, ids: Ids = None, *, all_of_them: All = False) -> None:
    """Let them be sent; one that went out before the restore arrives a second time."""
    from services.notifier.flows import mail_hold

    chosen = _chosen(ids, all_of_them=all_of_them)
    count = _do(lambda db: mail_hold.release(db, chosen))
    acting.log("mails were released", by, mails=count)
    typer.echo(f"{count} mails go out.")


@app.command()
def drop(by: By, ids: Ids = None, *, all_of_them: All = False) -> None:
    """Give them up unsent."""
    from services.notifier.flows import mail_hold

    chosen = _chosen(ids, all_of_them=all_of_them)
    count = _do(lambda db: mail_hold.drop(db, chosen))
    acting.log("mails were dropped", by, mails=count)
    typer.echo(f"{count} mails are given up.")


def _chosen(ids: list[UUID] | None, *, all_of_them: bool) -> list[UUID] | None:
    if bool(ids) == all_of_them:
        raise typer.BadParameter("Name mails, or say --all.")
    return ids or None


def _do(work: "Callable[[Database], Awaitable[int]]") -> int:
    return databases.use("notifier", work)
