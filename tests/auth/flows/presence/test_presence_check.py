"""Three pending checks, five mails an hour: a thief with the password does not displace the
holder's check (R9)."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from services.auth.flows.presence import presence_sweep
from services.auth.storage import presence_checks
from tests.auth.conftest import PASSWORD, Auth, Browser, Mail

TARO = "taro@yamato.example"


async def due_member(auth: Auth) -> UUID:
    member = await auth.member()
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    return member.member_id


async def hold(browser: Browser) -> None:
    assert (await browser.sign_in(TARO)).body == {"next": "presence_check"}


async def states(auth: Auth) -> list[str]:
    found: list[str] = await auth.fetchval(
        "select array_agg(state order by created_at, id) from presence_checks"
    )
    return found


async def checks_mailed(auth: Auth) -> list[Mail]:
    return [mail for mail in await auth.mails() if mail.template == "presence_check"]


async def test_a_fourth_sign_in_of_a_known_browser_ends_the_oldest(auth: Auth) -> None:
    await due_member(auth)
    browsers = [await auth.known_browser() for _ in range(4)]
    for browser in browsers:
        await hold(browser)
    assert await states(auth) == ["cancelled", "pending", "pending", "pending"]
    assert (await browsers[0].get("/presence-check")).status == 401
    assert (await browsers[1].get("/presence-check")).status == 200


async def test_r9_a_thiefs_many_sign_ins_end_only_checks_of_new_browsers(auth: Auth) -> None:
    await due_member(auth)
    owner = await auth.known_browser()
    await hold(owner)
    (mail,) = await checks_mailed(auth)
    thieves = [auth.browser() for _ in range(8)]
    replies = await asyncio.gather(*(thief.sign_in(TARO) for thief in thieves))
    assert [reply.body for reply in replies] == [{"next": "presence_check"}] * 8
    assert (await states(auth)).count("pending") == 3
    assert len(await checks_mailed(auth)) == 3, "at most three mails for new browsers"
    code = {"code": mail.params["code"]}
    assert (await owner.post("/presence-check/answer", code)).body == {"next": "done"}


async def test_r9_after_the_thief_the_holder_gets_a_check_and_a_mail_and_passes(auth: Auth) -> None:
    await due_member(auth)
    thieves = [auth.browser() for _ in range(8)]
    await asyncio.gather(*(thief.sign_in(TARO) for thief in thieves))
    assert len(await checks_mailed(auth)) == 3
    owner = await auth.known_browser()
    await hold(owner)
    (mail,) = await checks_mailed(auth)
    assert (await states(auth)).count("pending") == 3
    await asyncio.gather(*(auth.browser().sign_in(TARO) for _ in range(8)))
    assert await checks_mailed(auth) == []
    code = {"code": mail.params["code"]}
    assert (await owner.post("/presence-check/answer", code)).body == {"next": "done"}


async def test_r9_a_known_browser_ends_a_new_browsers_check_before_a_known_ones(auth: Auth) -> None:
    await due_member(auth)
    first, stranger, second, third = (
        await auth.known_browser(),
        auth.browser(),
        await auth.known_browser(),
        await auth.known_browser(),
    )
    for browser in (first, stranger, second, third):
        await hold(browser)
    assert await states(auth) == ["pending", "cancelled", "pending", "pending"]


async def test_r9_a_new_browser_is_refused_where_three_known_ones_wait(auth: Auth) -> None:
    await due_member(auth)
    known = [await auth.known_browser() for _ in range(3)]
    for browser in known:
        await hold(browser)
    refused = await auth.browser().sign_in(TARO)
    assert (refused.status, refused.code) == (429, "checks_pending")
    assert 590 < int(refused.headers["Retry-After"]) <= 600
    assert "Set-Cookie" not in refused.headers
    assert await auth.fetchval("select count(*) from failures") == 0, "the password was right"
    assert await states(auth) == ["pending"] * 3
    await auth.advance("10 minutes 1 second")  # before the sweep
    await hold(auth.browser())


async def test_r9_a_check_confirmed_from_the_mailbox_is_not_ended_by_others(auth: Auth) -> None:
    await due_member(auth)
    owner = auth.browser()  # on a new computer
    await hold(owner)
    (mail,) = await checks_mailed(auth)
    number = (await owner.get("/presence-check")).body["number"]
    confirm = {"token": mail.params["token"], "number": number}
    assert (await auth.browser().post("/presence-check/confirm", confirm)).status == 204
    for _ in range(5):
        await hold(auth.browser())
    assert (await owner.post("/presence-check/answer", {})).body == {"next": "done"}


async def test_r9_a_held_sign_in_does_not_move_the_hidden_moment(auth: Auth) -> None:
    member = await auth.member()
    owner = auth.browser()
    await owner.sign_in(TARO)
    moment = "select presence_due_at from accounts where member_id = $1"
    before = await auth.fetchval(moment, member.member_id)
    await hold(auth.browser())
    assert await auth.fetchval(moment, member.member_id) == before
    assert (await owner.sign_in(TARO)).body == {"next": "done"}, "the holder is not held for it"


async def test_r9_three_of_the_five_mails_are_for_new_browsers(auth: Auth) -> None:
    await due_member(auth)
    sent = []
    for known in (False, False, False, False, True, True, True):
        browser = await auth.known_browser() if known else auth.browser()
        await hold(browser)
        sent.append(len(await checks_mailed(auth)))
    assert sent == [1, 1, 1, 0, 1, 1, 0]


async def unmailed(auth: Auth) -> tuple[Browser, datetime]:
    """A new browser whose check could not be mailed, and the time at which a mail is allowed."""
    for _ in range(3):
        await hold(auth.browser())
    browser = auth.browser()
    await hold(browser)
    await auth.mails()
    shown = (await browser.get("/presence-check")).body
    assert (shown["state"], shown["expires_at"]) == ("pending", None)
    return browser, datetime.fromisoformat(shown["resend_at"])


async def secrets_of(auth: Auth) -> tuple[str, int, str]:
    """Code, number and token of the check that was never mailed, from auth's keys."""
    check_id = await auth.fetchval("select id from presence_checks where expires_at is null")
    keys = auth.context.secrets
    key = keys.current_key_id
    return keys.code(check_id, key), keys.number(check_id, key), keys.token(check_id, key)


@pytest.mark.parametrize("right", [True, False])
async def test_r9_a_check_that_was_never_mailed_accepts_and_counts_no_code(
    auth: Auth, right: bool
) -> None:
    member = await due_member(auth)
    browser, _ = await unmailed(auth)
    code, _, _ = await secrets_of(auth)
    typed = code if right else f"{(int(code) + 1) % 10**6:06d}"
    for body in ({"code": typed}, {}):
        reply = await browser.post("/presence-check/answer", body)
        assert (reply.status, reply.code) == (409, "check_not_mailed")
        assert 3500 < int(reply.headers["Retry-After"]) <= 3600
    counted = "select wrong_answers from accounts where member_id = $1"
    assert await auth.fetchval(counted, member) == 0
    assert await auth.fetchval("select max(wrong) from presence_checks") == 0


async def test_r9_a_check_that_was_never_mailed_has_no_link(auth: Auth) -> None:
    await due_member(auth)
    browser, _ = await unmailed(auth)
    _, number, token = await secrets_of(auth)
    bodies: dict[str, dict[str, Any]] = {
        "preview": {"token": token},
        "confirm": {"token": token, "number": number},
        "deny": {"token": token},
    }
    for path, body in bodies.items():
        reply = await auth.browser().post(f"/presence-check/{path}", body)
        assert (reply.status, reply.code) == (422, "link_invalid")
    assert (await browser.get("/presence-check")).body["state"] == "pending"


async def test_r9_the_waiting_page_can_send_the_mail_as_soon_as_one_is_allowed(auth: Auth) -> None:
    await due_member(auth)
    browser, next_at = await unmailed(auth)
    now = await auth.fetchval("select clock_now()")
    await auth.advance(f"{(next_at - now).total_seconds() - 5} seconds")
    early = await browser.post("/presence-check/resend")
    assert (early.status, early.code) == (429, "resend_too_early")
    await auth.advance("2 minutes")  # more than an hour after the sign-in, the session's idle limit
    sent = await browser.post("/presence-check/resend")
    assert sent.status == 200, sent.text
    assert sent.body["expires_at"] is not None
    (mail,) = await checks_mailed(auth)
    await auth.advance("9 minutes")
    code = {"code": mail.params["code"]}
    assert (await browser.post("/presence-check/answer", code)).body == {"next": "done"}
    assert (await browser.get("/session")).body["next"] == "done"


async def test_r9_a_check_without_a_mail_ends_as_cancelled(auth: Auth) -> None:
    await due_member(auth)
    browser, _ = await unmailed(auth)
    await auth.activity()
    await auth.advance("71 minutes")
    await presence_sweep.run(auth.context)
    last = "select state from presence_checks order by created_at desc, id desc limit 1"
    assert await auth.fetchval(last) == "cancelled"
    assert (await browser.get("/presence-check")).status == 401
    kinds = [kind for _, kind in await auth.activity()]
    assert kinds == ["presence_missed"] * 2, "of the mailed checks that had not been ended"


async def test_the_sweep_leaves_a_check_that_was_mailed_at_the_last_moment(auth: Auth) -> None:
    await due_member(auth)
    browser, _ = await unmailed(auth)
    async with auth.context.db.connection() as connection:
        check_id = await connection.fetchval(
            "select id from presence_checks where expires_at is null"
        )
        check = await presence_checks.find(connection, check_id)
    assert check is not None
    await auth.advance("69 minutes 55 seconds")
    assert (await browser.post("/presence-check/resend")).status == 200
    await auth.advance("10 seconds")
    async with auth.context.db.transaction("test") as connection:
        await presence_sweep._end(connection, check)
    assert (await browser.get("/presence-check")).status == 200


async def test_signing_out_other_sessions_cancels_their_checks(auth: Auth) -> None:
    member = await auth.member()
    inside = auth.browser()
    await inside.sign_in(TARO)
    for way in ("DELETE", "PUT"):
        held = await auth.known_browser()
        await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
        await hold(held)
        if way == "DELETE":
            assert (await inside.send("DELETE", "/sessions")).status == 204
        else:
            change = {"current_password": PASSWORD, "new_password": "a quite different sentence"}
            assert (await inside.send("PUT", "/password", change)).status == 204
        assert (await held.get("/presence-check")).status == 401
        assert (await states(auth))[-1] == "cancelled"
