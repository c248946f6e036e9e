"""How a presence check ends, and what follows from it. The caller has locked the account."""

from services.auth.domain.accounts import Account, Visitor
from services.auth.domain.presence import FAILED_CHECKS_CLOSE, Check
from services.auth.flows import activity, audit, mailing, session
from services.auth.flows.context import Context
from services.auth.flows.session import Progress
from services.auth.storage import accounts, password_reset_links, presence_checks, sessions
from shared import clock
from shared.contracts.mails import PresenceDenied, PresenceFailed
from shared.db import Connection


async def pass_(
    connection: Connection,
    context: Context,
    account: Account,
    check: Check,
    visitor: Visitor,
) -> Progress:
    """The session goes on under a new token, and the next moment is drawn."""
    method = "link" if check.confirmed_at else "code"
    await presence_checks.end(connection, check.id, "passed", method=method)
    token = await session.renew(connection, check.session_id)
    due_at = context.law.draw(await clock.now(connection))
    await accounts.prove_presence(connection, account.member_id, due_at)
    await activity.tell(connection, account.member_id, "presence_passed", "signed_in")
    await audit.record(connection, account, "session", "signed_in", visitor, reason=method)
    device = await session.remember_device(connection, account.member_id, visitor)
    return Progress(next="done", session_token=token, device_token=device)


async def expire(connection: Connection, check: Check) -> None:
    """Nobody answered in time: the session ends, and nobody is suspected."""
    await presence_checks.end(connection, check.id, "missed")
    await sessions.end(connection, check.session_id, "presence_missed")
    await activity.tell(connection, check.member_id, "presence_missed")
    await audit.record_outcome(connection, check, "missed")


async def fail(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """Five wrong answers: the session ends; three such checks in a row close the way in."""
    await expire(connection, check)
    failed = await accounts.add_failed_check(connection, account.member_id)
    if failed >= FAILED_CHECKS_CLOSE:
        await _close_way_in(connection, account, "presence_missed")
        await _tell_company(connection, context, account, check, PresenceFailed)


async def deny(connection: Connection, context: Context, account: Account, check: Check) -> None:
    """「心当たりがありません」: all sessions end, a reset is the way in, the company is told."""
    await presence_checks.end(connection, check.id, "denied")
    await _close_way_in(connection, account, "presence_denied")
    await activity.tell(connection, account.member_id, "presence_denied")
    await audit.record_outcome(connection, check, "denied")
    await _tell_company(connection, context, account, check, PresenceDenied)


async def _close_way_in(connection: Connection, account: Account, reason: str) -> None:
    await presence_checks.cancel_pending(connection, account.member_id)
    await sessions.end_all(connection, account.member_id, reason)
    await password_reset_links.end_all(connection, account.member_id)
    await accounts.update_must_reset(connection, account.member_id, must=True)


async def _tell_company(
    connection: Connection,
    context: Context,
    account: Account,
    check: Check,
    template: type[PresenceDenied] | type[PresenceFailed],
) -> None:
    """Mail the active owners and admins, each in their own language."""
    for lead in await accounts.list_company_leads(connection, account.customer_id):
        params = template(
            name=lead.name,
            customer_name=account.customer_name,
            member_name=account.name,
            member_email=account.email,
            happened_at=await clock.now(connection),
            browser=check.browser,
        )
        await mailing.send(connection, context, lead, params)
