"""Wrong answers are counted per member, and the tenth closes the way in (R9, abuse 10 and 38)."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from services.auth.domain.accounts import Account
from services.auth.domain.presence import TRIES_OF_A_MEMBER
from services.auth.flows.presence import presence_tries
from services.auth.storage import accounts, presence_checks
from shared.db import Connection
from tests.auth.conftest import Auth, Browser, Mail
from tests.conftest import TestDatabase
from tests.meeting import Meeting

TARO = "taro@yamato.example"
NEW = "another long enough password"


async def due_member(auth: Auth, **state: object) -> UUID:
    member = await auth.member(**state)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    return member.member_id


async def held(auth: Auth, browser: Browser) -> Mail:
    assert (await browser.sign_in(TARO)).body == {"next": "presence_check"}
    return [mail for mail in await auth.mails() if mail.template == "presence_check"][-1]


async def answer(browser: Browser, code: str) -> str:
    return (await browser.post("/presence-check/answer", {"code": code})).code


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


async def guess(auth: Auth, *, times: int) -> list[str]:
    """Four wrong codes in one browser, four in the next one and so on; what they were told."""
    told: list[str] = []
    while len(told) < times:
        browser = await auth.known_browser()
        code = (await held(auth, browser)).params["code"]
        wanted = min(4, times - len(told))
        told += [await answer(browser, other(code)) for _ in range(wanted)]
    return told


async def wrong_answers(auth: Auth, member: UUID) -> int:
    counted: int = await auth.fetchval(
        "select wrong_answers from accounts where member_id = $1", member
    )
    return counted


async def test_r9_four_wrong_codes_and_a_new_sign_in_add_up_to_ten_and_close_the_way_in(
    auth: Auth,
) -> None:
    await auth.member(email="boss@yamato.example", name="社長", locale="en")
    await auth.member(email="clerk@yamato.example", role="staff")
    inside = auth.browser()
    member = await auth.member()
    await inside.sign_in(TARO)
    await auth.set(member.member_id, "presence_due_at = '2020-01-01'")
    for count in (4, 4, 1):
        thief = auth.browser()
        code = (await held(auth, thief)).params["code"]
        told = [await answer(thief, other(code)) for _ in range(count)]
        assert told == ["wrong_code"] * count
    assert (await inside.get("/session")).status == 200

    assert await answer(thief, other(code)) == "presence_failed"
    assert await answer(thief, code) == "presence_failed", "the right one is too late"
    assert (await inside.get("/session")).code == "presence_failed"
    mails = sorted((mail.template, mail.to, mail.locale) for mail in await auth.mails())
    assert mails == [
        ("password_reset_required", TARO, "ja"),
        ("presence_failed", "boss@yamato.example", "en"),
    ], "the person is an owner too, and is told once"
    pending = "select count(*) from presence_checks where state = 'pending'"
    assert await auth.fetchval(pending) == 0
    assert (await auth.browser().sign_in(TARO)).body == {"next": "password_reset"}


async def test_r9_left_is_the_smaller_of_what_the_check_and_the_member_have(auth: Auth) -> None:
    await due_member(auth)
    await guess(auth, times=8)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    reply = await browser.post("/presence-check/answer", {"code": other(code)})
    assert (reply.code, reply.body["left"]) == ("wrong_code", 1)


async def test_r9_numbers_and_codes_count_together_and_a_right_number_is_not_counted(
    auth: Auth,
) -> None:
    member = await due_member(auth)
    await guess(auth, times=4)
    browser = auth.browser()
    mail = await held(auth, browser)
    number = (await browser.get("/presence-check")).body["number"]
    wrong = {"token": mail.params["token"], "number": (number + 1) % 100}
    assert (await auth.browser().post("/presence-check/confirm", wrong)).code == "wrong_number"
    assert await wrong_answers(auth, member) == 5
    right = {**wrong, "number": number}
    for _ in range(3):
        assert (await auth.browser().post("/presence-check/confirm", right)).status == 204
    assert await wrong_answers(auth, member) == 5
    assert await auth.fetchval("select max(wrong) from presence_checks where wrong < 4") == 1


async def test_r9_the_tenth_wrong_number_closes_the_way_in_too(auth: Auth) -> None:
    member = await due_member(auth)
    await auth.set(member, "wrong_answers = 9")
    browser = auth.browser()
    mail = await held(auth, browser)
    number = (await browser.get("/presence-check")).body["number"]
    wrong = {"token": mail.params["token"], "number": (number + 1) % 100}
    assert (await auth.browser().post("/presence-check/confirm", wrong)).code == "check_ended"
    assert (await browser.get("/presence-check")).code == "presence_failed"
    assert [mail.template for mail in await auth.mails()] == ["password_reset_required"]


async def test_r9_no_resend_no_end_and_no_new_check_clears_the_count(auth: Auth) -> None:
    member = await due_member(auth)
    browser = await auth.known_browser()
    code = (await held(auth, browser)).params["code"]
    await answer(browser, other(code))
    await auth.advance("61s")
    await browser.post("/presence-check/resend")
    await answer(browser, other(code))
    code = (await held(auth, browser)).params["code"]  # the same browser: the first is cancelled
    await answer(browser, other(code))
    await auth.advance("11 minutes")
    assert await answer(browser, code) == "presence_missed"
    await held(auth, browser)
    await browser.send("DELETE", "/session")
    assert await wrong_answers(auth, member) == 3


@pytest.mark.parametrize("how", ["code", "link", "reset"])
async def test_r9_a_pass_and_a_reset_clear_the_count(auth: Auth, how: str) -> None:
    member = await due_member(auth)
    await guess(auth, times=8)
    browser = auth.browser()
    mail = await held(auth, browser)
    if how == "code":
        right = {"code": mail.params["code"]}
        assert (await browser.post("/presence-check/answer", right)).status == 200
    elif how == "link":
        number = (await browser.get("/presence-check")).body["number"]
        confirm = {"token": mail.params["token"], "number": number}
        await auth.browser().post("/presence-check/confirm", confirm)
        assert await wrong_answers(auth, member) == 8, "confirmed is not passed"
        await browser.post("/presence-check/answer", {})
    else:
        await auth.browser().post("/password-reset", {"email": TARO})
        (reset,) = await auth.mails()
        new = {"token": reset.params["token"], "password": NEW}
        assert (await auth.browser().post("/password-reset/confirm", new)).status == 204
    assert await wrong_answers(auth, member) == 0


async def _many_at_once(auth: Auth, member: UUID) -> int:
    """Guesses in parallel, in three held browsers; how many of them were judged."""
    held_browsers = [auth.browser() for _ in range(3)]
    codes = [(await held(auth, browser)).params["code"] for browser in held_browsers]
    await auth.set(member, "wrong_answers = 5")
    guesses = [
        answer(browser, other(code))
        for browser, code in zip(held_browsers, codes, strict=True)
        for _ in range(5)
    ]
    await asyncio.gather(*guesses)
    judged: int = await auth.fetchval("select sum(wrong) from presence_checks")
    return judged


async def test_r9_ten_is_ten_in_parallel_too(auth: Auth) -> None:
    member = await due_member(auth)
    assert await _many_at_once(auth, member) == 5
    assert await wrong_answers(auth, member) == 10
    templates = [mail.template for mail in await auth.mails()]
    assert templates == ["password_reset_required"], "told once"


async def test_without_the_lock_more_than_ten_are_judged(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race above is real."""

    async def unlocked(connection: Connection, member_id: UUID) -> Account | None:
        found = await accounts.find(connection, member_id)
        if found is not None and found.wrong_answers == TRIES_OF_A_MEMBER - 1:
            await meeting.wait()
        return found

    meeting = Meeting()
    member = await due_member(auth)
    monkeypatch.setattr(presence_tries, "accounts", _Unlocked(unlocked))
    assert await _many_at_once(auth, member) > 5


class _Unlocked:
    """The storage of accounts with a lock that locks nothing."""

    def __init__(self, lock: object) -> None:
        self.lock = lock
        self.add_wrong_answer = accounts.add_wrong_answer


async def test_p7_answers_stay_counted_when_their_consequences_are_rolled_back(
    auth: Auth, database: TestDatabase
) -> None:
    """What the tenth leads to cannot be written: it is counted all the same, and no try is left."""
    member = await due_member(auth)
    await auth.set(member, "wrong_answers = 9")
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    owner = await asyncpg.connect(database.owner_dsn, server_settings={"search_path": "auth"})
    await owner.execute(
        """
        create function fail() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
        create trigger planted before insert on outbox for each row
            when (new.name = 'notifier.send_mail') execute function fail()
        """
    )
    for typed in (other(code), other(code), code):
        assert (await browser.post("/presence-check/answer", {"code": typed})).status >= 500
    assert await wrong_answers(auth, member) == 10
    assert await auth.fetchval("select wrong from presence_checks") == 1
    await owner.execute("drop trigger planted on outbox")
    await owner.close()
    assert await answer(browser, code) == "presence_failed"
    assert [mail.template for mail in await auth.mails()] == ["password_reset_required"]


async def test_a_process_that_dies_after_counting_gives_no_further_try(auth: Auth) -> None:
    await due_member(auth)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    async with auth.context.db.connection() as connection:
        session = await connection.fetchval("select session_id from presence_checks")
        check = await presence_checks.find_pending(connection, session)
    assert check is not None
    lefts = [await presence_tries.count(auth.context, check) for _ in range(6)]
    assert lefts == [4, 3, 2, 1, 0, None]
    assert await answer(browser, code) == "presence_missed"
