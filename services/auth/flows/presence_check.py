"""The presence check (R9): asked at a hidden moment, answered by whoever has the mailbox.

Every change is made under the lock of the account, so that of two answers at once one counts.
"""

from datetime import datetime, timedelta
from uuid import UUID

from services.auth.domain.accounts import Account, Visitor
from services.auth.domain.presence import ANSWER_WITHIN, MAILS_AN_HOUR, RESEND_AFTER, Check
from services.auth.errors import ResendTooEarly
from services.auth.flows import mailing
from services.auth.flows.context import Context
from services.auth.storage import presence_checks, presence_mails
from shared import clock
from shared.contracts.mails import PresenceCheck
from shared.crypto import new_id
from shared.db import Connection


async def is_due(connection: Connection, account: Account) -> bool:
    """Whether this sign-in is to be held; it stays so until a check is passed."""
    due_at = account.presence_due_at
    return due_at is None or due_at <= await clock.now(connection)


async def start(
    connection: Connection,
    context: Context,
    account: Account,
    session_id: UUID,
    visitor: Visitor,
) -> None:
    """Hold a session of an account that the caller has locked, and mail code and link."""
    check = Check(
        id=new_id(),
        member_id=account.member_id,
        customer_id=account.customer_id,
        session_id=session_id,
        key_id=context.secrets.current_key_id,
        browser=visitor.browser,
        known_browser=False,
        state="pending",
        wrong=0,
        created_at=await clock.now(connection),
        expires_at=None,
        confirmed_at=None,
    )
    await presence_checks.add(connection, check, reason="due", policy=context.law.version)
    if await next_mail_at(connection, check) <= check.created_at:
        await mail(connection, context, account, check)


async def mail(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Send the check's mail; the first one starts the ten minutes, a later one repeats it."""
    expires_at = await presence_checks.update_expiry(connection, check.id, ANSWER_WITHIN)
    await presence_mails.add(connection, check.id, check.member_id)
    params = PresenceCheck(
        name=account.name,
        code=context.secrets.code(check.id, check.key_id),
        token=context.secrets.token(check.id, check.key_id),
        expires_at=expires_at,
        requested_at=check.created_at,
        browser=check.browser,
    )
    await mailing.send(connection, context, account, params, expires_at=expires_at)


async def next_mail_at(connection: Connection, check: Check) -> datetime:
    """When the next mail of a check may go: a minute after its last, at most five an hour."""
    last = await presence_mails.find_last(connection, check.id)
    sent = await presence_mails.list_last_hour(connection, check.member_id)
    earliest = last + RESEND_AFTER if last else check.created_at
    if len(sent) < MAILS_AN_HOUR:
        return earliest
    return max(earliest, sent[-MAILS_AN_HOUR] + timedelta(hours=1))


async def next_mail_in(connection: Connection, check: Check) -> float:
    """Seconds until the next mail of a check may go; none or less where it may go now."""
    allowed_at = await next_mail_at(connection, check)
    return (allowed_at - await clock.now(connection)).total_seconds()


async def resend(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Repeat the check's mail.

    Raises:
        ResendTooEarly: The last one is too recent, or the hour's mails are used up.
    """
    wait = await next_mail_in(connection, check)
    if wait > 0:
        raise ResendTooEarly(retry_after=wait)
    await mail(connection, context, account, check)
