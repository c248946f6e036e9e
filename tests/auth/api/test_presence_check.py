"""The presence check over HTTP (R9): which sign-ins are held, passed, missed and denied."""

import asyncio
from datetime import datetime

import pytest

from services.auth.domain.presence import Schedule
from tests.auth.conftest import Auth, Browser, Mail

TARO = "taro@yamato.example"


async def held(auth: Auth, browser: Browser) -> Mail:
    """Sign in and be held for a presence check; the mail that was sent."""
    reply = await browser.sign_in(TARO)
    assert reply.body == {"next": "presence_check"}
    (mail,) = await auth.mails()
    assert (mail.template, mail.to) == ("presence_check", TARO)
    return mail


async def due_member(auth: Auth, **state: object) -> None:
    member = await auth.member(**state)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    await auth.activity()


async def number_of(browser: Browser) -> int:
    number: int = (await browser.get("/presence-check")).body["number"]
    return number


async def test_r9_the_code_lets_the_held_browser_in_and_draws_the_next_moment(
    auth: Auth,
) -> None:
    await due_member(auth)
    browser = auth.browser()
    mail = await held(auth, browser)
    assert len(mail.params["code"]) == 6
    waiting = browser.cookies["session_8080"]

    assert (await browser.get("/session")).body.keys() == {"id", "next"}
    shown = (await browser.get("/presence-check")).body
    assert shown["state"] == "pending"
    assert 10 <= shown["number"] <= 99
    assert shown["sent_to"] == "t***@yamato.example"
    assert (await browser.get("/sessions")).status == 401, "a held session opens no other route"

    passed = await browser.post("/presence-check/answer", {"code": mail.params["code"]})
    assert (passed.status, passed.body) == (200, {"next": "done"})
    assert browser.cookies["session_8080"] != waiting, "ASVS-7.2.4"
    assert (await browser.get("/session")).body["next"] == "done"
    assert [kind for _, kind in await auth.activity()] == ["presence_passed", "signed_in"]

    due_in = await auth.fetchval("select presence_due_at - clock_now() from accounts")
    assert 12 * 3600 - 60 <= due_in.total_seconds() <= 30 * 24 * 3600
    assert (await browser.sign_in(TARO)).body == {"next": "done"}


@pytest.mark.parametrize("between", [" ", "\n", "\t", "\u200b", "-", "\u2011"])
async def test_r9_the_code_may_be_full_width_or_pasted_with_surrounding_text(
    auth: Auth, between: str
) -> None:
    await due_member(auth)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    wide = between.join(chr(ord(digit) + 0xFEE0) for digit in code)
    answer = {"code": f"\ufeff{wide}\u202c\r\n"}
    assert (await browser.post("/presence-check/answer", answer)).status == 200


async def test_r9_link_and_number_let_in_only_the_browser_that_signed_in(
    auth: Auth,
) -> None:
    await due_member(auth)
    starting, phone, other = auth.browser(), auth.browser(), auth.browser()
    token = (await held(auth, starting)).params["token"]
    await held(auth, other)

    preview = await phone.post("/presence-check/preview", {"token": token})
    assert preview.body["state"] == "pending"
    assert preview.body["name"] == "山田 太郎"
    assert "number" not in preview.body

    early = await starting.post("/presence-check/answer", {})
    assert (early.status, early.code) == (409, "not_confirmed")

    number = await number_of(starting)
    confirm = {"token": token, "number": number}
    assert (await phone.post("/presence-check/confirm", confirm)).status == 204
    assert (await phone.get("/session")).status == 401, "the link's browser gets no session"
    assert (await other.get("/presence-check")).body["state"] == "pending", "ASVS-6.6.2"
    assert (await starting.get("/presence-check")).body["state"] == "confirmed"
    assert (await starting.post("/presence-check/answer", {})).body == {"next": "done"}


async def test_r9_signing_in_again_instead_of_answering_starts_a_new_check(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    first = await held(auth, browser)
    second = await held(auth, browser)
    assert (
        first.params["code"] != second.params["code"]
        or first.params["token"] != (second.params["token"])
    )
    states = await auth.fetchval("select array_agg(state order by id) from presence_checks")
    assert states == ["cancelled", "pending"]
    assert (await auth.browser().sign_in(TARO)).body == {"next": "presence_check"}


async def test_asvs_6_6_3_five_wrong_codes_end_the_sign_in_even_across_a_resend(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for left in (4, 3, 2):
        reply = await browser.post("/presence-check/answer", {"code": wrong})
        assert (reply.status, reply.code, reply.body["left"]) == (422, "wrong_code", left)
    await auth.advance("61s")
    assert (await browser.post("/presence-check/resend")).status == 200
    (again,) = await auth.mails()
    assert again.params["code"] == code, "a resend repeats the code"
    assert (await browser.post("/presence-check/answer", {"code": wrong})).body["left"] == 1
    missed = await browser.post("/presence-check/answer", {"code": wrong})
    assert (missed.status, missed.code) == (401, "presence_missed")
    right = await browser.post("/presence-check/answer", {"code": code})
    assert (right.status, right.code) == (401, "presence_missed")
    await auth.advance("11 minutes")
    assert (await browser.get("/session")).code == "sign_in_required", "after ten minutes"


async def test_abuse_10_no_more_than_five_wrong_codes_are_judged_in_parallel(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    tries = [browser.post("/presence-check/answer", {"code": wrong}) for _ in range(20)]
    codes = [reply.code for reply in await asyncio.gather(*tries)]
    assert codes.count("wrong_code") == 4
    assert await auth.fetchval("select wrong from presence_checks") == 5


async def test_asvs_6_5_1_a_code_used_in_parallel_passes_once(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    tries = [browser.post("/presence-check/answer", {"code": code}) for _ in range(5)]
    statuses = [reply.status for reply in await asyncio.gather(*tries)]
    assert statuses.count(200) == 1


async def test_asvs_6_5_5_a_check_ends_after_ten_minutes(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    mail = await held(auth, browser)
    number = await number_of(browser)
    await auth.advance("10 minutes 1 second")
    confirm = {"token": mail.params["token"], "number": number}
    late = await auth.browser().post("/presence-check/confirm", confirm)
    assert (late.status, late.code) == (409, "check_ended")
    reply = await browser.post("/presence-check/answer", {"code": mail.params["code"]})
    assert (reply.status, reply.code) == (401, "presence_missed")
    assert [kind for _, kind in await auth.activity()] == ["presence_missed"]
    assert await auth.fetchval("select wrong_answers from accounts") == 0


async def test_abuse_38_wrong_numbers_count_toward_the_five(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    token = (await held(auth, browser)).params["token"]
    wrong = {"token": token, "number": (await number_of(browser) + 1) % 100}
    for left in (4, 3, 2, 1):
        reply = await auth.browser().post("/presence-check/confirm", wrong)
        assert (reply.status, reply.code, reply.body["left"]) == (422, "wrong_number", left)
    assert (await auth.browser().post("/presence-check/confirm", wrong)).code == "check_ended"
    assert (await browser.get("/presence-check")).code == "presence_missed"


async def test_r9_denying_ends_all_sessions_tells_the_company_and_requires_a_reset(
    auth: Auth,
) -> None:
    await auth.member(email="boss@yamato.example", name="社長", locale="en")
    await auth.member(email="clerk@yamato.example", role="staff")
    inside = auth.browser()
    member = await auth.member(role="staff")
    await inside.sign_in(TARO)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    thief = auth.browser()
    token = (await held(auth, thief)).params["token"]
    await auth.activity()

    assert (await auth.browser().post("/presence-check/deny", {"token": token})).status == 204
    assert (await thief.get("/presence-check")).code == "presence_denied"
    assert (await inside.get("/session")).code == "presence_denied"
    told = {(mail.template, mail.to, mail.locale) for mail in await auth.mails()}
    assert told == {
        ("presence_denied", "boss@yamato.example", "en"),
        ("password_reset_required", TARO, "ja"),
    }
    assert await auth.activity() == [(member.member_id, "presence_denied")]

    reply = await thief.sign_in(TARO)
    assert reply.body == {"next": "password_reset"}
    assert "Set-Cookie" not in reply.headers
    (reset,) = await auth.mails()
    assert (reset.template, reset.to) == ("password_reset", TARO)
    new = {"token": reset.params["token"], "password": "another long enough password"}
    assert (await auth.browser().post("/password-reset/confirm", new)).status == 204
    again = await auth.browser().sign_in(TARO, "another long enough password")
    assert again.body == {"next": "done"}, "the reset has just proven the mailbox"


@pytest.mark.parametrize("role", ["owner", "admin"])
async def test_r9_owners_and_admins_get_no_company_mail_about_their_own_denial(
    auth: Auth, role: str
) -> None:
    """Neither at the denial, nor when a check from before the reset is denied afterwards."""
    await auth.member(email="boss@yamato.example")
    member = await auth.member(role=role)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    token = (await held(auth, auth.browser())).params["token"]
    deny = {"token": token}
    assert (await auth.browser().post("/presence-check/deny", deny)).status == 204
    told = sorted((mail.template, mail.to) for mail in await auth.mails())
    assert told == [("password_reset_required", TARO), ("presence_denied", "boss@yamato.example")]

    await auth.set(member.member_id, "must_reset = false, presence_due_at = '2020-01-01'")
    token = (await held(auth, auth.browser())).params["token"]
    await auth.set(member.member_id, "reset_at = clock_now()")
    reply = await auth.browser().post("/presence-check/deny", {"token": token})
    assert reply.body == {"outcome": "recorded"}
    [mail] = await auth.mails()
    assert (mail.template, mail.to) == ("presence_denied", "boss@yamato.example")
    assert mail.params["before_reset"] is True


async def test_names_in_mails_follow_the_language_of_the_recipient(auth: Auth) -> None:
    """R22: in the company's mail the name of the member who denied as well."""
    names = {"family_name": "Smith", "given_name": "John", "name": "Smith John"}
    await auth.member(email="boss@yamato.example", locale="en", **names)
    await auth.member(email="chief@yamato.example", locale="ja", **names)
    await due_member(auth, locale="en", role="staff", **names)
    mail = await held(auth, auth.browser())
    assert mail.params["name"] == "John Smith"
    await auth.browser().post("/presence-check/deny", {"token": mail.params["token"]})
    told = {one.to: one.params for one in await auth.mails()}
    assert told[TARO]["name"] == "John Smith"
    for to, shown in (("boss", "John Smith"), ("chief", "Smith John")):
        params = told[f"{to}@yamato.example"]
        assert (params["name"], params["member_name"]) == (shown, shown)


async def test_r9_a_check_can_be_denied_once_for_seven_days_even_if_passed(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    mail = await held(auth, browser)
    await browser.post("/presence-check/answer", {"code": mail.params["code"]})
    await auth.advance("6 days")
    deny = {"token": mail.params["token"]}
    assert (await auth.browser().post("/presence-check/deny", deny)).status == 204
    assert (await browser.get("/session")).status == 401
    await auth.mails()
    assert (await auth.browser().post("/presence-check/deny", deny)).status == 204
    assert await auth.mails() == [], "reported once"
    await auth.advance("2 days")
    late = await auth.browser().post("/presence-check/deny", deny)
    assert (late.status, late.code) == (422, "link_invalid")


async def test_abuse_44_after_five_mails_an_hour_the_session_stays_held(auth: Auth) -> None:
    await due_member(auth)
    for _ in range(5):
        await held(auth, await auth.known_browser())
    browser = await auth.known_browser()
    assert (await browser.sign_in(TARO)).body == {"next": "presence_check"}
    assert await auth.mails() == []
    shown = (await browser.get("/presence-check")).body
    assert shown["expires_at"] is None
    early = await browser.post("/presence-check/resend")
    assert (early.status, early.code) == (429, "resend_too_early")
    assert 3500 < int(early.headers["Retry-After"]) <= 3600
    next_at = datetime.fromisoformat(shown["resend_at"])
    now = await auth.fetchval("select clock_now()")
    assert 3500 < (next_at - now).total_seconds() <= 3600


async def test_r9_a_resend_is_allowed_after_a_minute_and_extends_no_check(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    await held(auth, browser)
    before = (await browser.get("/presence-check")).body
    assert (await browser.post("/presence-check/resend")).code == "resend_too_early"
    await auth.advance("61s")
    after = (await browser.post("/presence-check/resend")).body
    assert after["expires_at"] == before["expires_at"]


async def test_abuse_37_opening_the_link_changes_nothing(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    token = (await held(auth, browser)).params["token"]
    for path in ("preview", "confirm", "deny"):
        for method in ("GET", "HEAD"):
            scanned = await auth.browser().send(method, f"/presence-check/{path}")
            assert scanned.status == 405
    for _ in range(10):
        await auth.browser().post("/presence-check/preview", {"token": token})
    assert (await browser.get("/presence-check")).body["state"] == "pending"


@pytest.mark.parametrize("token", ["x", "A" * 64, "あ", "-" * 200])
async def test_a_forged_token_is_refused_as_a_link(auth: Auth, token: str) -> None:
    await due_member(auth)
    reply = await auth.browser().post("/presence-check/deny", {"token": token})
    assert (reply.status, reply.code) == (422, "link_invalid")


async def test_r9_with_all_three_gaps_0_every_sign_in_is_checked(auth: Auth) -> None:
    object.__setattr__(auth.context, "schedule", Schedule(0, 0, 0))
    await due_member(auth)
    for _ in range(2):
        browser = auth.browser()
        mail = await held(auth, browser)
        await browser.post("/presence-check/answer", {"code": mail.params["code"]})


async def test_asvs_7_3_polling_the_waiting_page_does_not_count_as_activity(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    await held(auth, browser)
    used = await auth.fetchval("select max(last_used_at) from sessions")
    await auth.advance("9 minutes")
    await browser.get("/presence-check")
    assert await auth.fetchval("select max(last_used_at) from sessions") == used
