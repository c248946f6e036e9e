"""`zaiseki mails`: mails that are held back since a restore."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli import acting, databases, tables
from cli.acting import By
from cli.sentences import sentence
from cli.vendor import AsJson
from shared.refusal import Refusal

if TYPE_CHECKING:
    from services.notifier.domain import Held
    from shared.db import Database

    Work = Callable[[Database, list[UUID] | None], Awaitable[int]]

app = typer.Typer(no_args_is_help=True, help="Mails that are held back since a restore.")

Ids = Annotated[list[UUID] | None, typer.Argument(metavar="ID", help="The mails' ids.")]
All = Annotated[bool, typer.Option("--all", help="All held mails.")]


@app.command()
def held(*, as_json: AsJson = False) -> None:
    """List held mails: id, time of the request, expiry, template, masked address."""
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
    rows: list[tables.Row] = [
        {
            "id": str(one.id),
            "asked_for": one.created_at,
            "expires": one.expires_at,
            "template": one.template,
            "address": mask(one.to_address),
        }
        for one in databases.use("notifier", find)
    ]
    tables.show(columns, rows, codes={"template": "template"}, as_json=as_json)


@app.command()
def release(by: By, ids: Ids = None, *, all_of_them: All = False, as_json: AsJson = False) -> None:
    """Send held mails; those that were sent before the restore arrive a second time."""
    from services.notifier.flows import mail_hold

    count = _count(mail_hold.release, ids, all_of_them=all_of_them)
    acting.log("mails were released", by, mails=count)
    _say("mails_released", count, as_json=as_json)


@app.command()
def drop(by: By, ids: Ids = None, *, all_of_them: All = False, as_json: AsJson = False) -> None:
    """Drop held mails without sending them."""
    from services.notifier.flows import mail_hold

    count = _count(mail_hold.drop, ids, all_of_them=all_of_them)
    acting.log("mails were dropped", by, mails=count)
    _say("mails_dropped", count, as_json=as_json)


def _say(name: str, count: int, *, as_json: bool) -> None:
    if as_json:
        tables.show_json({"mails": count})
    else:
        typer.echo(sentence(name, count=count))


def _count(work: "Work", ids: list[UUID] | None, *, all_of_them: bool) -> int:
    """Apply the work to the chosen mails, and return how many they were. Raises Refusal."""
    from services.notifier.errors import MailNotHeld

    if bool(ids) == all_of_them:
        raise typer.BadParameter("Give the ids of mails, or --all.")
    try:
        return databases.use("notifier", lambda db: work(db, ids or None))
    except MailNotHeld:
        raise Refusal(sentence("mail_not_held")) from None
