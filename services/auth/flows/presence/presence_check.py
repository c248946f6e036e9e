"""The presence check (R9): the first sign-in after a hidden random moment, and a sign-in from a new
browser, wait until the member answers a mail.

The callers of `start`, `mail` and `resend` have locked the account, so if two requests arrive at
once, only one takes effect.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.auth.domain.accounts import Account
from services.auth.domain.presence import (
    ANSWER_WITHIN,
    MAILS_AN_HOUR,
    MAILS_OF_NEW_BROWSERS,
    PENDING_AT_ONCE,
    RESEND_AFTER,
    Check,
    Reason,
)
from services.auth.domain.stages import Progress, SignIn, Standing
from services.auth.errors import ChecksPending, ResendTooEarly
from services.auth.flows.accounts import session
from services.auth.flows.ground import mailing
from services.auth.flows.ground.context import Context
from services.auth.storage import presence_checks, presence_mails, sessions
from shared import clock
from shared.contracts.mails import PresenceCheck
from shared.crypto import new_id
from shared.db import Connection


async def standing(connection: Connection, context: Context, sign_in: SignIn) -> Standing:
    """Return whether this sign-in needs a presence check; `PRESENCE_MODE=off` waives it."""
    if sign_in.presence is not None:
        return Standing("passed")
    reason = await _reason_to_ask(connection, sign_in)
    if reason is None:
        return Standing("not_needed")
    return Standing("needed" if context.asks_for_presence else "waived", reason)


async def _reason_to_ask(connection: Connection, sign_in: SignIn) -> Reason | None:
    """Return the reason for a check, or None. A check that is due stays due until one is passed.

    A browser is new (in the documentation: unknown) if its device cookie shows no complete sign-in
    and no password reset of this account. A new browser is no reason for the first complete sign-in
    within 30 minutes of a reset: many people set the password in the browser of their mail app and
    continue in another one.
    """
    account = sign_in.account
    now = await clock.now(connection)
    if account.presence_due_at is None or account.presence_due_at <= now:
        return "due"
    first_until = account.first_sign_in_until
    if sign_in.known_browser or (first_until is not None and now < first_until):
        return None
    return "new_browser"


async def start(
    connection: Connection, context: Context, sign_in: SignIn, standing: Standing
) -> Progress | ChecksPending:
    """Start a presence check: open a session that waits for it, and mail the code and the link.

    At most three checks of a member are pending. If there are three, a further sign-in ends the
    oldest one that it may end. From a new browser it may end only a check of a new browser whose
    link was not confirmed, so a thief who knows the password cannot end the owner's check; from a
    known browser any check, but those first. If it may end none, `ChecksPending` is returned, with
    the seconds to wait. If a limit does not allow a mail yet, the member
    can request it later with `resend`.
    """
    account, visitor = sign_in.account, sign_in.visitor
    assert standing.reason is not None
    await session.end_browser(connection, visitor.session_token, "replaced")
    wait = await _make_room(connection, account, known_browser=sign_in.known_browser)
    if wait is not None:
        return ChecksPending(retry_after=wait)
    session_id, token = await session.open_for(
        connection, context, account, visitor, stage="presence"
    )
    check = Check(
        id=new_id(),
        member_id=account.member_id,
        customer_id=account.customer_id,
        session_id=session_id,
        key_id=context.secrets.current_key_id,
        browser=visitor.browser,
        known_browser=sign_in.known_browser,
        state="pending",
        wrong=0,
        created_at=await clock.now(connection),
        expires_at=None,
        confirmed_at=None,
    )
    await presence_checks.add(
        connection, check, reason=standing.reason, policy=context.schedule.version
    )
    if await next_mail_in(connection, check) <= 0:
        await mail(connection, context, account, check)
    return Progress(next="presence_check", session_token=token)


async def _make_room(
    connection: Connection, account: Account, *, known_browser: bool
) -> float | None:
    """End the oldest checks that this sign-in is allowed to end, so that one more can be pending.

    Those that a new browser may end are ended first. Returns None if there is room now. Otherwise
    returns the seconds until the first pending check expires. Overdue checks are not counted; the
    sweep ends them.
    """
    now = await clock.now(connection)
    found = await presence_checks.list_pending(connection, account.member_id)
    pending = [check for check in found if not check.over(now)]
    surplus = len(pending) + 1 - PENDING_AT_ONCE
    if surplus <= 0:
        return None
    may_end = [check for check in pending if not check.trusted]
    if known_browser:
        may_end += [check for check in pending if check.trusted]
    if len(may_end) < surplus:
        return (min(check.over_at for check in pending) - now).total_seconds()
    for check in may_end[:surplus]:
        await presence_checks.end(connection, check.id, "cancelled")
        await sessions.end(connection, check.session_id, "replaced")
    return None


async def mail(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Send the check's mail. The first mail starts the ten minutes to answer; later mails are
    copies of it."""
    expires_at = await presence_checks.update_expiry(connection, check.id, ANSWER_WITHIN)
    await presence_mails.add(connection, check.id, check.member_id)
    params = PresenceCheck(
        name=account.name_for(account.locale),
        code=context.secrets.code(check.id, check.key_id),
        token=context.secrets.token(check.id, check.key_id),
        expires_at=expires_at,
        requested_at=check.created_at,
        browser=check.browser,
    )
    await mailing.send(connection, context, account, params, expires_at=expires_at)


async def next_mail_at(connection: Connection, check: Check) -> datetime:
    """Return when the check's next mail can be sent.

    There is a minute between two mails of a check. A member gets five mails an hour, of which
    checks of new browsers use at most three.
    """
    last = await presence_mails.find_last(connection, check.id)
    sent = await presence_mails.list_last_hour(connection, check.member_id)
    moments = [
        last + RESEND_AFTER if last else check.created_at,
        *_below_limit_at(sent, MAILS_AN_HOUR),
    ]
    if not check.known_browser:
        sent = await presence_mails.list_last_hour(connection, check.member_id, new_browsers=True)
        moments += _below_limit_at(sent, MAILS_OF_NEW_BROWSERS)
    return max(moments)


def _below_limit_at(sent: Sequence[datetime], limit: int) -> list[datetime]:
    """Return, as a list, the moment from which fewer than `limit` mails were sent in the last hour.

    The list is empty if that is true now. `sent` has the mails of the last hour, oldest first.
    """
    return [sent[-limit] + timedelta(hours=1)] if len(sent) >= limit else []


async def next_mail_in(connection: Connection, check: Check) -> float:
    """Return the seconds until the check's next mail can be sent; zero or negative means now."""
    allowed_at = await next_mail_at(connection, check)
    return (allowed_at - await clock.now(connection)).total_seconds()


async def resend(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Send the check's mail again.

    Raises:
        ResendTooEarly: The last mail is too recent, or the mails of this hour are used up;
            `retry_after` has the seconds until the next mail is allowed.
    """
    wait = await next_mail_in(connection, check)
    if wait > 0:
        raise ResendTooEarly(retry_after=wait)
    await mail(connection, context, account, check)
