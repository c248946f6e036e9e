"""A sign-in from a browser that is not known for the account is held (R9)."""

import asyncio
from typing import Any

import pytest

from services.auth.storage import accounts
from shared.contracts.auth import SyncAccount
from tests.auth.conftest import PASSWORD, Auth, Browser, Mail

TARO = "taro@yamato.example"
HANAKO = "hanako@yamato.example"
NEW = "a quite different sentence"
CARD = {"reason": "left", "note": "", "since": "2026-11-24T00:00:00Z"}
DONE = {"next": "done"}
HELD = {"next": "presence_check"}


async def settled(auth: Auth) -> tuple[SyncAccount, Browser]:
    """A member who is signed in, in a known browser, with no check due."""
    member = await auth.member()
    browser = auth.browser()
    assert (await browser.sign_in(TARO)).body == DONE
    return member, browser


async def check_mail(auth: Auth) -> Mail:
    return [mail for mail in await auth.mails() if mail.template == "presence_check"][-1]


async def pass_check(auth: Auth, browser: Browser) -> None:
    code = {"code": (await check_mail(auth)).params["code"]}
    assert (await browser.post("/presence-check/answer", code)).body == DONE


async def reset(auth: Auth, browser: Browser, password: str = NEW) -> None:
    await auth.browser().post("/password-reset", {"email": TARO})
    [mail] = [mail for mail in await auth.mails() if mail.template == "password_reset"]
    body = {"token": mail.params["token"], "password": password}
    assert (await browser.post("/password-reset/confirm", body)).status == 204


async def reasons(auth: Auth) -> list[str]:
    found: list[str] = await auth.fetchval(
        "select array_agg(reason order by created_at, id) from presence_checks"
    )
    return found


async def test_r9_a_sign_in_from_a_new_browser_is_held_although_no_check_is_due(
    auth: Auth,
) -> None:
    await settled(auth)
    thief = auth.browser()
    assert (await thief.sign_in(TARO)).body == HELD
    assert (await thief.get("/sessions")).status == 401
    assert await reasons(auth) == ["new_browser"], "B7"
    await pass_check(auth, thief)
    assert (await thief.sign_in(TARO)).body == DONE, "the browser is known now"


async def test_b7_a_due_check_is_the_recorded_reason_in_new_browsers_too(auth: Auth) -> None:
    member, known = await settled(auth)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    for browser in (known, auth.browser()):
        assert (await browser.sign_in(TARO)).body == HELD
    assert await reasons(auth) == ["due", "due"]
    known_browsers = "select array_agg(known_browser order by created_at) from presence_checks"
    assert await auth.fetchval(known_browsers) == [True, False]


async def test_r9_after_the_first_password_one_sign_in_from_a_new_browser_is_free(
    auth: Auth,
) -> None:
    await auth.member()
    desktop, phone = auth.browser(), auth.browser()
    assert (await desktop.sign_in(TARO)).body == DONE
    assert (await phone.sign_in(TARO)).body == HELD
    assert (await desktop.sign_in(TARO)).body == DONE


async def test_r9_the_browser_of_a_reset_is_known_and_uses_up_the_free_sign_in(auth: Auth) -> None:
    await settled(auth)
    mail_app = auth.browser()
    await reset(auth, mail_app)
    assert (await mail_app.sign_in(TARO, NEW)).body == DONE
    assert (await auth.browser().sign_in(TARO, NEW)).body == HELD
    assert (await mail_app.sign_in(TARO, NEW)).body == DONE


async def test_r9_of_two_sign_ins_at_once_only_one_is_free(auth: Auth) -> None:
    await auth.member()
    replies = await asyncio.gather(*(auth.browser().sign_in(TARO) for _ in range(4)))
    assert sorted(reply.body["next"] for reply in replies) == ["done"] + ["presence_check"] * 3


async def test_r9_after_thirty_minutes_the_first_sign_in_is_held_too(auth: Auth) -> None:
    await auth.member()
    await auth.advance("30 minutes 1 second")
    assert (await auth.browser().sign_in(TARO)).body == HELD


async def test_r9_the_free_sign_in_is_held_where_a_check_is_due(
    auth: Auth,
) -> None:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    browser = auth.browser()
    assert (await browser.sign_in(TARO)).body == HELD
    await pass_check(auth, browser)
    assert (await auth.browser().sign_in(TARO)).body == HELD, "the free sign-in is used up"


async def test_r9_a_reset_forgets_all_known_browsers_but_its_own(auth: Auth) -> None:
    _, known = await settled(auth)
    await reset(auth, auth.browser())
    assert (await auth.browser().sign_in(TARO, NEW)).body == DONE, "the free sign-in"
    assert (await known.sign_in(TARO, NEW)).body == HELD


async def test_r9_a_resume_forgets_all_known_browsers(auth: Auth) -> None:
    member, known = await settled(auth)
    state: dict[str, Any] = {"member_id": member.member_id}
    await auth.sync(**state, version=2, state="suspended", suspension=CARD)
    await auth.sync(**state, version=3)
    assert (await known.sign_in(TARO)).body == HELD
    await pass_check(auth, known)
    await auth.sync(**state, version=4, role="staff")
    assert (await known.sign_in(TARO)).body == DONE, "a change without a resume keeps them"


async def test_r9_a_resume_within_the_half_hour_revokes_the_free_sign_in(auth: Auth) -> None:
    member = await auth.member()
    state: dict[str, Any] = {"member_id": member.member_id}
    await auth.sync(**state, version=2, state="suspended", suspension=CARD)
    await auth.sync(**state, version=3)
    assert (await auth.browser().sign_in(TARO)).body == HELD


@pytest.mark.parametrize("how", ["denied", "ten wrong answers"])
async def test_r9_a_denial_and_the_tenth_wrong_answer_forget_all_known_browsers(
    auth: Auth, how: str
) -> None:
    member, known = await settled(auth)
    thief = auth.browser()
    await thief.sign_in(TARO)
    mail = await check_mail(auth)
    if how == "denied":
        deny = {"token": mail.params["token"]}
        assert (await auth.browser().post("/presence-check/deny", deny)).status == 204
    else:
        await auth.set(member.member_id, "wrong_answers = 9")
        wrong = {"code": f"{(int(mail.params['code']) + 1) % 10**6:06d}"}
        assert (await thief.post("/presence-check/answer", wrong)).code == "presence_failed"
    assert await auth.fetchval("select count(*) from devices") == 0
    assert (await known.get("/session")).status == 401
    assert (await known.sign_in(TARO)).body == {"next": "password_reset"}


async def test_a_browser_known_for_another_member_is_new_for_this_one(auth: Auth) -> None:
    await auth.member(email=HANAKO, name="花子")
    shared = auth.browser()
    assert (await shared.sign_in(HANAKO)).body == DONE
    await settled(auth)
    assert (await shared.sign_in(TARO)).body == HELD
    await pass_check(auth, shared)
    assert (await shared.sign_in(HANAKO)).body == DONE, "the token is known for both"
    assert (await shared.sign_in(TARO)).body == DONE


async def test_a_planted_device_cookie_is_useless_after_the_sign_in(
    auth: Auth,
) -> None:
    """A thief plants the cookie of the thief's own known browser in the victim's browser."""
    await auth.member(email=HANAKO, name="花子")
    thief, victim = auth.browser(), auth.browser()
    await thief.sign_in(HANAKO)
    await auth.member()
    victim.session.cookie_jar.update_cookies({"device_8080": thief.cookies["device_8080"]})
    assert (await victim.sign_in(TARO)).body == DONE
    assert (await thief.sign_in(TARO)).body == HELD


async def test_two_sign_ins_at_once_from_one_known_browser_are_not_held(
    auth: Auth,
) -> None:
    """Both passwords are checked before the first sign-in gets its new token."""
    member, known = await settled(auth)
    twin = auth.browser()
    twin.take_cookies(known)
    async with auth.context.db.transaction("test") as connection:
        await accounts.lock(connection, member.member_id)
        signing_in = [asyncio.create_task(one.sign_in(TARO)) for one in (known, twin)]
        while await auth.fetchval("select coalesce(max(wrong), 0) from failures") < 2:
            await asyncio.sleep(0.01)
    assert [(await one).body for one in signing_in] == [DONE, DONE]


async def test_the_network_does_not_make_a_browser_known(auth: Auth) -> None:
    _, known = await settled(auth)
    assert (await auth.browser().sign_in(TARO)).body == HELD, "the same address"
    moved = {"X-Forwarded-For": "203.0.113.9"}
    body = {"email": TARO, "password": PASSWORD}
    assert (await known.post("/sign-in", body, **moved)).body == DONE


async def test_a_step_up_and_a_change_of_password_do_not_count_as_sign_ins(auth: Auth) -> None:
    _, browser = await settled(auth)
    browser.session.cookie_jar.update_cookies({"device_8080": ""})
    assert (await browser.post("/session/step-up", {"password": PASSWORD})).body == DONE
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert (await browser.send("PUT", "/password", change)).status == 204


async def test_r9_denying_a_check_from_before_the_last_reset_is_only_recorded(
    auth: Auth,
) -> None:
    await auth.member(email="boss@yamato.example", name="社長")
    member, _ = await settled(auth)
    await auth.browser().sign_in(TARO)
    mail = await check_mail(auth)
    browser = auth.browser()
    await reset(auth, browser)
    await auth.set(member.member_id, "presence_due_at = '2100-01-01'")
    await browser.sign_in(TARO, NEW)
    await auth.mails()
    await auth.activity()
    await auth._take("membership.record_audit")
    await auth.advance("6 days")
    await browser.sign_in(TARO, NEW)
    before = await auth.dump(("outbox", "presence_checks"))

    for told in (["boss@yamato.example"], []):
        reply = await auth.browser().post("/presence-check/deny", {"token": mail.params["token"]})
        assert (reply.status, reply.body) == (200, {"outcome": "recorded"})
        sent = await auth.mails()
        assert [one.to for one in sent] == told, "once; the answer tells the member"
        assert all(one.params["before_reset"] for one in sent)
    assert await auth.dump(("outbox", "presence_checks")) == before
    assert (await browser.get("/session")).status == 200
    assert (await browser.sign_in(TARO, NEW)).body == DONE, "its browser is still known"
    state = "select state from presence_checks where reason = 'new_browser' limit 1"
    assert await auth.fetchval(state) == "denied"
    entries = "".join(await auth._take("membership.record_audit"))
    assert '"action":"denied"' in entries
    assert '"reason":"before_reset"' in entries


async def test_r9_denying_a_check_from_after_the_last_reset_ends_all_sessions(
    auth: Auth,
) -> None:
    await settled(auth)
    browser = auth.browser()
    await reset(auth, browser)
    await browser.sign_in(TARO, NEW)
    await auth.browser().sign_in(TARO, NEW)
    deny = {"token": (await check_mail(auth)).params["token"]}
    assert (await auth.browser().post("/presence-check/deny", deny)).status == 204
    assert (await browser.get("/session")).code == "presence_denied"
