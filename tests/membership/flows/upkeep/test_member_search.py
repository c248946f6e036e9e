"""The search text is rewritten where another edition of the rules wrote it (R4, R13)."""

import pytest

from services.membership.domain.entry import kanji
from services.membership.flows.upkeep import member_search
from services.membership.storage.members import member_list
from tests.membership.conftest import Membership, applicant

SAWADA = {"family_name": "澤田", "family_name_kana": "サワダ"}


async def add_older(membership: Membership, number: int) -> None:
    """Members as the previous release wrote them: it knew 13 variants, without 澤."""
    await membership.join()
    for one in range(2, number + 1):
        await membership.join(**{**applicant(one), **SAWADA, "given_name": f"花子{one}"})
    await membership.send_receipts()
    await membership.execute(
        """
        update members set searched_edition = '', searched =
            family_name || given_name || ' ' || family_name_kana || given_name_kana || ' ' || email
        """
    )


async def found(membership: Membership, text: str) -> list[str]:
    owner = await membership.fetchval("select id from members order by id limit 1")
    reply = await membership.get(f"/company/members?q={text}", str(owner))
    return [item["email"][:7] for item in reply.body["items"]]


async def test_r13_rewritten_rows_are_found_by_the_usual_form(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_older(yamato, 5)
    assert await found(yamato, "沢田") == []
    monkeypatch.setattr(member_search, "PAGE", 2)
    versions = "select array_agg(version order by id) from members"
    told = await yamato.fetchval(versions)
    await member_search.renew(yamato.context)
    for text in ("沢田", "澤田", "澤󠄀田", "さわだ"):
        assert await found(yamato, text) == ["person2", "person3", "person4", "person5"], text
    assert await yamato.fetchval(versions) == told, "auth needs no message"


async def test_a_run_rewrites_a_limited_number_of_pages(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_older(yamato, 5)
    monkeypatch.setattr(member_search, "PAGE", 1)
    monkeypatch.setattr(member_search, "PAGES", 3)
    for left in (2, 0, 0):
        await member_search.renew(yamato.context)
        assert await pages(yamato) == left


async def test_a_locked_row_is_rewritten_in_the_next_run(yamato: Membership) -> None:
    await add_older(yamato, 3)
    async with yamato.context.db.transaction("test") as connection:
        await connection.execute("select from members where email like 'person2@%' for update")
        await member_search.renew(yamato.context)
        assert await found(yamato, "沢田") == ["person3"]
    await member_search.renew(yamato.context)
    assert await found(yamato, "沢田") == ["person2", "person3"]


async def test_another_edition_rewrites_every_row(
    yamato: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_older(yamato, 3)
    await member_search.renew(yamato.context)
    assert await pages(yamato) == 0
    monkeypatch.setattr(kanji, "edition", lambda: "another")
    assert await pages(yamato) == 3
    await member_search.renew(yamato.context)
    assert await pages(yamato) == 0


async def test_changed_rows_are_written_with_the_present_edition(yamato: Membership) -> None:
    await yamato.join(**{**applicant(2), **SAWADA})
    await yamato.send_receipts()
    id = await yamato.fetchval("select id from members")
    name = {"family_name": "髙﨑", "given_name": "花子", "family_name_kana": "タカサキ"}
    more = {"given_name_kana": "ハナコ", "phone": "09000000002", "locale": "ja"}
    await yamato.execute("update members set searched_edition = 'before'")
    reply = await yamato.send("PATCH", "/me", {**name, **more}, **{"Test-Caller": str(id)})
    assert reply.status == 200, reply.body
    assert await pages(yamato) == 0
    assert await found(yamato, "高崎") == ["person2"]


async def test_r4_a_double_of_a_row_not_rewritten_yet_is_recognized(
    yamato: Membership,
) -> None:
    await add_older(yamato, 2)
    double = {**applicant(3), "family_name": "沢田", "given_name": "花子2"}
    token = await yamato.link(**{**double, "phone": applicant(2)["phone"]})
    assert (await yamato.confirm(token)).body == {"status": "awaiting_approval"}


async def pages(membership: Membership) -> int:
    async with membership.context.db.transaction("test") as connection:
        return len(await member_list.lock_other_editions(connection, 500))
