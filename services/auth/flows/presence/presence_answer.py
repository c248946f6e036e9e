"""The waiting page of a presence check: what it shows, and the answers that it sends."""

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
    """What the waiting page shows: the number to be typed into the mail's page, and until when.

    `confirmed` is what lets it go on without a code: the mail's link was confirmed, or checks have
    been switched off. `expires_at` is None until a mail went; the next may go at `resend_at`.
    """

    state: Literal["pending", "confirmed"]
    number: int
    sent_to: str
    expires_at: datetime | None
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """An answer to a check, not judged yet; `right` is None where no code was typed, or where none
    is asked for."""

    check: Check
    right: bool | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A check that holds its session no longer. `method` is None where checks were switched off
    while it was pending: then it has ended without being passed."""

    account: Account
    check: Check
    method: Method | None


async def view(context: Context, session: Session) -> Waiting:
    """The state of the check that holds this session; looking at it is no activity.

    Raises:
        PresenceMissed: Its time is over.
    """
    async with context.db.snapshot("view presence check") as connection:
        account = await accounts.find(connection, session.member_id)
        check = await presence_checks.find_pending(connection, session.id)
        if account and check and not check.over(await clock.now(connection)):
            return await _waiting(connection, context, account, check)
    raise PresenceMissed


async def count(context: Context, session: Session, code: str | None) -> Tried:
    """Count a code as wrong, and see whether it is right.

    Raises:
        PresenceMissed: No check holds the session any more.
        WrongCode: The code is not right; `left` tries are left.
    """
    async with context.db.connection() as connection:
        check = await presence_checks.find_pending(connection, session.id)
    if check is None:
        raise PresenceMissed
    return Tried(check, None if code is None else await _try(context, check, code))


async def judge(connection: Connection, context: Context, tried: Tried) -> Answered | Problem:
    """End the check as the answer deserves; the account is locked from here on.

    Refusals are returned, not raised: what they change has to be committed.
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
    """Send the mail again, or for the first time; the ten minutes go on.

    Raises:
        ResendTooEarly: The last mail is too recent, or the hour's mails are used up.
        PresenceMissed: The time is over.
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
    """The account, locked, and the check that holds the session; one that is over ends now."""
    account = await accounts.lock(connection, session.member_id)
    check = await presence_checks.find_pending(connection, session.id)
    if check and check.over(await clock.now(connection)):
        await presence_outcome.expire(connection, check)
        return account, None
    return account, check


async def _try(context: Context, check: Check, code: str) -> bool | None:
    """Whether a code is right; it has been counted before. False too where none may be judged.

    None where checks were switched off and it is not right: then no answer is needed, and a wrong
    one must not force a reset on the day when no mail goes.

    Raises:
        WrongCode: It is not, and another one may be tried.
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
    """What a wrong code leads to that left no try, unless a pass has given some back meanwhile."""
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
