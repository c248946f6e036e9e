"""The link in a presence check's mail: the member views the sign-in, confirms it with the number of
the waiting page, or denies it.

Opening the link proves access to the mailbox only. It never signs in: a confirmation lets the
sign-in continue in the browser that started it.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.auth.domain.accounts import Account
from services.auth.domain.presence import DENY_WITHIN, Check, CheckState
from services.auth.errors import CheckEnded, LinkInvalid, WrongNumber
from services.auth.flows.accounts import distrust
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_outcome, presence_tries
from services.auth.storage import accounts, presence_checks
from shared import clock
from shared.db import Connection
from shared.errors import Problem

PreviewState = Literal[CheckState, "confirmed"]
Step = Callable[[Connection, Account, Check], Awaitable[Problem | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Says what a denial led to. If `recorded`, it ended no session. Otherwise every session has
    ended, and `settled` says whether membership has withdrawn their pending requests."""

    recorded: bool
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Holds the contents of the link's page: the sign-in and the state of its check."""

    state: PreviewState
    name: str
    browser: str
    requested_at: datetime
    expires_at: datetime | None


async def preview(context: Context, token: str) -> Preview:
    """Return the sign-in that a link is about. Nothing is written, so a mail scanner may open it.

    Raises:
        LinkInvalid: No mailed check of the last seven days has this token, or the account was
            closed.
    """
    async with context.db.connection() as connection:
        check = await _check(connection, context, token)
        account = await accounts.find(connection, check.member_id)
        now = await clock.now(connection)
    if account is None:
        raise LinkInvalid
    return Preview(
        state=_state(check, now),
        name=account.name,
        browser=check.browser,
        requested_at=check.created_at,
        expires_at=check.expires_at,
    )


def _state(check: Check, now: datetime) -> PreviewState:
    if check.state != "pending":
        return check.state
    if check.over(now):
        return "missed"
    return "confirmed" if check.confirmed_at else "pending"


async def confirm(context: Context, token: str, number: int) -> None:
    """Confirm the sign-in (「在席しています」) with the number that the waiting page shows.

    Raises:
        LinkInvalid: No mailed check of the last seven days has this token, or the account was
            closed.
        CheckEnded: The check has ended, its time is over, or this wrong number was the last try.
        WrongNumber: The number is not right, and tries are left; it counts like a wrong code.
    """
    async with context.db.connection() as connection:
        found = await _check(connection, context, token)
    counted = await presence_tries.count(context, found)
    right = counted is not None and number == context.secrets.number(found.id, found.key_id)
    if counted and not right:
        raise WrongNumber(left=counted)

    async def step(connection: Connection, account: Account, check: Check) -> Problem | None:
        if right and check.state == "pending":
            await presence_tries.take_back(connection, check)
            await presence_checks.confirm(connection, check.id)
            return None
        left = presence_tries.left(account, check)
        if left and check.answerable(await clock.now(connection)):
            return WrongNumber(left=left)
        await presence_outcome.fail(connection, context, account, check)
        return CheckEnded()

    await _under_lock(context, token, step)


async def deny(context: Context, token: str) -> Denial:
    """Deny the sign-in (「心当たりがありません」), also after another outcome, for seven days.

    A repeated denial changes nothing. If the password was reset after the sign-in, the denial is
    recorded and mailed to the company's owners and admins, but ends nothing: the reset has already
    ended the sessions.

    Raises:
        LinkInvalid: No mailed check of the last seven days has this token, or the account was
            closed.
    """

    recorded = False

    async def step(connection: Connection, account: Account, check: Check) -> None:
        nonlocal recorded
        recorded = account.reset_since(check.created_at)
        if check.state != "denied":
            await presence_outcome.deny(connection, context, account, check)

    member_id = await _under_lock(context, token, step)
    settled = recorded or await distrust.settled(context, member_id)
    return Denial(recorded=recorded, settled=settled)


async def _under_lock(context: Context, token: str, step: Step) -> UUID:
    """Run a step under the account's lock, and return the id of the member.

    A problem that the step returns is raised after the commit.
    """
    async with context.db.transaction("use presence link") as connection:
        found = await _check(connection, context, token)
        account = await accounts.lock(connection, found.member_id)
        check = await presence_checks.find(connection, found.id)
        if account is None or check is None:
            raise LinkInvalid
        problem = await step(connection, account, check)
    if problem is not None:
        raise problem
    return account.member_id


async def _check(connection: Connection, context: Context, token: str) -> Check:
    """Return the check that a token belongs to. The token contains the check's id and a proof.

    The token of a check that was never mailed is invalid: only a forger can have it.
    """
    try:
        check_id = UUID(bytes=base64.urlsafe_b64decode(f"{token}==")[:16])
    except (binascii.Error, ValueError) as error:
        raise LinkInvalid from error
    check = await presence_checks.find(connection, check_id)
    if check is None or not check.mailed:
        raise LinkInvalid
    if not context.secrets.is_token(token, check.id, check.key_id):
        raise LinkInvalid
    if await clock.now(connection) > check.created_at + DENY_WITHIN:
        raise LinkInvalid
    return check
