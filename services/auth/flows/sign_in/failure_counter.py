"""Counts wrong passwords: each try counts as wrong before it is checked, in a commit of its own.

So of many tries in parallel no more are checked than one after another, and a crash or a rollback
forgets none. The right password takes its count back.
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
    """One try that was counted; `wrong_before` is how many wrong ones in a row preceded it.

    `device_id` is whose counter it is: of a browser that passed, of a session, or the strangers'.
    """

    address_hmac: bytes
    device_id: UUID
    wrong_before: int


async def count(
    context: Context, email_key: str, visitor: Visitor, *, session_id: UUID | None = None
) -> Try:
    """Count a try for an address, known or not.

    A browser that is signed in counts by its session, also where its device was forgotten: the
    strangers' counter cannot keep a member from what needs a fresh sign-in.

    Raises:
        TooManyWrongPasswords: The pause after the last wrong one is not over.
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
    """The password was right, and the sign-in succeeded."""
    await failures.clear(connection, tried.address_hmac, tried.device_id)


async def take_back(connection: Connection, tried: Try) -> None:
    """The password was right, but the sign-in was refused."""
    await failures.take_back(connection, tried.address_hmac, tried.device_id)


async def forget(connection: Connection, context: Context, email_key: str) -> None:
    """The mailbox was proven: every browser starts anew."""
    await failures.clear(connection, context.address_hmac(email_key), None)


async def purge(context: Context) -> None:
    """Forget counters that were not raised for 90 days."""
    async with context.db.transaction("purge password counters") as connection:
        await failures.purge(connection)
