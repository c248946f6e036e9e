"""Checks the current password of a signed-in member before a sensitive action."""

from dataclasses import dataclass

from services.auth.domain import passwords
from services.auth.domain.accounts import Account, Session, Visitor
from services.auth.flows.ground.context import Context
from services.auth.flows.ground.hashing import Slot
from services.auth.flows.sign_in import failure_counter
from services.auth.flows.sign_in.failure_counter import Try
from services.auth.storage import accounts
from shared.db import Connection
from shared.errors import Problem


@dataclass(frozen=True, slots=True)
class Verified:
    """Holds the account as it was when the password was right, and the counted try."""

    account: Account
    tried: Try


async def verify(
    context: Context,
    slot: Slot,
    current: Session,
    typed: str,
    visitor: Visitor,
    *,
    wrong: type[Problem],
) -> Verified:
    """Count a try, then check the password. The try stays counted until `lock` clears the counter.

    Raises:
        wrong: The password is not right, or the account was closed. A wrong password is counted
            for the known browser, or for the session if the browser is not known.
        TooManyWrongPasswords: The pause after the last wrong password has not ended.
    """
    async with context.db.connection() as connection:
        account = await accounts.find(connection, current.member_id)
    if account is None:
        raise wrong
    tried = await failure_counter.count(context, account.email_key, visitor, session_id=current.id)
    if not await slot.verify(account.password_hash, passwords.normalize(typed)):
        raise wrong
    return Verified(account, tried)


async def lock(connection: Connection, verified: Verified, *, wrong: type[Problem]) -> Account:
    """Lock the account, clear its counter of wrong passwords, and return the account.

    Raises:
        wrong: The account is not active any more, or another password was set since `verify`.
    """
    account = await accounts.lock(connection, verified.account.member_id)
    known = verified.account.password_set_at
    if account is None or not account.open or account.password_set_at != known:
        raise wrong
    await failure_counter.clear(connection, verified.tried)
    return account
