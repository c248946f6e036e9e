"""Auth's reports about members give the same rows late, twice or out of order (R9, R13)."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

from services.membership.flows.members import activity
from services.membership.tasks import activity as activity_tasks
from shared.contracts.membership import Activity, RecordActivity
from shared.crypto import new_id
from shared.messaging.envelope import Item, Received
from tests.membership.conftest import Membership

T0 = datetime(2026, 11, 1, tzinfo=UTC)


def at(day: int) -> datetime:
    return T0 + timedelta(days=day)


async def _record(membership: Membership, *items: Activity) -> None:
    message = RecordActivity(items=items)
    item = Item(
        id=new_id(), attempt=1, sender="auth", request_id="", body=message.model_dump_json()
    )
    async with membership.context.db.transaction("test") as connection:
        await activity_tasks.record(membership.context, connection, Received(item, message))


async def _row(membership: Membership, member_id: UUID) -> dict[str, Any]:
    return await membership.fetchrow(
        "select last_used_at, password_set_at, presence_passed_at, "
        "cardinality(presence_missed_at) as missed from members where id = $1",
        member_id,
    )


async def test_the_last_use_never_becomes_earlier(yamato: Membership) -> None:
    member = await yamato.join()
    for kind, day in (("used", 5), ("signed_in", 3), ("used", 4)):
        await _record(
            yamato, Activity.model_validate({"member_id": member, "at": at(day), "kind": kind})
        )
    assert (await _row(yamato, member))["last_used_at"] == at(5)


async def test_setting_the_first_password_ends_the_token(yamato: Membership) -> None:
    token = await yamato.link()
    async with yamato.auth():
        member = UUID((await yamato.fetchrow("select id::text from registrations"))["id"])
        await yamato.confirm(token)
        await _record(
            yamato,
            Activity(member_id=member, at=at(2), kind="password_set"),
            Activity(member_id=member, at=at(1), kind="password_set"),
        )
        assert (await yamato.confirm(token)).body == {"status": "approved"}
    assert (await _row(yamato, member))["password_set_at"] == at(1)


async def test_the_presence_standing_is_the_same_in_any_order(yamato: Membership) -> None:
    """Misses are counted since the last pass, in any order of the messages."""
    member = await yamato.join()
    items = [
        Activity(member_id=member, at=at(1), kind="presence_missed"),
        Activity(member_id=member, at=at(2), kind="presence_passed"),
        Activity(member_id=member, at=at(3), kind="presence_missed"),
        Activity(member_id=member, at=at(4), kind="presence_missed"),
    ]
    for order in permutations(items):
        await yamato.execute(
            "update members set presence_passed_at = null, presence_missed_at = '{}'"
        )
        for item in order:
            await _record(yamato, item)
        row = await _row(yamato, member)
        assert (row["presence_passed_at"], row["missed"]) == (at(2), 2)


async def test_a_denial_is_not_counted_as_a_miss(yamato: Membership) -> None:
    member = await yamato.join()
    await _record(yamato, Activity(member_id=member, at=at(1), kind="presence_denied"))
    row = await _row(yamato, member)
    assert (row["missed"], row["last_used_at"]) == (0, None)


async def test_the_number_of_stored_misses_is_limited(yamato: Membership) -> None:
    member = await yamato.join()
    for day in range(activity.MISSES_KEPT + 5):
        await _record(yamato, Activity(member_id=member, at=at(day), kind="presence_missed"))
    assert (await _row(yamato, member))["missed"] == activity.MISSES_KEPT
    await _record(yamato, Activity(member_id=member, at=at(200), kind="presence_passed"))
    assert (await _row(yamato, member))["missed"] == 0


async def test_an_unknown_member_is_ignored(yamato: Membership) -> None:
    member = await yamato.join()
    await _record(
        yamato,
        Activity(member_id=new_id(), at=at(1), kind="used"),
        Activity(member_id=member, at=at(1), kind="used"),
    )
    assert (await _row(yamato, member))["last_used_at"] == at(1)
