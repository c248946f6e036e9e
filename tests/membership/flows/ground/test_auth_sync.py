"""The states of members that auth is sent, and sent again where it has an older format."""

import pytest

from services.membership.flows.ground import auth_sync
from shared.contracts.auth import SyncAccount
from tests.membership.conftest import Membership, applicant


async def older(membership: Membership, number: int) -> None:
    """Members whose state was sent to auth by an earlier release."""
    await membership.customers(
        "A-1001,株式会社ヤマト商事,corporation,0300001001,yamato.example,,ヤマトショウジ"
    )
    await membership.join()
    for one in range(2, number + 1):
        await membership.join(**applicant(one))
    await membership.send_receipts()
    await membership.execute("update members set told_format = 1")


async def test_auth_is_sent_the_parts_of_a_name_and_the_readings(membership: Membership) -> None:
    await older(membership, 1)
    await auth_sync.tell_older(membership.context)
    told = (await membership.synced())[-1]
    assert (told.family_name, told.given_name, told.reading) == ("山田", "太郎", "ヤマダ タロウ")
    assert told.customer_reading == "ヤマトショウジ"


async def test_older_accounts_are_sent_again_once_page_by_page(
    membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await older(membership, 5)
    monkeypatch.setattr(auth_sync, "PAGE", 2)
    pages = []
    for _ in range(5):
        await auth_sync.tell_older(membership.context)
        pages.append(len(await membership.take(SyncAccount.NAME)))
    assert pages == [2, 2, 1, 0, 0]
    assert await membership.fetchval("select array_agg(distinct version) from members") == [2]
    states = (await membership.get("/company/members", await first(membership))).body["items"]
    assert {one["state"] for one in states} == {"active"}, "no state is shown as pending"


async def test_the_next_page_waits_until_auth_has_confirmed_the_last_one(
    membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await older(membership, 5)
    await membership.take("notifier.send_mail")
    monkeypatch.setattr(auth_sync, "PAGE", 2)
    await auth_sync.tell_older(membership.context)
    await auth_sync.tell_older(membership.context)
    assert len(await membership.take(SyncAccount.NAME)) == 2
    await auth_sync.tell_older(membership.context)
    assert len(await membership.take(SyncAccount.NAME)) == 2


async def test_members_who_changed_or_joined_since_are_not_sent_again(
    membership: Membership,
) -> None:
    await older(membership, 2)
    id = await first(membership)
    name = {"family_name": "山田", "given_name": "次郎"}
    more = {"family_name_kana": "ヤマダ", "given_name_kana": "ジロウ", "phone": "09000000001"}
    sent = {"Test-Caller": str(id)}
    reply = await membership.send("PATCH", "/me", {**name, **more, "locale": "ja"}, **sent)
    assert reply.status == 200, reply.body
    await membership.join(**applicant(3))
    await membership.take(SyncAccount.NAME)
    await auth_sync.tell_older(membership.context)
    assert len(await membership.take(SyncAccount.NAME)) == 1


async def first(membership: Membership) -> str:
    return str(await membership.fetchval("select id from members order by id limit 1"))
