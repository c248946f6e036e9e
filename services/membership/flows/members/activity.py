"""Members' activity in auth: last use, first password, presence checks (R9, R13).

Items may arrive late and in any order; the result is the same.
"""

from collections.abc import Iterable

from services.membership.storage.members import member_activity
from shared.contracts.membership import Activity
from shared.db import Connection

MISSES_KEPT = 100


async def record(connection: Connection, items: Iterable[Activity]) -> None:
    """Apply the activities; those of unknown members are ignored."""
    # In the order of ids, so that two of these cannot lock each other out.
    for item in sorted(items, key=lambda item: item.member_id):
        await _record(connection, item)


async def _record(connection: Connection, item: Activity) -> None:
    if item.kind in ("used", "signed_in", "presence_passed"):
        await member_activity.update_last_use(connection, item.member_id, item.at)
    if item.kind == "password_set":
        await member_activity.update_password_set(connection, item.member_id, item.at)
    elif item.kind == "presence_passed":
        await member_activity.update_presence_passed(connection, item.member_id, item.at)
    elif item.kind == "presence_missed":
        await member_activity.add_presence_missed(
            connection, item.member_id, item.at, keep=MISSES_KEPT
        )
