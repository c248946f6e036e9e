"""How a presence check ends, and what follows from it. The caller has locked the account."""

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
    """End the check as passed; how it was."""
    method: Method = "link" if check.confirmed_at else "code"
    await presence_checks.end(connection, check.id, "passed", method=method)
    await prove(connection, context, check.member_id)
    return method


async def prove(connection: Connection, context: Context, member_id: UUID) -> None:
    """The member has shown the mailbox: draw the next moment, and forget wrong answers."""
    due_at = context.law.draw(await clock.now(connection))
    await accounts.prove_presence(connection, member_id, due_at)


async def expire(connection: Connection, check: Check) -> None:
    """No answer in time, or no mail could go: the session ends, and nothing else follows."""
    if not check.mailed:
        await presence_checks.end(connection, check.id, "cancelled")
        await sessions.end(connection, check.session_id, "cancelled")
        return
    await _miss(connection, check)
    await sessions.end(connection, check.session_id, "presence_missed")


async def fail(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """End what has no try left: the check after five wrong answers, every way in after the ten of
    the member. The answer after the tenth does it too, in case that one's process died.
    """
    if account.wrong_answers >= TRIES_OF_A_MEMBER:
        if check.state == "pending":
            await _miss(connection, check)
        if not account.must_reset:
            await audit.record_outcome(connection, check, "failed")
            await _close_way_in(connection, context, account, check, because="wrong_answers")
    elif check.state == "pending" and check.wrong >= TRIES:
        await expire(connection, check)


async def deny(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """「心当たりがありません」: all sessions end, a reset is the way in, the company is told.

    What was asked before the last reset is recorded and told, and changes nothing: the reset ended
    what that sign-in may have led to.
    """
    before_reset = account.reset_since(check.created_at)
    await presence_checks.end(connection, check.id, "denied")
    await activity.tell(connection, account.member_id, "presence_denied")
    reason = "before_reset" if before_reset else ""
    await audit.record_outcome(connection, check, "denied", reason=reason)
    if before_reset:
        await _tell_company(connection, context, account, check, because="denied")
        return
    await _close_way_in(connection, context, account, check, because="denied")


async def _miss(connection: Connection, check: Check) -> None:
    await presence_checks.end(connection, check.id, "missed")
    await activity.tell(connection, check.member_id, "presence_missed")
    await audit.record_outcome(connection, check, "missed")


async def _close_way_in(
    connection: Connection, context: Context, account: Account, check: Check, *, because: Because
) -> None:
    """All sessions end, no browser is known, and only a reset gets in; person and company are told.

    A denial and the tenth wrong answer both go through here.
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
    """Mail the active owners and admins, each in their own language; not the person once more."""
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
