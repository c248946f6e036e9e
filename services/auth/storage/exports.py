"""The data of one member from several tables, for the export."""

from uuid import UUID

from services.auth.domain.export import CheckRecord, DeviceRecord, SessionRecord
from shared.db import Connection


async def list_sessions(connection: Connection, member_id: UUID) -> list[SessionRecord]:
    """Every stored session, ended ones too."""
    rows = await connection.fetch(
        """
        select browser, network, created_at, last_used_at, ended_at, end_reason from sessions
        where member_id = $1 order by created_at
        """,
        member_id,
    )
    return [SessionRecord(**row) for row in rows]


async def list_devices(connection: Connection, member_id: UUID) -> list[DeviceRecord]:
    """Browsers that are known to have signed in."""
    rows = await connection.fetch(
        """
        select created_at, last_used_at, expires_at from devices
        where member_id = $1 order by created_at
        """,
        member_id,
    )
    return [DeviceRecord(**row) for row in rows]


async def list_checks(connection: Connection, member_id: UUID) -> list[CheckRecord]:
    """Presence checks and their outcomes (R9), without the time of the next one."""
    rows = await connection.fetch(
        """
        select browser, state, method, created_at, ended_at from presence_checks
        where member_id = $1 order by created_at
        """,
        member_id,
    )
    return [CheckRecord(**row) for row in rows]
