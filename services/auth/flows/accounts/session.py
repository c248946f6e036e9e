"""Opens, finds and ends sessions. Every sign-in opens its session with `open_for`."""

from datetime import timedelta
from uuid import UUID

from services.auth.domain.accounts import DEVICE_LIVES, Account, Device, Session, Visitor
from services.auth.domain.presence import TELL_ENDED_FOR
from services.auth.errors import PresenceDenied, PresenceFailed, PresenceMissed, SessionNotFound
from services.auth.flows.ground import audit
from services.auth.flows.ground.context import Context
from services.auth.storage import accounts, devices, presence_checks, sessions
from services.auth.storage.sessions import Ended
from shared.crypto import random_token, sha256
from shared.db import Connection
from shared.errors import Problem
from shared.web.caller import Stage

TOUCH_AFTER = timedelta(seconds=60)

_PROBLEMS_BY_REASON: dict[str, type[Problem]] = {
    "presence_denied": PresenceDenied,
    "presence_failed": PresenceFailed,
    "presence_missed": PresenceMissed,
}


async def open_for(
    connection: Connection,
    context: Context,
    account: Account,
    visitor: Visitor,
    *,
    stage: Stage,
) -> tuple[UUID, str]:
    """Open a session for an account that the caller has locked. Returns the session's id and token.

    The browser's previous session ends, so a session that an attacker planted there does not
    survive a sign-in.
    """
    assert account.open
    await end_browser(connection, visitor.session_token, "replaced")
    token = random_token()
    session_id = await sessions.add(
        connection,
        member_id=account.member_id,
        token_sha256=sha256(token),
        stage=stage,
        browser=visitor.browser,
        network=visitor.network,
        lives=context.absolute,
    )
    return session_id, token


async def renew(connection: Connection, session_id: UUID) -> str:
    """Make a session active under a new token, after its holder was authenticated. Returns the
    token.

    Raises:
        SessionNotFound: The session has ended in the meantime.
    """
    token = random_token()
    if not await sessions.advance(connection, session_id, sha256(token)):
        raise SessionNotFound
    return token


async def remember_device(connection: Connection, member_id: UUID, visitor: Visitor) -> str:
    """Make this browser known to the account, after a complete sign-in or a password reset.

    Returns the browser's new device token.
    """
    token = random_token()
    await devices.remember(
        connection,
        member_id,
        old_sha256=sha256(visitor.device_token or token),
        new_sha256=sha256(token),
        lives=DEVICE_LIVES,
    )
    return token


async def find_device(context: Context, email_key: str, visitor: Visitor) -> UUID | None:
    """Return the id of the visitor's browser if it is known for the account with this address."""
    if not visitor.device_token:
        return None
    async with context.db.connection() as connection:
        return await devices.find(connection, sha256(visitor.device_token), email_key)


async def find(context: Context, token: str | None, *, used: bool) -> Session | None:
    """Return the session of a token, or None if it has ended; `used` records the use.

    Raises:
        PresenceDenied, PresenceFailed, PresenceMissed: It ended for this reason in the last 10
            minutes.
    """
    if not token:
        return None
    digest = sha256(token)
    async with context.db.connection() as connection:
        session = await sessions.find(connection, digest, context.idle)
        if session is None:
            reason = await sessions.find_end_reason(connection, digest, TELL_ENDED_FOR)
            if reason in _PROBLEMS_BY_REASON:
                raise _PROBLEMS_BY_REASON[reason]
            return None
        if used and context.clock.now() - session.last_used_at > TOUCH_AFTER:
            await sessions.touch(connection, session.id)
    return session


async def end_browser(connection: Connection, token: str | None, reason: str) -> None:
    """End the session of a browser, if it has one, and cancel its presence check."""
    session_id = await sessions.find_id(connection, sha256(token)) if token else None
    if session_id is not None:
        await _end(connection, session_id, reason)


async def _end(connection: Connection, session_id: UUID, reason: str) -> None:
    check = await presence_checks.find_pending(connection, session_id)
    if check is not None:
        await presence_checks.end(connection, check.id, "cancelled")
    await sessions.end(connection, session_id, reason)


async def end_all_but(
    connection: Connection, member_id: UUID, session_id: UUID, reason: str
) -> Ended:
    """End a member's sessions except this active one, and cancel the member's pending checks."""
    await presence_checks.cancel_pending(connection, member_id)
    return await sessions.end_all(connection, member_id, reason, but=session_id)


async def sign_out(context: Context, token: str) -> None:
    """End the browser's session, at whatever stage it is."""
    async with context.db.transaction("sign out") as connection:
        await end_browser(connection, token, "signed_out")


async def list_own(context: Context, member_id: UUID) -> list[Device]:
    """Return the member's active sessions, latest use first."""
    async with context.db.connection() as connection:
        return await sessions.list_active(connection, member_id, context.idle)


async def end_own(context: Context, member_id: UUID, session_id: UUID, visitor: Visitor) -> None:
    """End one of the member's sessions. An attempt to end another member's session is recorded.

    Raises:
        SessionNotFound: The member has no such session.
    """
    async with context.db.transaction("end own session") as connection:
        found = await sessions.is_alive(connection, session_id, member_id)
        if found:
            await _end(connection, session_id, "ended_by_member")
        elif await sessions.is_of_another(connection, session_id, member_id):
            account = await accounts.find(connection, member_id)
            if account is not None:
                await audit.record(connection, account, "session", "denied", visitor)
    if not found:
        raise SessionNotFound


async def end_others(context: Context, member_id: UUID, session_id: UUID) -> None:
    """End all of the member's sessions except this one."""
    async with context.db.transaction("end other sessions") as connection:
        await end_all_but(connection, member_id, session_id, "ended_by_member")


async def purge(context: Context) -> None:
    """Delete sessions that ended before the retention period, and devices that have expired."""
    kept = timedelta(days=context.settings.sessions_kept_days)
    async with context.db.transaction("purge sessions") as connection:
        await sessions.purge(connection, context.idle, kept=kept)
        await devices.purge(connection)
