"""Tells membership that a member's sessions are not trusted any more, so that it withdraws the
requests that were made in them.

The message is written in the transaction that ends the sessions, under the account's lock. A route
waits a limited time for membership's receipt, and its response says whether the receipt came.
"""

from dataclasses import dataclass
from uuid import UUID

from services.auth.domain.accounts import Account
from services.auth.flows.ground.context import Context
from services.auth.storage import outbox as outbox_table
from services.auth.storage.sessions import Ended
from shared.contracts.membership import SUSPECTED_FOR, Distrust
from shared.db import Connection
from shared.messaging import outbox


@dataclass(frozen=True, slots=True)
class Renewed:
    """Reports a new password. `token` is the browser's device token after a reset, the session's
    token after a change. `settled`: membership has withdrawn the ended sessions' requests."""

    token: str
    settled: bool


async def after_password(
    connection: Connection, account: Account, ended: Ended, *, spared: UUID | None = None
) -> None:
    """Report a reset or change of the password. membership withdraws what the ended sessions have
    sent, and the member's pending change of address.

    The spared session's requests are kept. For a first password there is nothing to report, because
    no session came before it.
    """
    if account.password_hash is None:
        return
    message = Distrust(
        member_id=account.member_id,
        customer_id=account.customer_id,
        at=ended.at,
        since=ended.began or ended.at,
        spared_session_id=spared,
    )
    await outbox.put(connection, message, subject=account.member_id)


async def suspect(connection: Connection, account: Account, ended: Ended) -> None:
    """Report that another person may have acted as the member in the last 7 days (R9).

    This follows a denied sign-in or the tenth wrong presence answer. Requests of sessions that had
    already ended are withdrawn too.
    """
    message = Distrust(
        member_id=account.member_id,
        customer_id=account.customer_id,
        at=ended.at,
        since=ended.at - SUSPECTED_FOR,
    )
    await outbox.put(connection, message, subject=account.member_id)


async def settled(context: Context, member_id: UUID) -> bool:
    """Wait for membership's receipt, at most `RECEIPT_WAIT_SECONDS`. Return whether membership has
    confirmed every `membership.distrust` message about the member."""
    async with context.confirmations.expect(member_id) as membership:
        return await membership.confirmed(1)


async def read_version(connection: Connection, member_id: UUID) -> int:
    """Return 1 if membership has confirmed every `membership.distrust` message about the member,
    otherwise 0.

    The number stands in for a version (`confirmations.ReadVersion`); `settled` waits for 1.
    """
    waits = await outbox_table.is_unconfirmed(connection, Distrust.NAME, subject=member_id)
    return 0 if waits else 1
