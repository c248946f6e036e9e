"""Sign-in over HTTP: one answer to every mistake, slow for guessers, open for the holder."""

import asyncio

import pytest

from shared.contracts.auth import Suspension
from tests.auth.conftest import PASSWORD, Auth

WRONG = "not the password at all"


async def test_r8_a_member_signs_in_sees_the_own_session_and_signs_out(auth: Auth) -> None:
    member = await auth.member()
    browser = auth.browser()

    signed_in = await browser.sign_in("taro@yamato.example")
    assert (signed_in.status, signed_in.body) == (200, {"next": "done"})

    seen = await browser.get("/session")
    assert seen.status == 200
    assert seen.body | {"id": "", "authenticated_at": ""} == {
        "id": "",
        "next": "done",
        "member_id": str(member.member_id),
        "email": "taro@yamato.example",
        "name": "山田 太郎",
        "role": "owner",
        "customer": {
            "id": "01900000-0000-7000-8000-0000000000c1",
            "code": "A-1001",
            "name": "株式会社ヤマト商事",
        },
        "authenticated_at": "",
    }

    thief = auth.browser()
    thief.take_cookies(browser)
    assert (await thief.get("/session")).status == 200
    assert (await browser.send("DELETE", "/session")).status == 204
    assert (await browser.get("/session")).status == 401
    assert (await thief.get("/session")).status == 401


async def test_asvs_3_3_session_cookie_is_httponly_lax_and_named_after_the_port(auth: Auth) -> None:
    await auth.member()
    reply = await auth.browser().sign_in("taro@yamato.example")
    cookies = {c.partition("=")[0]: c for c in reply.headers.getall("Set-Cookie")}
    assert set(cookies) == {"session_8080", "device_8080"}
    assert "HttpOnly" in cookies["session_8080"]
    assert "SameSite=Lax" in cookies["session_8080"]
    assert "Path=/" in cookies["session_8080"]
    assert "Max-Age=31536000" in cookies["device_8080"]


@pytest.mark.parametrize(
    "email", ["taro@yamato.example", "nobody@yamato.example", "not an address"]
)
async def test_asvs_6_3_8_every_wrong_sign_in_gets_the_same_answer(auth: Auth, email: str) -> None:
    await auth.member()
    reply = await auth.browser().sign_in(email, WRONG)
    assert reply.status == 401
    assert reply.body | {"request_id": ""} == {
        "type": "about:blank",
        "title": "ログインできません",
        "status": 401,
        "detail": "メールアドレスまたはパスワードが正しくありません。"
        "お困りの際は「ログインにお困りの場合」をご利用ください。",
        "code": "invalid_credentials",
        "errors": [],
        "request_id": "",
    }
    assert "Set-Cookie" not in reply.headers


async def test_r4_letter_case_and_full_width_make_no_difference(auth: Auth) -> None:
    await auth.member()
    reply = await auth.browser().sign_in("ＴＡＲＯ＠Yamato.example")
    assert reply.body == {"next": "done"}


async def test_asvs_6_2_5_two_unicode_forms_of_a_text_are_one_password(auth: Auth) -> None:
    await auth.member(password="ﾊﾟｽﾜｰﾄﾞは長いほど良いものです")
    reply = await auth.browser().sign_in("taro@yamato.example", "パスワードは長いほど良いものです")
    assert reply.body == {"next": "done"}


async def test_asvs_6_2_9_no_character_of_a_password_is_cut_off(auth: Auth) -> None:
    long = "x1 y2 z3 " * 14
    await auth.member(password=long[:126])
    assert (await auth.browser().sign_in("taro@yamato.example", long[:125])).status == 401
    assert (await auth.browser().sign_in("taro@yamato.example", long[:126])).status == 200


async def test_b2_t14_a_suspended_account_shows_its_card_only_with_the_right_password(
    auth: Auth,
) -> None:
    member = await auth.member()
    card = Suspension(reason="on_leave", note="復職の際はご連絡を", since="2026-11-24T00:00:00Z")
    await auth.sync(member_id=member.member_id, version=2, state="suspended", suspension=card)
    wrong = await auth.browser().sign_in("taro@yamato.example", WRONG)
    assert wrong.code == "invalid_credentials"
    right = await auth.browser().sign_in("taro@yamato.example")
    assert (right.status, right.code) == (401, "account_suspended")
    assert right.body["card"] == {
        "reason": "on_leave",
        "note": "復職の際はご連絡を",
        "since": "2026-11-24T00:00:00Z",
        "until": None,
    }
    assert await auth.fetchval("select wrong from failures") == 1


async def test_r18_t4_suspending_ends_every_session_at_the_commit(auth: Auth) -> None:
    member = await auth.member()
    browsers = [auth.browser() for _ in range(3)]
    for browser in browsers:
        await browser.sign_in("taro@yamato.example")
    card = Suspension(reason="misuse", note="", since="2026-11-24T00:00:00Z")
    await auth.sync(member_id=member.member_id, version=2, state="suspended", suspension=card)
    assert [(await b.get("/session")).status for b in browsers] == [401, 401, 401]


async def test_asvs_7_2_4_each_sign_in_gives_a_new_token_and_ends_a_planted_one(
    auth: Auth,
) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    planted = browser.cookies["session_8080"]
    await browser.sign_in("taro@yamato.example")
    assert browser.cookies["session_8080"] != planted
    thief = auth.browser()
    thief.session.cookie_jar.update_cookies({"session_8080": planted})
    assert (await thief.get("/session")).status == 401


async def test_asvs_6_3_1_the_tenth_wrong_password_slows_and_the_hundredth_closes(
    auth: Auth,
) -> None:
    await auth.member()
    stranger, known = auth.browser(), auth.browser()
    await known.sign_in("taro@yamato.example")
    for _ in range(10):
        assert (await stranger.sign_in("taro@yamato.example", WRONG)).status == 401
    slowed = await stranger.sign_in("taro@yamato.example")
    assert (slowed.status, slowed.code) == (429, "too_many_wrong_passwords")
    assert slowed.headers["Retry-After"] == "1"

    await auth.set_failures(99)
    await auth.advance("61s")
    assert (await stranger.sign_in("taro@yamato.example", WRONG)).status == 401
    await auth.advance("10 days")
    closed = await stranger.sign_in("taro@yamato.example")
    assert (closed.status, closed.code) == (429, "sign_in_closed")
    assert (await known.sign_in("taro@yamato.example")).status == 200, "abuse case 16"


async def test_abuse_10_parallel_guessing_gives_no_additional_tries(auth: Auth) -> None:
    await auth.member()
    guesses = [auth.browser().sign_in("taro@yamato.example", WRONG) for _ in range(30)]
    statuses = [reply.status for reply in await asyncio.gather(*guesses)]
    assert statuses.count(401) == 10
    assert statuses.count(429) == 20


async def test_the_right_password_clears_the_count_of_wrong_ones(auth: Auth) -> None:
    await auth.member()
    for _ in range(9):
        await auth.browser().sign_in("taro@yamato.example", WRONG)
    await auth.browser().sign_in("taro@yamato.example")
    assert await auth.fetchval("select count(*) from failures") == 0


async def test_asvs_7_3_a_session_ends_after_an_idle_hour_or_after_a_day(
    auth: Auth,
) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    for _ in range(24):
        await auth.advance("59 minutes")
        assert (await browser.get("/sessions")).status == 200
    await auth.advance("59 minutes")
    assert (await browser.get("/session")).status == 401, "a day has passed"

    await browser.sign_in("taro@yamato.example")
    await auth.advance("61 minutes")
    assert (await browser.get("/session")).status == 401


async def test_asvs_7_3_an_open_page_that_polls_does_not_keep_its_session_alive(
    auth: Auth,
) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    await auth.advance("59 minutes")
    assert (await browser.get("/session")).status == 200
    await auth.advance("2 minutes")
    assert (await browser.get("/session")).status == 401


async def test_asvs_7_2_1_forged_and_damaged_tokens_are_refused(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    token = browser.cookies["session_8080"]
    for forged in (token[:-1], token + "A", token.swapcase(), "", "x" * 43, token + token):
        thief = auth.browser()
        thief.session.cookie_jar.update_cookies({"session_8080": forged})
        assert (await thief.get("/session")).status == 401


async def test_asvs_7_5_2_members_list_and_end_only_their_own_sessions(auth: Auth) -> None:
    await auth.member()
    await auth.member(email="hanako@yamato.example")
    first, second, other = auth.browser(), await auth.known_browser(), auth.browser()
    await first.sign_in("taro@yamato.example")
    await second.sign_in("taro@yamato.example")
    await other.sign_in("hanako@yamato.example")

    items = (await first.get("/sessions")).body["items"]
    assert [item["current"] for item in items] in ([True, False], [False, True])
    theirs = (await other.get("/sessions")).body["items"][0]["id"]
    refused = await first.send("DELETE", f"/sessions/{theirs}")
    assert (refused.status, refused.code) == (404, "session_not_found")
    assert (await first.send("DELETE", "/sessions/nonsense")).status == 404

    mine = next(item["id"] for item in items if not item["current"])
    assert (await first.send("DELETE", f"/sessions/{mine}")).status == 204
    assert (await second.get("/session")).status == 401

    await second.sign_in("taro@yamato.example")
    assert (await first.send("DELETE", "/sessions")).status == 204
    assert (await second.get("/session")).status == 401
    assert (await first.get("/session")).status == 200
    assert (await other.get("/session")).status == 200


async def test_a_step_up_gives_a_new_token_and_a_wrong_password_counts(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    before = browser.cookies["session_8080"]
    wrong = await browser.post("/session/step-up", {"password": WRONG})
    assert (wrong.status, wrong.code) == (401, "invalid_credentials")
    assert await auth.fetchval("select sum(wrong) from failures") == 1
    assert (await browser.post("/session/step-up", {"password": PASSWORD})).status == 200
    assert browser.cookies["session_8080"] != before
    assert (await browser.get("/session")).status == 200


async def test_a_full_hash_pool_sheds_sign_ins_while_sessions_keep_working(auth: Auth) -> None:
    await auth.member()
    browser = auth.browser()
    await browser.sign_in("taro@yamato.example")
    async with auth.full_hash_pool():
        shed = await auth.browser().sign_in("taro@yamato.example")
        assert (shed.status, shed.code) == (503, "hashing_busy")
        assert shed.headers["Retry-After"] == "2"
        assert (await browser.get("/session")).status == 200
    assert await auth.fetchval("select count(*) from failures") == 0
