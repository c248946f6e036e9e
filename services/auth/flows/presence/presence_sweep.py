"""Periodically ends overdue presence checks, to which answers are already rejected."""

from datetime import timedelta

from services.auth.domain.presence import UNMAILED_ENDS_AFTER, Check
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_outcome
from services.auth.storage import accounts, presence_checks, presence_mails
from shared import clock
from shared.db import Connection


async def run(context: Context) -> None:
    """End overdue checks, and delete old checks and times of mails.

    A check ends as missed if its mail was sent, and as cancelled if no mail could be sent.
    """
    async with context.db.connection() as connection:
        overdue = await presence_checks.list_overdue(connection, UNMAILED_ENDS_AFTER)
    for check in overdue:
        async with context.db.transaction("end overdue presence checks") as connection:
            await _end(connection, check)
    kept = timedelta(days=context.settings.presence_kept_days)
    async with context.db.transaction("end overdue presence check") as connection:
        await presence_mails.purge(connection)
        await presence_checks.purge(connection, kept)


async def _end(connection: Connection, check: Check) -> None:
    await accounts.lock(connection, check.member_id)
    current = await presence_checks.find(connection, check.id)
    if current and current.state == "pending" and current.over(await clock.now(connection)):
        await presence_outcome.expire(connection, current)
