"""The stages of a sign-in: in order, and all checked again after one that held it."""

import pytest

from tests.auth.conftest import Auth

TARO = "taro@yamato.example"
DUE = "presence_due_at = '2020-01-01'"
LATER = "presence_due_at = '2100-01-01', first_sign_in_until = null"


@pytest.mark.parametrize(
    ("account", "stops_at"),
    [
        (f"must_reset = false, {LATER}", "done"),
        (f"must_reset = false, {DUE}", "presence_check"),
        (f"must_reset = true, {LATER}", "password_reset"),
        (f"must_reset = true, {DUE}", "password_reset"),
    ],
)
async def test_a_sign_in_stops_at_the_first_stage_that_is_needed(
    auth: Auth, account: str, stops_at: str
) -> None:
    member = await auth.member()
    browser = await auth.known_browser()
    await auth.mails()
    await auth.set(member.member_id, account)
    assert (await browser.sign_in(TARO)).body == {"next": stops_at}
    mails = [mail.template for mail in await auth.mails()]
    expected = {"done": [], "presence_check": ["presence_check"]}
    assert mails == expected.get(stops_at, ["password_reset"])


async def test_a_held_sign_in_stops_at_an_earlier_stage_that_became_needed(
    auth: Auth,
) -> None:
    member = await auth.member()
    browser = await auth.known_browser()
    await auth.mails()
    await auth.set(member.member_id, DUE)
    await browser.sign_in(TARO)
    [mail] = await auth.mails()
    await auth.set(member.member_id, "must_reset = true")
    reply = await browser.post("/presence-check/answer", {"code": mail.params["code"]})
    assert reply.body == {"next": "password_reset"}
    assert (await browser.get("/session")).status == 401
    assert [mail.template for mail in await auth.mails()] == ["password_reset"]


async def test_a_reset_passes_the_stages_in_its_own_browser(auth: Auth) -> None:
    member = await auth.member()
    browser = await auth.known_browser()
    await auth.set(member.member_id, f"must_reset = true, wrong_answers = 9, {DUE}")
    await browser.sign_in(TARO)
    [mail] = await auth.mails()
    new = "battery staple horse correct"
    reset = {"token": mail.params["token"], "password": new}
    assert (await browser.post("/password-reset/confirm", reset)).status == 204
    reply = await browser.sign_in(TARO, new)
    assert reply.body == {"next": "done"}
    assert await auth.fetchval("select wrong_answers from accounts") == 0
