"""Limits that a stranger can exhaust without shutting the account's holder out (A16)."""

import pytest

from tests.auth.conftest import PASSWORD, Auth, Browser
from tests.replies import Reply

TARO = "taro@yamato.example"
WRONG = "wrong wrong wrong"
STRANGER, OWNER = "192.0.2.1", "198.51.100.7"
NEW = "a quite different sentence"

LIMITED = pytest.mark.parametrize("auth", [{"rate_limits": "on"}], indirect=True)


async def sign_in(
    browser: Browser, network: str, password: str = PASSWORD, email: str = TARO
) -> Reply:
    body = {"email": email, "password": password}
    return await browser.post("/sign-in", body, **{"X-Forwarded-For": network})


async def ask(auth: Auth, network: str, email: str = TARO) -> Reply:
    headers = {"X-Forwarded-For": network}
    return await auth.browser().post("/password-reset", {"email": email}, **headers)


async def fill(auth: Auth, network: str, email: str = TARO) -> int:
    """Try wrong passwords until address and network are limited; the number of tries."""
    for number in range(1, 400):
        await auth.set_failures(0)  # without the counters of wrong passwords
        reply = await sign_in(auth.browser(), network, WRONG, email)
        if reply.code == "rate_limited":
            return number
    raise AssertionError("there is no limit")


@LIMITED
async def test_a_stranger_who_exhausts_a_limit_does_not_lock_the_holder_out(
    auth: Auth,
) -> None:
    """Otherwise 30 tries of a stranger would give every browser 429 for a minute."""
    await auth.member()
    assert await fill(auth, STRANGER) == 31
    spellings = ("ＴＡＲＯ＠yamato.example", " Taro@Yamato.Example ")
    for spelling in spellings:
        again = await sign_in(auth.browser(), STRANGER, WRONG, spelling)
        assert (again.status, again.code) == (429, "rate_limited"), "any spelling counts"
    await auth.set_failures(0)
    assert (await sign_in(auth.browser(), OWNER)).body == {"next": "done"}


@LIMITED
async def test_a_browser_that_passed_is_not_counted_with_strangers_of_its_network(
    auth: Auth,
) -> None:
    """The stranger sits in an office behind one address."""
    await auth.member()
    known = auth.browser()
    assert (await sign_in(known, STRANGER)).status == 200
    await fill(auth, STRANGER)
    assert (await sign_in(auth.browser(), STRANGER)).code == "rate_limited"
    assert (await sign_in(known, STRANGER)).body == {"next": "done"}


@LIMITED
async def test_a_browser_that_passed_for_one_account_is_a_stranger_to_another(auth: Auth) -> None:
    await auth.member()
    await auth.member(email="hanako@yamato.example")
    colleague = auth.browser()
    await sign_in(colleague, STRANGER, email="hanako@yamato.example")
    await fill(auth, STRANGER)
    assert (await sign_in(colleague, STRANGER)).code == "rate_limited"


@LIMITED
async def test_an_office_of_three_hundred_signs_in_within_a_minute(auth: Auth) -> None:
    people = [f"person{number}@yamato.example" for number in range(300)]
    replies = [await sign_in(auth.browser(), OWNER, WRONG, email) for email in people]
    assert {reply.code for reply in replies} == {"invalid_credentials"}
    assert (await sign_in(auth.browser(), OWNER)).code == "rate_limited"


@LIMITED
async def test_a_request_for_a_reset_is_always_answered_as_accepted(auth: Auth) -> None:
    """Above the limit of a network it silently sends no message."""
    await auth.member()
    replies = [await ask(auth, STRANGER, f"x{number}@x.example") for number in range(70)]
    assert {(reply.status, reply.text) for reply in replies} == {(202, replies[0].text)}
    asked = "select count(*) from outbox where name = 'auth.start_password_reset'"
    assert await auth.fetchval(asked) == 60
    assert (await ask(auth, OWNER)).status == 202
    assert await auth.fetchval(asked) == 61


@LIMITED
async def test_a_known_browser_gets_a_reset_where_strangers_exhausted_the_limit(auth: Auth) -> None:
    await auth.member()
    known = auth.browser()
    await sign_in(known, STRANGER)
    await auth.mails()
    for number in range(70):
        await ask(auth, STRANGER, f"x{number}@x.example")
    await ask(auth, STRANGER)
    assert await auth.mails() == []
    headers = {"X-Forwarded-For": STRANGER}
    assert (await known.post("/password-reset", {"email": TARO}, **headers)).status == 202
    assert [mail.to for mail in await auth.mails()] == [TARO]


async def test_a_stranger_who_requests_resets_all_day_leaves_a_usable_link(
    auth: Auth,
) -> None:
    """Otherwise five requests would leave no link and no mail for 30 of each 60 minutes."""
    await auth.member()
    mails = []
    for _minute in range(180):
        await ask(auth, STRANGER)
        mails += await auth.mails()
        usable = "select count(*) from password_reset_links where ended_at is null and"
        assert await auth.fetchval(f"{usable} expires_at > clock_now() + interval '9 minutes'") > 0
        await auth.advance("1 minute")
    assert len(mails) <= 3 * 8, "the mailbox is not flooded"
    (_, newest) = mails[-2:]
    body = {"token": newest.params["token"], "password": NEW}
    assert (await auth.browser().post("/password-reset/confirm", body)).status == 204


async def test_strangers_wrong_passwords_do_not_prevent_a_step_up(
    auth: Auth,
) -> None:
    """Even where the browser is no longer known and sign-in is closed for strangers."""
    await auth.member()
    owner = auth.browser()
    await sign_in(owner, OWNER)
    async with auth.context.db.connection() as connection:
        await connection.execute("delete from devices")
    await sign_in(auth.browser(), STRANGER, WRONG)
    await auth.set_failures(100)
    assert (await sign_in(auth.browser(), OWNER)).code == "sign_in_closed"
    assert (await owner.post("/session/step-up", {"password": PASSWORD})).body == {"next": "done"}
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert (await owner.send("PUT", "/password", change)).status == 204


async def test_wrong_passwords_within_a_session_slow_that_session(auth: Auth) -> None:
    """A stolen session gives no more guesses than a known browser."""
    await auth.member()
    thief = auth.browser()
    await sign_in(thief, STRANGER)
    async with auth.context.db.connection() as connection:
        await connection.execute("delete from devices")
    for _ in range(10):
        reply = await thief.post("/session/step-up", {"password": WRONG})
        assert reply.code == "invalid_credentials"
    slowed = await thief.post("/session/step-up", {"password": PASSWORD})
    assert slowed.code == "too_many_wrong_passwords"


async def test_a_reset_lets_its_browser_in_however_often_strangers_close_sign_in(
    auth: Auth,
) -> None:
    await auth.member()
    for number in range(3):
        await sign_in(auth.browser(), STRANGER, WRONG)
        await auth.set_failures(100)
        await ask(auth, STRANGER)
        (mail,) = await auth.mails()
        owner = auth.browser()
        body = {"token": mail.params["token"], "password": f"{NEW} {number}"}
        assert (await owner.post("/password-reset/confirm", body)).status == 204
        await sign_in(auth.browser(), STRANGER, WRONG)
        await auth.set_failures(100)
        assert (await sign_in(owner, OWNER, body["password"])).status == 200
        await auth.mails()


@LIMITED
async def test_another_sessions_wrong_passwords_do_not_prevent_a_change_of_password(
    auth: Auth,
) -> None:
    """A thief who is signed in keeps trying actions that need the password."""
    await auth.member()
    owner, thief = [await auth.known_browser() for _ in range(2)]
    for browser in (owner, thief):
        assert (await browser.sign_in(TARO)).body == {"next": "done"}
    for _ in range(21):
        await auth.set_failures(0)
        reply = await thief.post("/session/step-up", {"password": WRONG})
    assert reply.code == "rate_limited"
    body = {"current_password": PASSWORD, "new_password": NEW}
    assert (await owner.send("PUT", "/password", body)).status == 204
    assert (await thief.get("/session")).status == 401
