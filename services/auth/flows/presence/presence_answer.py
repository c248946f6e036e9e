"""The browser's side of a presence check: the page that waits for the mail, and its answers.

A presence check holds the session of a sign-in until the member answers a mail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.auth.domain.accounts import Account, Session
from services.auth.domain.presence import TRIES_OF_A_MEMBER, Check, Method
from services.auth.errors import (
    CheckNotMailed,
    NotConfirmed,
    PresenceFailed,
    PresenceMissed,
    WrongCode,
)
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_check, presence_outcome, presence_tries
from services.auth.storage import accounts, presence_checks
from shared import clock
from shared.addresses import mask
from shared.db import Connection
from shared.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Holds the contents of the waiting page. The member types `number` into the page of the mail's
    link.

    In state `confirmed` the sign-in can continue without a code, because the mail's link was
    confirmed or presence checks have been switched off. `expires_at` is the end of the time to
    answer, None before the first mail. The next mail can be sent from `resend_at`.
    """

    state: Literal["pending", "confirmed"]
    number: int
    sent_to: str
    expires_at: datetime | None
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """Holds an answer to a check before it is judged. `right` is None if no code was typed, or if
    checks are switched off and the code was not right."""

    check: Check
    right: bool | None


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds a check that no longer blocks its session. `method` is None if checks were switched off
    while it was pending; then it ended without being passed."""

    account: Account
    check: Check
    method: Method | None


async def view(context: Context, session: Session) -> Waiting:
    """Return the state of the check that holds this session. Nothing is written.

    Raises:
        PresenceMissed: The check has ended, or its time is over.
    """
    async with context.db.snapshot("view presence check") as connection:
        account = await accounts.find(connection, session.member_id)
        check = await presence_checks.find_pending(connection, session.id)
        if account and check and not check.over(await clock.now(connection)):
            return await _waiting(connection, context, account, check)
    raise PresenceMissed


async def try_code(context: Context, session: Session, code: str | None) -> Tried:
    """Count a code as wrong, then check it. Without a code nothing is counted.

    Raises:
        PresenceMissed: No pending check holds the session.
        WrongCode: The code is not right; `left` tries are left.
    """
    async with context.db.connection() as connection:
        check = await presence_checks.find_pending(connection, session.id)
    if check is None:
        raise PresenceMissed
    return Tried(check, None if code is None else await _is_right(context, check, code))


async def judge(connection: Connection, context: Context, tried: Tried) -> Answered | Problem:
    """End the check according to the answer. Locks the account first.

    Problems are returned, not raised, because their effects have to be committed.
    """
    account = await accounts.lock(connection, tried.check.member_id)
    check = await presence_checks.find(connection, tried.check.id)
    if account is None or check is None:
        return PresenceMissed()
    if check.state == "pending" and check.over(await clock.now(connection)):
        await presence_outcome.expire(connection, check)
        return PresenceMissed()
    if check.state == "pending" and not check.mailed and context.asks_for_presence:
        return CheckNotMailed(retry_after=await presence_check.next_mail_in(connection, check))
    if tried.right is False:
        return await _wrong(connection, context, account, check)
    if check.state != "pending":
        return PresenceMissed()
    if tried.right or check.confirmed_at is not None:
        return Answered(account, check, await presence_outcome.pass_(connection, context, check))
    if not context.asks_for_presence:
        await presence_checks.end(connection, check.id, "cancelled")
        return Answered(account, check, None)
    return NotConfirmed()


async def resend(context: Context, session: Session) -> Waiting:
    """Send the mail again, or for the first time. The time to answer is not extended.

    Raises:
        ResendTooEarly: The last mail is too recent, or the mails of this hour are used up.
        PresenceMissed: The check has ended, or its time is over.
    """
    async with context.db.transaction("resend presence check") as connection:
        account, check = await _pending(connection, session)
        if account and check:
            await presence_check.resend(connection, context, account, check)
            account, check = await _pending(connection, session)
            assert account
            assert check
            return await _waiting(connection, context, account, check)
    raise PresenceMissed


async def _pending(connection: Connection, session: Session) -> tuple[Account | None, Check | None]:
    """Lock the account, and return it with the pending check of the session.

    A check whose time is over is ended and not returned.
    """
    account = await accounts.lock(connection, session.member_id)
    check = await presence_checks.find_pending(connection, session.id)
    if check and check.over(await clock.now(connection)):
        await presence_outcome.expire(connection, check)
        return account, None
    return account, check


async def _is_right(context: Context, check: Check, code: str) -> bool | None:
    """Count an answer, then return whether the code is right.

    Returns False too if no more answers may be judged. Returns None if checks are switched off and
    the code is not right: no answer is needed then, and a wrong one must not lead to a forced
    reset.

    Raises:
        WrongCode: The code is not right, and another one may be tried.
    """
    if not context.asks_for_presence:
        return (check.mailed and context.secrets.is_code(code, check.id, check.key_id)) or None
    left = await presence_tries.count(context, check)
    right = left is not None and context.secrets.is_code(code, check.id, check.key_id)
    if left and not right:
        raise WrongCode(left=left)
    return right


async def _wrong(
    connection: Connection, context: Context, account: Account, check: Check
) -> Problem:
    """Return the problem for a wrong code that had used up the last try, and end the check.

    If tries are left again, for example because the member has passed another check since, this
    check goes on.
    """
    left = presence_tries.left(account, check)
    if check.state == "pending" and left:
        return WrongCode(left=left)
    await presence_outcome.fail(connection, context, account, check)
    return PresenceFailed() if account.wrong_answers >= TRIES_OF_A_MEMBER else PresenceMissed()


async def _waiting(
    connection: Connection, context: Context, account: Account, check: Check
) -> Waiting:
    return Waiting(
        state="confirmed" if check.confirmed_at or not context.asks_for_presence else "pending",
        number=context.secrets.number(check.id, check.key_id),
        sent_to=mask(account.email),
        expires_at=check.expires_at,
        resend_at=await presence_check.next_mail_at(connection, check),
    )
