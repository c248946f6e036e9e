"""The stages of a sign-in after the right password, as one ordered list.

Each attempt goes through the whole list from the beginning, also after a presence check was passed,
so no stage can be skipped. The first stage that is needed stops the sign-in; if none is needed, the
sign-in is complete. A password reset ends the attempt: the member signs in anew after it, and this
stage is then not needed. The browser that did the reset is known. In another browser, the first
sign-in within 30 minutes needs no presence check, unless one is due.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.auth.domain.stages import Progress, SignIn, Standing
from services.auth.flows.accounts import activity, session
from services.auth.flows.ground import audit
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_check
from services.auth.storage import accounts, presence_checks, sessions
from shared.contracts.auth import StartPasswordReset
from shared.db import Connection
from shared.errors import Problem
from shared.messaging import outbox


@dataclass(frozen=True, slots=True)
class Stage:
    """Defines one stage: `standing` tells whether the sign-in needs it; `require` stops the sign-in
    and starts the check or the reset.

    `require` returns a problem instead of raising it, because the caller has to commit the counters
    of wrong passwords and answers.
    """

    standing: Callable[[Connection, Context, SignIn], Awaitable[Standing]]
    require: Callable[[Connection, Context, SignIn, Standing], Awaitable[Progress | Problem]]


async def advance(connection: Connection, context: Context, sign_in: SignIn) -> Progress | Problem:
    """Stop at the first stage that is needed, or complete the sign-in.

    Returns the next step for the browser, or a problem that the caller raises after the commit.
    """
    waived = False
    for stage in STAGES:
        standing = await stage.standing(connection, context, sign_in)
        if standing.state == "needed":
            return await stage.require(connection, context, sign_in, standing)
        waived = waived or standing.state == "waived"
    return await _complete(connection, context, sign_in, waived=waived)


async def _complete(
    connection: Connection, context: Context, sign_in: SignIn, *, waived: bool
) -> Progress:
    """Make the session active under a new token, and remember the browser as known.

    If a setting has waived a stage, the browser is not remembered.
    """
    account, visitor = sign_in.account, sign_in.visitor
    token = await _activate(connection, context, sign_in)
    passed = sign_in.presence is not None
    await activity.tell(
        connection, account.member_id, *(("presence_passed",) if passed else ()), "signed_in"
    )
    reason = "presence_off" if waived else sign_in.presence or ""
    await audit.record(connection, account, "session", "signed_in", visitor, reason=reason)
    if waived:
        presence_checks.add_outcome("skipped")
        return Progress(next="done", session_token=token)
    await accounts.consume_first_sign_in(connection, account.member_id)
    device = await session.remember_device(connection, account.member_id, visitor)
    return Progress(next="done", session_token=token, device_token=device)


async def _activate(connection: Connection, context: Context, sign_in: SignIn) -> str:
    if sign_in.session_id is not None:
        return await session.renew(connection, sign_in.session_id)
    _, token = await session.open_for(
        connection, context, sign_in.account, sign_in.visitor, stage="active"
    )
    return token


async def _reset_standing(_connection: Connection, _context: Context, sign_in: SignIn) -> Standing:
    return Standing("needed" if sign_in.account.must_reset else "not_needed")


async def _require_reset(
    connection: Connection, _context: Context, sign_in: SignIn, _standing: Standing
) -> Progress:
    account = sign_in.account
    if sign_in.session_id is not None:
        await sessions.end(connection, sign_in.session_id, "password_reset")
    message = StartPasswordReset(
        email=account.email, locale=account.locale, browser=sign_in.visitor.browser
    )
    await outbox.put(connection, message)
    return Progress(next="password_reset")


STAGES = (
    Stage(_reset_standing, _require_reset),
    Stage(presence_check.standing, presence_check.start),
)
"""The stages in their order. A second factor will come between the two."""
