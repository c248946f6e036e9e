"""The outcomes of a presence check and their effects. The caller has locked the account."""

from typing import Literal
from uuid import UUID

from services.auth.domain.accounts import Account
from services.auth.domain.presence import TRIES, TRIES_OF_A_MEMBER, Check, Method
from services.auth.flows.accounts import activity, distrust
from services.auth.flows.ground import audit, mailing
from services.auth.flows.ground.context import Context
from services.auth.storage import accounts, devices, password_reset_links, presence_checks, sessions
from shared import clock
from shared.contracts.mails import PasswordResetRequired, PresenceDenied, PresenceFailed
from shared.db import Connection

Because = Literal["denied", "wrong_answers"]


async def pass_(connection: Connection, context: Context, check: Check) -> Method:
    """End the check as passed. Returns how it was passed."""
    method: Method = "link" if check.confirmed_at else "code"
    await presence_checks.end(connection, check.id, "passed", method=method)
    await prove(connection, context, check.member_id)
    return method


async def prove(connection: Connection, context: Context, member_id: UUID) -> None:
    """Record that the member has proved access to the mailbox: draw the moment of the next check,
    and clear the count of wrong answers."""
    due_at = context.schedule.draw(await clock.now(connection))
    await accounts.prove_presence(connection, member_id, due_at)


async def expire(connection: Connection, check: Check) -> None:
    """End a check that is overdue or has no try left, and its session: as missed, or as cancelled
    if no mail was ever sent."""
    if not check.mailed:
        await presence_checks.end(connection, check.id, "cancelled")
        await sessions.end(connection, check.session_id, "cancelled")
        return
    await _miss(connection, check)
    await sessions.end(connection, check.session_id, "presence_missed")


async def fail(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Apply the limits of wrong answers: end the check after five, and after the member's tenth end
    all sessions and require a reset.

    Any answer after the tenth has the same effect, in case the process crashed at the tenth.
    """
    if account.wrong_answers >= TRIES_OF_A_MEMBER:
        if check.state == "pending":
            await _miss(connection, check)
        if not account.must_reset:
            await audit.record_outcome(connection, check, "failed")
            await _end_sessions_and_require_reset(
                connection, context, account, check, because="wrong_answers"
            )
    elif check.state == "pending" and check.wrong >= TRIES:
        await expire(connection, check)


async def deny(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Record a denial (「心当たりがありません」), end all sessions, and require a reset.

    The company's owners and admins get a mail. If the password was reset after the sign-in, the
    denial is recorded and mailed, but ends nothing: the reset has ended the sessions.
    """
    before_reset = account.reset_since(check.created_at)
    await presence_checks.end(connection, check.id, "denied")
    await activity.tell(connection, account.member_id, "presence_denied")
    reason = "before_reset" if before_reset else ""
    await audit.record_outcome(connection, check, "denied", reason=reason)
    if before_reset:
        await _tell_company(connection, context, account, check, because="denied")
        return
    await _end_sessions_and_require_reset(connection, context, account, check, because="denied")


async def _miss(connection: Connection, check: Check) -> None:
    await presence_checks.end(connection, check.id, "missed")
    await activity.tell(connection, check.member_id, "presence_missed")
    await audit.record_outcome(connection, check, "missed")


async def _end_sessions_and_require_reset(
    connection: Connection, context: Context, account: Account, check: Check, *, because: Because
) -> None:
    """End all sessions, forget all known browsers, and require a reset. The member and the
    company's owners and admins get a mail.

    A denial and the tenth wrong answer have these effects.
    """
    reason = "presence_denied" if because == "denied" else "presence_failed"
    await presence_checks.cancel_pending(connection, account.member_id)
    ended = await sessions.end_all(connection, account.member_id, reason)
    await distrust.suspect(connection, account, ended)
    await password_reset_links.end_all(connection, account.member_id)
    await devices.purge_member(connection, account.member_id)
    await accounts.consume_first_sign_in(connection, account.member_id)
    await accounts.update_must_reset(connection, account.member_id)
    await _tell_person(connection, context, account, check, because=because)
    await _tell_company(connection, context, account, check, because=because)


async def _tell_person(
    connection: Connection, context: Context, account: Account, check: Check, *, because: Because
) -> None:
    params = PasswordResetRequired(
        name=account.name_for(account.locale),
        because=because,
        happened_at=await clock.now(connection),
        browser=check.browser,
    )
    await mailing.send(connection, context, account, params)


async def _tell_company(
    connection: Connection, context: Context, account: Account, check: Check, *, because: Because
) -> None:
    """Mail the company's active owners and admins, each in their own language, except the member
    concerned."""
    for lead in await accounts.list_company_leads(connection, account.customer_id):
        if lead.member_id == account.member_id:
            continue
        failed = PresenceFailed(
            name=lead.name_for(lead.locale),
            customer_name=account.customer_name,
            member_name=account.name_for(lead.locale),
            member_email=account.email,
            happened_at=await clock.now(connection),
            browser=check.browser,
        )
        before_reset = account.reset_since(check.created_at)
        denied = PresenceDenied(**failed.model_dump(), before_reset=before_reset)
        params = denied if because == "denied" else failed
        await mailing.send(connection, context, lead, params)
