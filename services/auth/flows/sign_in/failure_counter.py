"""Counts wrong passwords: each try counts as wrong before it is checked, in its own transaction.

So parallel tries cannot check more passwords than tries one after another, and a crash or a
rollback does not lose a count. After the right password the count is taken back or cleared.
"""

from dataclasses import dataclass
from uuid import UUID

from services.auth.domain.accounts import Visitor
from services.auth.domain.failures import ANY_UNKNOWN_BROWSER
from services.auth.errors import SignInClosed, TooManyWrongPasswords
from services.auth.flows.ground.context import Context
from services.auth.storage import devices, failures
from shared import clock
from shared.crypto import sha256
from shared.db import Connection


@dataclass(frozen=True, slots=True)
class Try:
    """Identifies a counted try. `wrong_before` is the number of wrong tries in a row before it.

    `device_id` says which counter was raised: that of a browser that has passed before, of a
    session, or the common one of all unknown browsers.
    """

    address_hmac: bytes
    device_id: UUID
    wrong_before: int


async def count(
    context: Context, email_key: str, visitor: Visitor, *, session_id: UUID | None = None
) -> Try:
    """Count a try for an address, whether an account has it or not.

    A known browser has its own counter. A signed-in browser that is not known any more is counted
    by its session, so strangers' tries cannot keep a signed-in member from confirming the password.

    Raises:
        TooManyWrongPasswords: The pause after the last wrong password has not ended.
        SignInClosed: Unknown browsers have used up all tries for this address.
    """
    address = context.address_hmac(email_key)
    async with context.db.transaction("count password") as connection:
        token = sha256(visitor.device_token or "")
        known = await devices.find(connection, token, email_key)
        device = known or session_id or ANY_UNKNOWN_BROWSER
        counter = await failures.lock(connection, address, device)
        if counter.closed:
            raise SignInClosed(retry_after=60)
        wait = counter.wait(await clock.now(connection))
        if wait > 0:
            raise TooManyWrongPasswords(retry_after=wait)
        await failures.add_wrong(connection, address, device)
    return Try(address, device, counter.wrong)


async def clear(connection: Connection, tried: Try) -> None:
    """Clear the counter after a right password with which the sign-in could continue."""
    await failures.clear(connection, tried.address_hmac, tried.device_id)


async def take_back(connection: Connection, tried: Try) -> None:
    """Take back one count after a right password, if the attempt failed for another reason."""
    await failures.take_back(connection, tried.address_hmac, tried.device_id)


async def forget(connection: Connection, context: Context, email_key: str) -> None:
    """Clear all counters of an address, after a password reset has proved the mailbox."""
    await failures.clear(connection, context.address_hmac(email_key), None)


async def purge(context: Context) -> None:
    """Delete counters that were not raised for 90 days."""
    async with context.db.transaction("purge password counters") as connection:
        await failures.purge(connection)
