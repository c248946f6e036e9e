"""Wrong answers are counted per member, and the tenth requires a reset (R9, abuse 10 and 38)."""

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
    """Guess wrong codes, four in each browser; the codes of the answers."""
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


async def test_r9_the_tenth_wrong_code_across_sign_ins_requires_a_reset(
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
    assert await answer(thief, code) == "presence_failed", "the right code is too late"
    assert (await inside.get("/session")).code == "presence_failed"
    mails = sorted((mail.template, mail.to, mail.locale) for mail in await auth.mails())
    assert mails == [
        ("password_reset_required", TARO, "ja"),
        ("presence_failed", "boss@yamato.example", "en"),
    ], "the member, also an owner, gets one mail"
    pending = "select count(*) from presence_checks where state = 'pending'"
    assert await auth.fetchval(pending) == 0
    assert (await auth.browser().sign_in(TARO)).body == {"next": "password_reset"}


async def test_r9_left_is_the_smaller_remainder_of_check_and_member(auth: Auth) -> None:
    await due_member(auth)
    await guess(auth, times=8)
    browser = auth.browser()
    code = (await held(auth, browser)).params["code"]
    reply = await browser.post("/presence-check/answer", {"code": other(code)})
    assert (reply.code, reply.body["left"]) == ("wrong_code", 1)


async def test_r9_wrong_numbers_and_codes_count_together_and_right_ones_do_not(
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


async def test_r9_the_tenth_wrong_number_requires_a_reset_too(auth: Auth) -> None:
    member = await due_member(auth)
    await auth.set(member, "wrong_answers = 9")
    browser = auth.browser()
    mail = await held(auth, browser)
    number = (await browser.get("/presence-check")).body["number"]
    wrong = {"token": mail.params["token"], "number": (number + 1) % 100}
    assert (await auth.browser().post("/presence-check/confirm", wrong)).code == "check_ended"
    assert (await browser.get("/presence-check")).code == "presence_failed"
    assert [mail.template for mail in await auth.mails()] == ["password_reset_required"]


async def test_r9_neither_a_resend_nor_a_new_check_clears_the_count(auth: Auth) -> None:
    member = await due_member(auth)
    browser = await auth.known_browser()
    code = (await held(auth, browser)).params["code"]
    await answer(browser, other(code))
    await auth.advance("61s")
    await browser.post("/presence-check/resend")
    await answer(browser, other(code))
    code = (await held(auth, browser)).params["code"]  # cancels the first
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
        assert await wrong_answers(auth, member) == 8, "confirmed does not mean passed"
        await browser.post("/presence-check/answer", {})
    else:
        await auth.browser().post("/password-reset", {"email": TARO})
        (reset,) = await auth.mails()
        new = {"token": reset.params["token"], "password": NEW}
        assert (await auth.browser().post("/password-reset/confirm", new)).status == 204
    assert await wrong_answers(auth, member) == 0


async def _many_at_once(auth: Auth, member: UUID) -> int:
    """Guess in parallel, in three held browsers; the number of guesses that were judged."""
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


async def test_r9_no_more_than_ten_wrong_answers_are_judged_in_parallel(auth: Auth) -> None:
    member = await due_member(auth)
    assert await _many_at_once(auth, member) == 5
    assert await wrong_answers(auth, member) == 10
    templates = [mail.template for mail in await auth.mails()]
    assert templates == ["password_reset_required"], "mailed once"


async def test_without_the_lock_more_than_ten_wrong_answers_are_judged(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the race above is real."""

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
    """The storage of accounts with a lock that does not lock."""

    def __init__(self, lock: object) -> None:
        self.lock = lock
        self.add_wrong_answer = accounts.add_wrong_answer


async def test_p7_an_answer_stays_counted_if_its_consequences_are_rolled_back(
    auth: Auth, database: TestDatabase
) -> None:
    """The consequences of the tenth cannot be written: it still counts, and no try is left."""
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


async def test_a_process_killed_after_counting_gives_no_additional_try(auth: Auth) -> None:
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
