"""Sign-in with a password: wrong in any way is one answer, at one speed."""

from services.auth.domain import passwords
from services.auth.domain.accounts import Account, Session, Visitor
from services.auth.errors import AccountSuspended, InvalidCredentials
from services.auth.flows.accounts import activity, session
from services.auth.flows.accounts.session import Progress
from services.auth.flows.ground import audit
from services.auth.flows.ground.context import Context
from services.auth.flows.presence import presence_check, presence_outcome
from services.auth.flows.sign_in import failure_counter
from services.auth.flows.sign_in.failure_counter import Try
from services.auth.storage import accounts, devices
from shared.addresses import key_of
from shared.contracts.auth import StartPasswordReset
from shared.db import Connection
from shared.errors import Problem
from shared.messaging import outbox


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
    """Let in the person who knew the password, by what the account says under its lock.

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
            await _ask_for_reset(connection, account, visitor)
            return Progress(next="password_reset")
        await failure_counter.clear(connection, tried)
        if password_hash != account.password_hash:
            await accounts.update_hash(connection, account.member_id, password_hash)
        return await _open(connection, context, account, visitor, tried)


async def _open(
    connection: Connection, context: Context, account: Account, visitor: Visitor, tried: Try
) -> Progress | Problem:
    """Open the session, or hold it.

    Whether the browser is known was seen when the try was counted; of two sign-ins at once from one
    browser the first gives it a new token, and the second is of a known browser all the same.
    """
    known = await devices.is_known(connection, tried.device_id, account.member_id)
    reason = await presence_check.reason_to_ask(connection, account, known_browser=known)
    if reason is not None and context.asks_for_presence:
        attempt = presence_check.Attempt(reason, known_browser=known)
        return await presence_check.hold(connection, context, account, visitor, attempt=attempt)
    _, token = await session.open_for(connection, context, account, visitor, stage="active")
    if reason is not None:
        await presence_outcome.record_skipped(connection, account, visitor)
        return Progress(next="done", session_token=token)
    await accounts.consume_first_sign_in(connection, account.member_id)
    await activity.tell(connection, account.member_id, "signed_in")
    await audit.record(connection, account, "session", "signed_in", visitor)
    device = await session.remember_device(connection, account.member_id, visitor)
    return Progress(next="done", session_token=token, device_token=device)


async def _ask_for_reset(connection: Connection, account: Account, visitor: Visitor) -> None:
    message = StartPasswordReset(
        email=account.email, locale=account.locale, browser=visitor.browser
    )
    await outbox.put(connection, message)


async def step_up(context: Context, current: Session, password: str, visitor: Visitor) -> Progress:
    """Prove again who one is, for what needs a fresh sign-in; a new token.

    Raises:
        InvalidCredentials: The password is not right; it counts like one at sign-in.
        TooManyWrongPasswords, SignInClosed, HashingBusy: As at sign-in.
    """
    async with context.db.connection() as connection:
        account = await accounts.find(connection, current.member_id)
    if account is None:
        raise InvalidCredentials
    async with context.hasher.slot() as slot:
        tried = await failure_counter.count(
            context, account.email_key, visitor, session_id=current.id
        )
        if not await slot.verify(account.password_hash, passwords.normalize(password)):
            raise InvalidCredentials
    async with context.db.transaction("step up") as connection:
        locked = await accounts.lock(connection, account.member_id)
        if locked is None or locked.password_set_at != account.password_set_at:
            raise InvalidCredentials
        await failure_counter.clear(connection, tried)
        token = await session.renew(connection, current.id)
    return Progress(next="done", session_token=token)
