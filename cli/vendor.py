"""Runs the flows of membership for an operator's command, until there is an operators' console."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import typer

from cli.sentences import sentence
from shared.errors import Problem
from shared.refusal import Refusal

if TYPE_CHECKING:
    from services.membership.domain.company.customers import Customer
    from services.membership.domain.members.actors import Basis, Operator
    from services.membership.flows.ground.context import Context
    from services.membership.settings import MembershipSettings

T = TypeVar("T")

Code = Annotated[str, typer.Argument(metavar="CODE", help="The customer's code (お客様コード).")]
Called = Annotated[
    bool,
    typer.Option("--called", help="You have called the customer back on its registered number."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The last day; it ends at midnight in TIME_ZONE."),
]

_REFUSALS = frozenset(
    {
        "customer_not_found", "member_not_found", "approval_not_found", "approval_decided",
        "already_suspended", "not_suspended", "seats_full",
    }
)  # fmt: skip
"""Codes of problems with their own sentence."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One customer, and the flows' context."""

    context: "Context"
    customer: "Customer"
    staff: UUID

    def operator(self, basis: "Basis" = "") -> "Operator":
        """The acting operator."""
        from services.membership.domain.members.actors import Operator

        return Operator(customer_id=self.customer.id, id=self.staff, basis=basis)


def work(task: "Callable[[Context], Awaitable[T]]") -> T:
    """Run a task with the resources of membership's processes.

    Raises:
        Refusal: The settings or the schema do not fit, the database does not answer, or a flow
            raises a problem.
    """
    from shared.temporary import is_temporary

    try:
        return asyncio.run(_work(task))
    except Problem as problem:
        name = problem.code if problem.code in _REFUSALS else "refused"
        raise Refusal(sentence(name, code=problem.code)) from None
    except Exception as error:
        if not is_temporary(error):
            raise
        raise Refusal(sentence("database_silent", error=type(error).__name__)) from None


def at(code: str, by: str, task: "Callable[[Desk], Awaitable[T]]") -> T:
    """Run a task for one customer, as the operator with this handle. Raises Refusal."""
    from services.membership.flows.company import vendor

    async def found(context: "Context") -> T:
        customer = await vendor.get_customer(context, code)
        return await task(Desk(context, customer, await vendor.identify(context, by)))

    return work(found)


def require_call(code: str, by: str, *, called: bool) -> None:
    """Actions that cannot be undone, enable a sign-in or show full data need a call back (R6).

    Raises:
        Refusal: There was no call; it has the customer and the number to call.
    """
    if not called:
        customer = at(code, by, _call_back)
        raise Refusal(sentence("call_back", name=customer.name, phone=customer.phone))


def end_of(day: datetime | None) -> datetime | None:
    """The end of a day in TIME_ZONE. Raises Refusal."""
    from cli.database import zone
    from shared import days

    try:
        return None if day is None else days.end_of(day.date(), zone())
    except OverflowError:
        raise Refusal(sentence("no_day_after")) from None


def day_of(moment: datetime) -> str:
    """The day of a moment in TIME_ZONE."""
    from cli import database
    from shared import days

    return days.day_of(moment, database.zone())


def shown(moment: datetime) -> str:
    """A moment in TIME_ZONE, for people."""
    from cli import database
    from shared import days

    return days.shown(moment, database.zone())


async def _call_back(desk: Desk) -> "Customer":
    from services.membership.flows.company import vendor

    return await vendor.call_back(desk.context, desk.operator())


async def _work(task: "Callable[[Context], Awaitable[T]]") -> T:
    from cli.database import environments
    from services.membership.settings import MembershipSettings
    from shared import logging, schema
    from shared.settings import load

    settings = load(MembershipSettings, environments(["membership"])["membership"])
    logging.configure(service="membership", process="command", level="warning")
    await schema.require("membership", settings.dsn)
    async with _listening(settings) as context:
        return await task(context)


@asynccontextmanager
async def _listening(settings: "MembershipSettings") -> "AsyncIterator[Context]":
    """Wakes the worker's relay after a commit, and receives auth's confirmations."""
    from services.membership.resources import SERVICE, open_context
    from shared import forever
    from shared.messaging.doorbell import Doorbell

    doorbell = Doorbell(SERVICE)
    async with open_context(settings, doorbell.ring) as context:
        parts: dict[str, forever.Part] = {
            "doorbell": partial(doorbell.run, context.db),
            "confirmations": partial(context.confirmations.listen, settings.dsn),
        }
        async with forever.running(SERVICE, parts):
            yield context
