"""The data that auth stores about a member, for the member to download."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.auth.domain.accounts import Account
from services.auth.domain.export import CheckRecord, DeviceRecord, SessionRecord
from services.auth.errors import SessionNotFound
from services.auth.flows.ground.context import Context
from services.auth.storage import accounts, exports


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Holds a member's account and the rows of each table about the member."""

    account: Account
    sessions: Sequence[SessionRecord]
    devices: Sequence[DeviceRecord]
    checks: Sequence[CheckRecord]


async def take(context: Context, member_id: UUID) -> Export:
    """Return all data that auth stores about the member.

    Raises:
        SessionNotFound: The account was closed after the request had been authenticated.
    """
    async with context.db.connection() as connection:
        account = await accounts.find(connection, member_id)
        if account is None:
            raise SessionNotFound
        return Export(
            account=account,
            sessions=await exports.list_sessions(connection, member_id),
            devices=await exports.list_devices(connection, member_id),
            checks=await exports.list_checks(connection, member_id),
        )
