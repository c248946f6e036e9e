"""Reports members' activity to membership, which shows it in the company's list of members."""

from uuid import UUID

from services.auth.flows.ground.context import Context
from services.auth.storage import sessions
from shared import clock
from shared.contracts.membership import Activity, ActivityKind, RecordActivity
from shared.db import Connection
from shared.messaging import outbox

BATCH = 200


async def tell(connection: Connection, member_id: UUID, *kinds: ActivityKind) -> None:
    """Report activities of a member now, in the transaction that records them."""
    now = await clock.now(connection)
    items = tuple(Activity(member_id=member_id, at=now, kind=kind) for kind in kinds)
    await outbox.put(connection, RecordActivity(items=items), subject=member_id)


async def report_use(context: Context) -> None:
    """Report which members have used a session since the last report, in batches.

    It runs once a minute.
    """
    async with context.db.transaction("report use of sessions") as connection:
        used = await sessions.take_unreported_use(connection)
        for start in range(0, len(used), BATCH):
            items = tuple(
                Activity(member_id=member_id, at=at, kind="used")
                for member_id, at in used[start : start + BATCH]
            )
            await outbox.put(connection, RecordActivity(items=items))
