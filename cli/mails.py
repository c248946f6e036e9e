"""`zaiseki mails`: those that are held back since a restore."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import acting, databases, tables, vendor
from cli.acting import By
from cli.vendor import AsJson

if TYPE_CHECKING:
    from services.notifier.domain import Held
    from shared.db import Database

app = typer.Typer(no_args_is_help=True, help="Mails that are held back since a restore.")

Ids = Annotated[list[UUID] | None, typer.Argument(metavar="ID", help="Those mails.")]
All = Annotated[bool, typer.Option("--all", help="Every mail that is held.")]


@app.command()
def held(*, as_json: AsJson = False) -> None:
    """List them: id, when it was asked for, when it expires, the template, the masked address."""
    from services.notifier.flows import mail_hold
    from shared.addresses import mask

    async def find(db: "Database") -> "Sequence[Held]":
        return await mail_hold.list_held(db)

    columns = {
        "id": ("ID", "ID"),
        "asked_for": ("依頼日時", "ASKED FOR"),
        "expires": ("期限", "EXPIRES"),
        "template": ("テンプレート", "TEMPLATE"),
        "address": ("メールアドレス", "ADDRESS"),
    }
    rows = [
        {
            "id": str(one.id),
            "asked_for": vendor.shown(one.created_at),
            "expires": vendor.shown(one.expires_at),
            "template": one.template,
            "address": mask(one.to_address),
        }
        for one in databases.use("notifier", find)
    ]
    tables.show(columns, rows, as_json=as_json)


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
