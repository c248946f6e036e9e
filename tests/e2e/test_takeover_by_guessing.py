"""A thief who knows the password is held in every new browser and stopped while guessing; the
account's holder gets back in.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.e2e.test_main_job import (
    NEW_PASSWORD,
    PASSWORD,
    form,
    import_customer,
    join,
    register,
)
from tests.product import Product, code_in, running, token_in

HELD = {"next": "presence_check"}
DONE = {"next": "done"}


@pytest_asyncio.fixture
async def calm(tmp_path: Path) -> AsyncIterator[Product]:
    """A product whose presence checks do not become due during a test."""
    async with running(tmp_path / "state", RATE_LIMITS="off") as product:
        yield product


async def guess(product: Product, email: str) -> tuple[int, str]:
    """Guess four codes per new browser, up to a hundred times; the number of codes answered as
    wrong, and the problem that stopped it."""
    judged = 0
    for browser_number in range(100):
        thief = product.browser()
        answered = (await thief.sign_in(email, PASSWORD)).body
        if answered != HELD:
            return judged, str(answered)
        for number in range(4):
            code = f"{browser_number * 4 + number:06d}"
            reply = await thief.post("/api/auth/presence-check/answer", {"code": code})
            judged += reply.code == "wrong_code"
    return judged, "nothing"


async def test_r9_guessing_ends_at_the_tenth_wrong_code_and_the_holder_returns(
    product: Product, tmp_path: Path
) -> None:
    """Abuse 10: without the count 400 codes could be guessed in 9 s, without any notice."""
    import_customer(product, tmp_path, "G-1", "guessed.example")
    boss = form("guessed.example", "G-1", "boss")
    await join(product, boss)
    body = form("guessed.example", "G-1")
    owner = await join(product, body)

    assert await guess(product, body["email"]) == (9, str({"next": "password_reset"}))
    assert (await owner.get("/api/auth/session")).code == "presence_failed"
    told = await product.mail(body["email"], "パスワードの再設定が必要です")
    assert "誤った回答が繰り返されました" in told["Text"]
    company = await product.mail(boss["email"], "在席確認の失敗に関するお知らせ")
    assert body["email"] in company["Text"]
    assert (await owner.sign_in(body["email"], PASSWORD)).body == {"next": "password_reset"}

    reset = {
        "token": token_in(await product.mail(body["email"], "パスワード再設定")),
        "password": NEW_PASSWORD,
    }
    assert (await owner.post("/api/auth/password-reset/confirm", reset)).status == 204
    assert (await owner.sign_in(body["email"], NEW_PASSWORD)).body == HELD, "new browsers are held"
    checks = [
        mail for mail in await product.mails(body["email"]) if "在席確認の" in mail["Subject"]
    ]
    known = "select count(*) from auth.devices join auth.accounts using (member_id) where email = "
    assert product.query(f"{known} '{body['email']}'") == "1", "only that of the reset"
    newest = await product.mail(body["email"], "在席確認の", count=len(checks))
    code = {"code": code_in(newest)}
    assert (await owner.post("/api/auth/presence-check/answer", code)).body == DONE


async def test_r9_a_new_browser_is_held_and_the_member_has_one_free_sign_in(
    calm: Product, tmp_path: Path
) -> None:
    """No check is due here: a thief's new browser is held, the member's first sign-in is not."""
    import_customer(calm, tmp_path, "G-2", "elsewhere.example")
    body = form("elsewhere.example", "G-2")
    mail_app, desktop, thief = calm.browser(), calm.browser(), calm.browser()
    first = {
        "token": (await register(calm, mail_app, body))["password_token"],
        "password": PASSWORD,
    }
    assert (await mail_app.post("/api/auth/password-reset/confirm", first)).status == 204
    assert (await desktop.sign_in(body["email"], PASSWORD)).body == DONE, "the free sign-in"
    assert (await thief.sign_in(body["email"], PASSWORD)).body == HELD
    assert (await thief.get("/api/membership/me")).status == 401
    assert (await desktop.sign_in(body["email"], PASSWORD)).body == DONE
    assert (await mail_app.sign_in(body["email"], PASSWORD)).body == DONE

    deny = {"token": token_in(await calm.mail(body["email"], "在席確認の"))}
    assert (await calm.browser().post("/api/auth/presence-check/deny", deny)).status == 204
    for browser in (desktop, mail_app, thief):
        reply = await browser.sign_in(body["email"], PASSWORD)
        assert reply.body == {"next": "password_reset"}
