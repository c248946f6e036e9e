"""`zaiseki demo`: fills a sample company, so that every page of a trial has something to show."""

import asyncio
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from cli import tables, vendor
from cli.sentences import sentence
from cli.vendor import AsJson, Desk
from shared.refusal import Refusal

if TYPE_CHECKING:
    from cli.demo_people import Run
    from services.membership.flows.ground.context import Context

CODE = "A-1004"
HANDLE = "demo"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PASSWORD_LENGTH = 20

Remove = Annotated[
    bool, typer.Option("--remove", help="Delete all accounts of the sample company again.")
]


def demo(*, remove: Remove = False, as_json: AsJson = False) -> None:
    """Fill a sample company with people, invitations, approvals and history, in a trial only.

    The accounts are made as people make them: over HTTP, with the mails from the mailbox. All of
    them get the same random password, which is printed once.
    """
    from shared.crypto import random_token

    run = _require_trial()
    if remove:
        count = vendor.at(CODE, HANDLE, _remove)
        _show("demo_removed", as_json=as_json, code=CODE, accounts=count)
        return
    if vendor.at(CODE, HANDLE, _count):
        raise Refusal(sentence("demo_occupied", code=CODE))
    password = random_token()[:_PASSWORD_LENGTH]
    owner = _play(run, password)
    _show(
        "demo_made", as_json=as_json,
        origin=run.origin, mailbox=run.mailbox, email=owner, password=password,
    )  # fmt: skip


def _require_trial() -> "Run":
    """The run in STATE_DIR, if it is a trial that only this machine can reach.

    Raises:
        Refusal: There is no run, its mails leave the machine, another machine can reach it, or it
            has customers besides the samples.
    """
    from cli import database
    from cli.demo_people import Run

    known = database.run()
    origin, mailbox = known.get("origin"), known.get("mailbox")
    if not (origin and mailbox):
        raise Refusal(sentence("demo_needs_mailbox"))
    if any(urlsplit(known[name]).hostname not in _LOOPBACK for name in ("origin", "mailbox")):
        raise Refusal(sentence("demo_needs_loopback"))
    if vendor.work(_has_real_customers):
        raise Refusal(sentence("demo_needs_samples"))
    return Run(str(origin), str(mailbox))


async def _has_real_customers(context: "Context") -> bool:
    from embedded.first_start import SAMPLE
    from services.membership.flows.company import customer_import

    rows = customer_import.check(SAMPLE.read_bytes()).rows
    return await customer_import.has_others(context.db, rows)


async def _count(desk: Desk) -> int:
    from services.membership.flows.company import vendor as flow

    return len(await flow.list_members(desk.context, desk.operator()))


async def _remove(desk: Desk) -> int:
    """Delete all accounts, and reject what waits; their senders' invitations end with them."""
    from services.membership.flows.company import vendor as flow
    from services.membership.flows.joining import approval
    from services.membership.flows.joining.approval import Rejection
    from services.membership.flows.members import member_state

    who = desk.operator("after_call")
    for waiting in await approval.list_waiting(desk.context, who):
        await approval.reject(desk.context, who, waiting.id, Rejection(reason="other"))
    members = await flow.list_members(desk.context, who)
    for member in members:
        await member_state.delete(desk.context, who, member.id)
    return len(members)


def _play(run: "Run", password: str) -> str:
    from aiohttp import ClientError

    from cli import databases, demo_story
    from cli.demo_people import Stuck

    today = databases.now().date()
    try:
        return asyncio.run(demo_story.play(run, password, today))
    except Stuck as stuck:
        raise Refusal(sentence("demo_stuck", why=stuck)) from None
    except (ClientError, TimeoutError) as error:
        raise Refusal(sentence("demo_stuck", why=type(error).__name__)) from None


def _show(name: str, *, as_json: bool, **facts: object) -> None:
    if as_json:
        tables.show_json(facts)
    else:
        typer.echo(sentence(name, **facts))
