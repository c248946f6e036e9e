"""The waiting page of a presence check: what it shows, and the answers that it sends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.auth.domain.accounts import Account, Session, Visitor
from services.auth.domain.presence import TRIES, Check
from services.auth.errors import NotConfirmed, PresenceMissed, WrongCode
from services.auth.flows import presence_check, presence_outcome
from services.auth.flows.context import Context
from services.auth.flows.session import Progress
from services.auth.storage import accounts, presence_checks
from shared import clock
from shared.addresses import mask
from shared.db import Connection
from shared.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the waiting page shows: the number to be typed into the mail's page, and until when."""

    state: Literal["pending", "confirmed"]
    number: int
    sent_to: str
    expires_at: datetime | None
    resend_at: datetime


async def view(context: Context, session: Session) -> Waiting:
    """The state of the check that holds this session; looking at it is no activity.

    Raises:
        PresenceMissed: Its time is over.
    """
    async with context.db.transaction() as connection:
        account, check = await _pending(connection, session)
        if check and account and not check.expired(await clock.now(connection)):
            return await _waiting(connection, context, account, check)
        await _expire(connection, check)
    raise PresenceMissed


async def answer(
    context: Context, session: Session, code: str | None, visitor: Visitor
) -> Progress:
    """Pass with the mail's code, or without one after the mail's link was confirmed.

    Raises:
        NotConfirmed: No code, and nobody has confirmed; this counts nothing.
        WrongCode: The code is not right; `left` tries are left.
        PresenceMissed: The time is over, or it was the fifth wrong answer.
    """
    async with context.db.transaction() as connection:
        account, check = await _pending(connection, session)
        outcome = await _judge(connection, context, account, check, code=code, visitor=visitor)
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


async def resend(context: Context, session: Session) -> Waiting:
    """Send the mail again; the ten minutes go on.

    Raises:
        ResendTooEarly: The last mail is too recent, or the hour's mails are used up.
        PresenceMissed: The time is over.
    """
    async with context.db.transaction() as connection:
        account, check = await _pending(connection, session)
        if check and account and not check.expired(await clock.now(connection)):
            await presence_check.resend(connection, context, account, check)
            account, check = await _pending(connection, session)
            assert account
            assert check
            return await _waiting(connection, context, account, check)
        await _expire(connection, check)
    raise PresenceMissed


async def _pending(connection: Connection, session: Session) -> tuple[Account | None, Check | None]:
    account = await accounts.lock(connection, session.member_id)
    return account, await presence_checks.find_pending(connection, session.id)


async def _judge(
    connection: Connection,
    context: Context,
    account: Account | None,
    check: Check | None,
    *,
    code: str | None,
    visitor: Visitor,
) -> Progress | Problem:
    """Refusals are returned, not raised: what they change has to be committed."""
    if account is None or check is None or check.expired(await clock.now(connection)):
        await _expire(connection, check)
        return PresenceMissed()
    if code is None:
        right = check.confirmed_at is not None
        if not right:
            return NotConfirmed()
    else:
        right = context.secrets.is_code(code, check.id, check.key_id)
    if right:
        return await presence_outcome.pass_(connection, context, account, check, visitor)
    wrong = await presence_checks.add_wrong(connection, check.id)
    if wrong < TRIES:
        return WrongCode(left=TRIES - wrong)
    await presence_outcome.fail(connection, context, account, check)
    return PresenceMissed()


async def _expire(connection: Connection, check: Check | None) -> None:
    if check is not None:
        await presence_outcome.expire(connection, check)


async def _waiting(
    connection: Connection, context: Context, account: Account, check: Check
) -> Waiting:
    return Waiting(
        state="confirmed" if check.confirmed_at else "pending",
        number=context.secrets.number(check.id, check.key_id),
        sent_to=mask(account.email),
        expires_at=check.expires_at,
        resend_at=await presence_check.next_mail_at(connection, check),
    )
