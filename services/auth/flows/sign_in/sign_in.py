"""Sign-in with a password, and the password asked again for sensitive actions.

An unknown address, a wrong password and an account that is closed or has no password get the same
response after the same time.
"""

from services.auth.domain import passwords
from services.auth.domain.accounts import Account, Session, Visitor
from services.auth.domain.stages import Progress, SignIn
from services.auth.errors import AccountSuspended, InvalidCredentials
from services.auth.flows.accounts import session
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_answer
from services.auth.flows.presence.presence_answer import Answered
from services.auth.flows.sign_in import current_password, failure_counter, stages
from services.auth.flows.sign_in.failure_counter import Try
from services.auth.storage import accounts, devices
from shared.addresses import key_of
from shared.errors import Problem


async def start(context: Context, email: str, password: str, visitor: Visitor) -> Progress:
    """Check address and password, and sign in or start the next stage (R9).

    Raises:
        InvalidCredentials: No account has this address and this password.
        AccountSuspended: The password is right, but the account is suspended.
        TooManyWrongPasswords: The pause after the last wrong password has not ended.
        SignInClosed: Unknown browsers have used up all tries for this address.
        ChecksPending: Three checks are pending, and this browser is not allowed to end enough of
            them.
        HashingBusy: Too many passwords are being checked now.
    """
    key = key_of(email)
    async with context.hasher.slot() as slot:
        tried = await failure_counter.count(context, key, visitor)
        async with context.db.connection() as connection:
            account = await accounts.find_by_address(connection, key)
        typed = passwords.normalize(password)
        stored = account.password_hash if account else None
        if not await slot.verify(stored, typed) or account is None or stored is None:
            raise InvalidCredentials
        refreshed = await slot.refreshed(stored, typed)
    outcome = await _admit(context, account, tried, visitor, refreshed)
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


async def _admit(
    context: Context, verified: Account, tried: Try, visitor: Visitor, password_hash: str
) -> Progress | Problem:
    """Continue after the right password, with the account read again under its lock.

    If `password_set_at` has changed, another password was set since the check. A changed hash alone
    can be the same password, which another sign-in has stored under newer hashing parameters.

    A problem is returned, not raised, because raising it would roll back the counters of wrong
    passwords.
    """
    async with context.db.transaction("sign in") as connection:
        account = await accounts.lock(connection, verified.member_id)
        if account is None or account.password_set_at != verified.password_set_at:
            return InvalidCredentials()
        if not account.open:
            await failure_counter.take_back(connection, tried)
            return AccountSuspended(card=account.card and account.card.model_dump(mode="json"))
        if account.must_reset:
            await failure_counter.take_back(connection, tried)
        else:
            await failure_counter.clear(connection, tried)
        if password_hash != account.password_hash:
            await accounts.update_hash(connection, account.member_id, password_hash)
        # This uses the device that was found when the try was counted. If one browser sends two
        # sign-ins at once, the first replaces the device token, and the second is still known.
        known = await devices.is_known(connection, tried.device_id, account.member_id)
        sign_in = SignIn(account=account, visitor=visitor, known_browser=known)
        return await stages.advance(connection, context, sign_in)


async def answer_presence_check(
    context: Context, current: Session, code: str | None, visitor: Visitor
) -> Progress:
    """Answer the presence check with the mail's code, or without a code after the mail's link was
    confirmed (R9), and continue the sign-in.

    Raises:
        CheckNotMailed: No mail was sent yet, so no code can be right; nothing is counted.
        NotConfirmed: There is no code, and the link was not confirmed; nothing is counted.
        WrongCode: The code is not right; `left` tries are left.
        PresenceMissed: The check has ended, its time is over, or it was the fifth wrong answer.
        PresenceFailed: It was at least the tenth wrong answer of the member since the last passed
            check or reset.
    """
    tried = await presence_answer.try_code(context, current, code)
    async with context.db.transaction("answer presence check") as connection:
        answered = await presence_answer.judge(connection, context, tried)
        if isinstance(answered, Problem):
            outcome: Progress | Problem = answered
        else:
            outcome = await stages.advance(connection, context, _resumed_sign_in(answered, visitor))
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


def _resumed_sign_in(answered: Answered, visitor: Visitor) -> SignIn:
    check = answered.check
    return SignIn(
        account=answered.account,
        visitor=visitor,
        known_browser=check.known_browser,
        session_id=check.session_id,
        presence=answered.method,
    )


async def step_up(context: Context, current: Session, password: str, visitor: Visitor) -> Progress:
    """Check the password of a signed-in member again, for an action that needs a fresh sign-in.

    Returns the session's new token.

    Raises:
        InvalidCredentials: The password is not right, which counts as at sign-in; or the account is
            not active any more, or its password was changed during the check.
        SessionNotFound: The session has ended in the meantime.
        TooManyWrongPasswords, HashingBusy: As at sign-in.
    """
    async with context.hasher.slot() as slot:
        verified = await current_password.verify(
            context, slot, current, password, visitor, wrong=InvalidCredentials
        )
    async with context.db.transaction("step up") as connection:
        await current_password.lock(connection, verified, wrong=InvalidCredentials)
        token = await session.renew(connection, current.id)
    return Progress(next="done", session_token=token)
