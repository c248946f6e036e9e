"""The end of the trust in a member's sessions, told to membership: what they asked for ends too.

In the transaction that ends the sessions, under the account's lock. The caller of a route waits a
moment for membership's receipt, and hears when it has not come yet.
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
    """A password was set: the token that the browser keeps, and whether membership has ended what
    the ended sessions had asked for."""

    token: str
    settled: bool


async def after_password(
    connection: Connection, account: Account, ended: Ended, *, spared: UUID | None = None
) -> None:
    """The password was reset or changed: what the ended sessions sent ends, and every pending
    change of address, except the spared session's. Before a first password there was no session.
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
    """A sign-in was denied, or presence answers were wrong too often (R9): somebody else may have
    acted as the member for days, in sessions that are over."""
    message = Distrust(
        member_id=account.member_id,
        customer_id=account.customer_id,
        at=ended.at,
        since=ended.at - SUSPECTED_FOR,
    )
    await outbox.put(connection, message, subject=account.member_id)


async def settled(context: Context, member_id: UUID) -> bool:
    """Whether membership has done all that it was told of this member; waits for it."""
    async with context.confirmations.expect(member_id) as membership:
        return await membership.confirmed(1)


async def read_version(connection: Connection, member_id: UUID) -> int:
    """For `Confirmations`: 1 where nothing of this kind waits for membership's receipt, else 0."""
    waits = await outbox_table.is_unconfirmed(connection, Distrust.NAME, subject=member_id)
    return 0 if waits else 1
