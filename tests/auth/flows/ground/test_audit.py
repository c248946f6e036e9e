"""Auth's entries in the companies' audit logs: written with the action, or neither is (P7)."""

import json
from typing import Any, get_args

import asyncpg
import pytest

from shared.contracts.auth import SyncAccount
from shared.contracts.base import AuditEvent
from shared.crypto import new_id
from tests.auth.conftest import PASSWORD, Auth, Browser
from tests.conftest import TestDatabase

TARO = "taro@yamato.example"
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36"


async def told(auth: Auth) -> list[dict[str, Any]]:
    """The entries that were sent since the last call; there are words for each."""
    items = [
        item
        for payload in await auth._take("membership.record_audit")
        for item in json.loads(payload)["items"]
    ]
    assert {f"{item['subject']}:{item['action']}" for item in items} <= set(get_args(AuditEvent))
    return items


async def due(auth: Auth) -> SyncAccount:
    """A member for whom a presence check is due."""
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    await told(auth)
    return member


async def held(auth: Auth) -> tuple[Browser, str, str]:
    """A held browser, and the code and the link's token from its mail."""
    browser = auth.browser()
    assert (await browser.sign_in(TARO)).body == {"next": "presence_check"}
    (mail,) = await auth.mails()
    return browser, mail.params["code"], mail.params["token"]


async def test_setting_a_password_and_signing_in_are_recorded(auth: Auth) -> None:
    member = await auth.member()
    [password] = await told(auth)
    assert (password["subject"], password["action"]) == ("password", "set")
    await auth.browser().post(
        "/sign-in", {"email": TARO, "password": PASSWORD}, **{"User-Agent": BROWSER}
    )
    [entry] = await told(auth)
    assert entry.pop("id")
    assert entry.pop("at")
    assert entry.pop("request_id")
    assert entry.pop("network") in ("", "127.0.0.0/24")
    assert entry == {
        "customer_id": str(member.customer_id),
        "source": "owner",
        "subject": "session",
        "action": "signed_in",
        "actor_id": str(member.member_id),
        "target_id": str(member.member_id),
        "reason": "",
        "browser": "Chrome (Windows)",
    }


async def test_a_failed_or_held_sign_in_is_not_recorded(auth: Auth) -> None:
    await due(auth)
    await auth.browser().sign_in(TARO, "not the password at all")
    await held(auth)
    assert await told(auth) == []


async def test_a_passed_presence_check_is_recorded_with_its_method(auth: Auth) -> None:
    await due(auth)
    browser, code, _ = await held(auth)
    await browser.post("/presence-check/answer", {"code": code})
    [entry] = await told(auth)
    assert (entry["subject"], entry["action"], entry["reason"]) == ("session", "signed_in", "code")


async def test_a_denied_presence_check_is_recorded_once(auth: Auth) -> None:
    """The person who denies has only the link, so the entry names neither actor nor network."""
    member = await due(auth)
    _, _, token = await held(auth)
    for _ in range(2):
        reply = await auth.browser().post("/presence-check/deny", {"token": token})
        assert reply.status == 204
    [entry] = await told(auth)
    assert (entry["source"], entry["subject"], entry["action"]) == ("system", "presence", "denied")
    assert (entry["actor_id"], entry["target_id"]) == (None, str(member.member_id))


@pytest.mark.parametrize("how", ["too late", "five wrong answers"])
async def test_a_missed_presence_check_is_recorded(auth: Auth, how: str) -> None:
    member = await due(auth)
    browser, code, _ = await held(auth)
    if how == "too late":
        await auth.advance("11 minutes")
        await browser.post("/presence-check/answer", {"code": code})
    for _ in range(5 if how != "too late" else 0):
        wrong = f"{(int(code) + 1) % 10**6:06}"
        await browser.post("/presence-check/answer", {"code": wrong})
    [entry] = await told(auth)
    assert (entry["subject"], entry["action"]) == ("presence", "missed")
    assert entry["target_id"] == str(member.member_id)


async def test_the_tenth_wrong_answer_of_a_member_is_recorded_as_a_failure(auth: Auth) -> None:
    """R9: besides the missed check; both entries name the member as target."""
    member = await due(auth)
    await auth.set(member.member_id, "wrong_answers = 9")
    browser, code, _ = await held(auth)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    await browser.post("/presence-check/answer", {"code": wrong})
    entries = await told(auth)
    assert [(entry["subject"], entry["action"]) for entry in entries] == [
        ("presence", "missed"),
        ("presence", "failed"),
    ]
    assert {entry["target_id"] for entry in entries} == {str(member.member_id)}


async def test_no_entry_contains_a_name_or_an_address(auth: Auth) -> None:
    await due(auth)
    browser, code, _ = await held(auth)
    await browser.post("/presence-check/answer", {"code": code})
    text = json.dumps(await told(auth), ensure_ascii=False)
    for word in ("taro", "山田", "太郎", "ヤマト"):
        assert word not in text


async def test_p7_an_action_fails_if_its_entry_cannot_be_written(
    auth: Auth, database: TestDatabase
) -> None:
    member = await auth.member()
    connection = await asyncpg.connect(database.owner_dsn, server_settings={"search_path": "auth"})
    await connection.execute(
        """
        create function fail() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
        create trigger planted before insert on outbox for each row
            when (new.name = 'membership.record_audit') execute function fail()
        """
    )
    await connection.close()
    reply = await auth.browser().sign_in(TARO)
    assert reply.status == 500
    alive = "select count(*) from sessions where member_id = $1 and ended_at is null"
    assert await auth.fetchval(alive, member.member_id) == 0


async def test_asvs_8_2_2_an_attempt_to_end_another_members_session_is_recorded(
    auth: Auth,
) -> None:
    """A26, T13: the answer is the same as for an unknown id, which is not recorded."""
    taro = await auth.member()
    await auth.member(email="hanako@yamato.example")
    mine, theirs = auth.browser(), auth.browser()
    await mine.sign_in(TARO)
    await theirs.sign_in("hanako@yamato.example")
    [item] = (await theirs.get("/sessions")).body["items"]
    await told(auth)
    for id in (item["id"], str(new_id())):
        assert (await mine.send("DELETE", f"/sessions/{id}")).code == "session_not_found"
    [entry] = await told(auth)
    assert (entry["subject"], entry["action"]) == ("session", "denied")
    assert entry["actor_id"] == str(taro.member_id)
    assert (await theirs.get("/session")).status == 200
