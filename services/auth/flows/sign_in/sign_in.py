"""Sign-in with a password: wrong in any way is one answer, at one speed."""

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
    """Sign in, or be held for a presence check (R9).

    Raises:
        InvalidCredentials: No open account has this address and this password.
        AccountSuspended: The account is suspended; only said to those who know the password.
        TooManyWrongPasswords, SignInClosed: Too many wrong ones came before.
        ChecksPending: Three checks wait, and this browser may end none of them.
        HashingBusy: Too many passwords are being checked now.
    """
    key = key_of(email)
    async with context.hasher.slot() as slot:
        tried = await failure_counter.count(context, key, visitor)
        async with context.db.connection() as connection:
            account = await accounts.find_by_address(connection, key)
        typed = passwords.normalize(password)
        known = account.password_hash if account else None
        if not await slot.verify(known, typed) or account is None or known is None:
            raise InvalidCredentials
        refreshed = await slot.refreshed(known, typed)
    outcome = await _admit(context, account, tried, visitor, refreshed)
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


async def _admit(
    context: Context, verified: Account, tried: Try, visitor: Visitor, password_hash: str
) -> Progress | Problem:
    """Go on with the person who knew the password, by what the account says under its lock.

    Another password was set where the time of setting differs; another hash alone may be the same
    password, which another sign-in has stored under newer parameters.

    A refusal is returned, not raised: what was counted has to be committed.
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
        # Seen when the try was counted: of two sign-ins at once from one browser the first gives
        # it a new token, and the second is of a known browser all the same.
        known = await devices.is_known(connection, tried.device_id, account.member_id)
        sign_in = SignIn(account=account, visitor=visitor, known_browser=known)
        return await stages.advance(connection, context, sign_in)


async def answer_presence_check(
    context: Context, current: Session, code: str | None, visitor: Visitor
) -> Progress:
    """Go on with the mail's code, or without one after the mail's link was confirmed (R9).

    Raises:
        CheckNotMailed: No mail went yet, so that no code can be right; this counts nothing.
        NotConfirmed: No code, and the link was not confirmed; this counts nothing.
        WrongCode: The code is not right; `left` tries are left.
        PresenceMissed: The time is over, or it was the fifth wrong answer.
        PresenceFailed: It was the tenth wrong answer of the member.
    """
    tried = await presence_answer.count(context, current, code)
    async with context.db.transaction("answer presence check") as connection:
        answered = await presence_answer.judge(connection, context, tried)
        if isinstance(answered, Problem):
            outcome: Progress | Problem = answered
        else:
            outcome = await stages.advance(connection, context, _held(answered, visitor))
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


def _held(answered: Answered, visitor: Visitor) -> SignIn:
    check = answered.check
    return SignIn(
        account=answered.account,
        visitor=visitor,
        known_browser=check.known_browser,
        session_id=check.session_id,
        presence=answered.method,
    )


async def step_up(context: Context, current: Session, password: str, visitor: Visitor) -> Progress:
    """Prove again who one is, for what needs a fresh sign-in; a new token.

    Raises:
        InvalidCredentials: The password is not right; it counts like one at sign-in.
        TooManyWrongPasswords, SignInClosed, HashingBusy: As at sign-in.
    """
    async with context.hasher.slot() as slot:
        verified = await current_password.verify(
            context, slot, current, password, visitor, wrong=InvalidCredentials
        )
    async with context.db.transaction("step up") as connection:
        await current_password.lock(connection, verified, wrong=InvalidCredentials)
        token = await session.renew(connection, current.id)
    return Progress(next="done", session_token=token)
