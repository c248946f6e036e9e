"""PRESENCE_MODE=off, for an outage of the vendor's mail: no check is made or counts as passed."""

from typing import Any

import pytest

from services.auth.resources import presence
from shared.health import Health
from tests.auth.conftest import Auth

TARO = "taro@yamato.example"
DONE = {"next": "done"}
HELD = {"next": "presence_check"}


def switch(auth: Auth, mode: str) -> None:
    """Change the setting as a restart would."""
    settings = auth.context.settings.model_copy(update={"presence_mode": mode})
    object.__setattr__(auth.context, "settings", settings)


async def test_no_sign_in_is_held_and_none_counts_as_passed(auth: Auth) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    await auth._take("membership.record_audit")
    switch(auth, "off")
    browser = auth.browser()
    reply = await browser.sign_in(TARO)
    assert reply.body == DONE
    assert "device_8080" not in browser.cookies, "a new browser does not become known"
    assert (await browser.get("/session")).body["next"] == "done"
    assert [kind for _, kind in await auth.activity()][-1:] == ["signed_in"]
    assert '"reason":"presence_off"' in "".join(await auth._take("membership.record_audit"))
    assert await auth.fetchval("select presence_due_at < '2021-01-01' from accounts")

    switch(auth, "enforced")
    assert (await browser.sign_in(TARO)).body == HELD, "still due, still new"
    await auth.set(member.member_id, "presence_due_at = '2100-01-01', first_sign_in_until = null")
    assert (await browser.sign_in(TARO)).body == HELD


async def test_a_held_sign_in_is_let_in_without_having_passed(auth: Auth) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01', wrong_answers = 3")
    waiting = [auth.browser() for _ in range(2)]
    for browser in waiting:
        assert (await browser.sign_in(TARO)).body == HELD
    [token, _] = [mail.params["token"] for mail in await auth.mails()]
    assert (await waiting[0].get("/presence-check")).body["state"] == "pending"
    switch(auth, "off")
    assert (await waiting[0].get("/presence-check")).body["state"] == "confirmed"
    assert (await waiting[0].post("/presence-check/answer", {})).body == DONE
    assert (await waiting[1].sign_in(TARO)).body == DONE, "or after another sign-in"
    states = "select array_agg(distinct state) from presence_checks"
    assert await auth.fetchval(states) == ["cancelled"]
    row: Any = await auth.fetchval("select (presence_due_at, wrong_answers)::text from accounts")
    assert row == '("2020-01-01 00:00:00+00",3)'
    deny = await auth.browser().post("/presence-check/deny", {"token": token})
    assert deny.status == 204, "a sign-in that was let in can still be denied"
    assert (await waiting[0].get("/session")).code == "presence_denied"


async def test_the_code_of_a_mail_that_arrived_still_passes(auth: Auth) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    browser = auth.browser()
    await browser.sign_in(TARO)
    [mail] = await auth.mails()
    switch(auth, "off")
    code = {"code": mail.params["code"]}
    assert (await browser.post("/presence-check/answer", code)).body == DONE
    assert await auth.fetchval("select state from presence_checks") == "passed"


async def test_the_service_is_ready_with_a_warning(auth: Auth) -> None:
    assert (await Health("auth", ready=(presence(auth.context),)).ready()).status == "pass"
    switch(auth, "off")
    report = await Health("auth", ready=(presence(auth.context),)).ready()
    assert report.status == "warn"
    assert report.checks["presence_checks"].error == "PresenceOff"


@pytest.mark.parametrize("mailed", [True, False])
async def test_wrong_codes_force_no_reset_during_the_outage(auth: Auth, mailed: bool) -> None:
    """The reset after the tenth wrong answer would need the mail."""
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01', wrong_answers = 9")
    browser = auth.browser()
    await browser.sign_in(TARO)
    if not mailed:
        await auth.fetchval("update presence_checks set expires_at = null")
    switch(auth, "off")
    assert (await browser.post("/presence-check/answer", {"code": "wrong"})).body == DONE
    assert await auth.fetchval("select state from presence_checks") == "cancelled"
    row = "select (wrong_answers, must_reset, presence_due_at < '2021-01-01')::text from accounts"
    assert await auth.fetchval(row) == "(9,f,t)"


async def test_the_code_of_a_check_that_was_never_mailed_does_not_pass(auth: Auth) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    browser = auth.browser()
    await browser.sign_in(TARO)
    [mail] = await auth.mails()
    await auth.fetchval("update presence_checks set expires_at = null")
    switch(auth, "off")
    code = {"code": mail.params["code"]}
    assert (await browser.post("/presence-check/answer", code)).body == DONE
    assert await auth.fetchval("select state from presence_checks") == "cancelled"
