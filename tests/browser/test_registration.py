"""Registering at the customers' site, and the link of its mail (R1, R2, R3)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import PHONE, WIDE
from tests.e2e.test_main_job import PASSWORD, form, import_customer
from tests.product import Product

SUBJECT = "メールアドレスの確認"
CONFIRM = "登録を確認"


def typed(domain: str, code: str, person: str = "taro", **fields: str) -> dict[str, str]:
    """What a person types: the form with a full-width code and a phone with other dashes."""
    wide = code.translate({ord(letter): ord(letter) + 0xFEE0 for letter in code})
    return form(domain, wide, person, customer_phone="０３−００００ー０００１", **fields)


async def first_password(page: Page) -> str:
    """The token with which the page of the first password was opened, which no address had."""
    await page.wait_for_url("**/password")
    await expect(page.locator("#password")).to_be_visible()
    kept = await page.evaluate("sessionStorage.getItem('/password')")
    return str(json.loads(kept)["token"])


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"20 times Tab do not lead to {name}")


async def set_password(product: Product, token: str) -> None:
    body = {"token": token, "password": PASSWORD}
    reply = await product.browser().post("/api/auth/password-reset/confirm", body)
    assert reply.status == 204, reply.text


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_a_visitor_registers_and_goes_on_to_the_first_password(
    product: Product, desk: Any, tmp_path: Path, width: int
) -> None:
    domain, code = f"register-{width}.example", f"R-{width}"
    import_customer(product, tmp_path, code, domain)
    async with desk(width=width) as taro:
        await taro.open("/")
        assert await taro.find_faults() == []
        await taro.press("新規登録")
        await taro.sees("新規登録")
        assert await taro.find_faults() == []
        await taro.fill(**typed(domain, code, given_name="太郎", given_name_kana="たろう"))
        await taro.press("確認メールを送信")
        await taro.sees("確認メールを送信しました")
        await taro.reads(f"taro@{domain}")
        assert await taro.page.evaluate("document.activeElement.tagName") == "H1"
        assert await taro.find_faults() == []

        mail = await product.mail(f"taro@{domain}", SUBJECT)
        await taro.open_mailed(mail)
        await taro.sees("登録の確認")
        await taro.reads("山田 太郎")
        await taro.reads(f"taro@{domain}")
        assert urlhash(taro.page) == ""
        assert await taro.find_faults() == []
        members = f"select count(*) from membership.members where email = 'taro@{domain}'"
        assert product.query(members) == "0", "nothing happens by opening the link"
        await taro.press(CONFIRM)
        await taro.sees("パスワードの設定")
        assert taro.page.url == f"{product.origin}/password"
        await taro.reads("山田 太郎 さんのアカウントで使うパスワードを決めてください。")
        assert await taro.find_faults() == []
        await taro.fill(password=PASSWORD)
        await taro.press("パスワードを設定")
        await taro.sees("ログイン")
        await expect(taro.page.locator("#email")).to_have_value(f"taro@{domain}")

        await taro.open_mailed(mail)
        await taro.reads("メールアドレスの確認は済んでいます。")
        await taro.press("続きに進む")
        await taro.sees("登録は済んでいます")
        assert await taro.find_faults() == []


def urlhash(page: Page) -> str:
    return page.url.partition("#")[2]


async def test_faults_of_fields_stand_beside_them_and_what_was_typed_stays(desk: Any) -> None:
    async with desk(width=PHONE) as visitor:
        await visitor.open("/register")
        await visitor.press("確認メールを送信")
        await visitor.reads("お客様コード：入力してください。")
        await visitor.fill(**form("faults.example", "R-2", "taro", family_name_kana="yamada"))
        await visitor.fill(customer_phone="03-0000", email="taro.faults.example")
        await visitor.press("確認メールを送信")
        await visitor.page.get_by_role("link", name="会社の電話番号：").click()
        assert await visitor.page.evaluate("document.activeElement.id") == "customer_phone"
        for name in ("customer_phone", "family_name_kana", "email"):
            field = visitor.page.locator(f"#{name}")
            await expect(field).to_have_attribute("aria-invalid", "true")
            described = str(await field.get_attribute("aria-describedby"))
            assert f"{name}-error" in described.split()
            await expect(visitor.page.locator(f"#{name}-error")).to_be_visible()
        await expect(visitor.page.locator("#email")).to_have_value("taro.faults.example")
        assert await visitor.find_faults() == []


async def test_registering_by_keyboard_in_english(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "R-3", "keys.example")
    async with desk(language="en") as hanako:
        await hanako.open("/sign-in")
        await hanako.page.get_by_role("link", name="Register").focus()
        keyboard = hanako.page.keyboard
        await keyboard.press("Enter")
        await hanako.sees("Register")
        await hanako.page.locator("#customer_code").focus()
        for text in form("keys.example", "R-3", "hanako").values():
            await keyboard.type(text)
            await keyboard.press("Tab")
        await keyboard.press("Enter")
        await hanako.sees("We have sent you an email")
        await hanako.open_mailed(await product.mail("hanako@keys.example", "Confirm your email"))
        await hanako.sees("Confirm your registration")
        await tab_to(hanako.page, "Confirm the registration")
        await keyboard.press("Enter")
        await first_password(hanako.page)


async def test_the_mail_is_sent_again_after_a_minute_as_another_request(desk: Any) -> None:
    async with desk() as visitor:
        keys: list[str | None] = []
        visitor.page.on(
            "request",
            lambda sent: (
                keys.append(sent.headers.get("idempotency-key"))
                if sent.url.endswith("/registrations")
                else None
            ),
        )
        await visitor.page.clock.install()
        await visitor.open("/register")
        await visitor.fill(**form("again.example", "no such customer"))
        await visitor.press("確認メールを送信")
        again = visitor.page.get_by_role("button", name="メールを再送")
        await expect(again).to_have_attribute("aria-disabled", "true")
        await visitor.reads("から再送できます。")
        await again.press("Enter")
        assert len(keys) == 1, "not yet"
        await visitor.page.clock.fast_forward("01:01")
        await expect(again).not_to_have_attribute("aria-disabled", "true")
        await again.click()
        await visitor.reads("メールを再送しました。")
        await expect(again).to_have_attribute("aria-disabled", "true")
        assert len(keys) == len(set(keys)) == 2
        await visitor.press("入力し直す")
        await expect(visitor.page.locator("#email")).to_have_value("taro@again.example")


async def test_what_does_not_fit_waits_for_approval_and_an_unknown_link_has_ended(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "R-4", "waits.example")
    body = form("waits.example", "R-4", customer_phone="03-9999-9999")
    await product.browser().post("/api/membership/registrations", body)
    mail = await product.mail("taro@waits.example", SUBJECT)
    async with desk(width=PHONE) as taro:
        await taro.open_mailed(mail)
        await taro.press(CONFIRM)
        await taro.sees("承認をお待ちください")
        assert await taro.page.evaluate("document.activeElement.tagName") == "H1"
        assert await taro.find_faults() == []
        await taro.open_mailed({"Text": f"{product.origin}/registration#token=unknown"})
        await taro.sees("このURLは無効です")
        assert await taro.find_faults() == []
        await taro.press("新規登録")
        await taro.sees("新規登録")


async def test_an_account_on_its_way_is_waited_for(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "R-5", "opening.example")
    await product.browser().post("/api/membership/registrations", form("opening.example", "R-5"))
    mail = await product.mail("taro@opening.example", SUBJECT)
    on_its_way = {"status": "opening", "password_token": "not yet"}
    async with desk() as taro:

        async def answer_first(route: Route) -> None:
            await route.fulfill(status=202, json=on_its_way)

        await taro.page.route(re.compile("/registrations/confirm$"), answer_first, times=1)
        await taro.open_mailed(mail)
        await taro.press(CONFIRM)
        await taro.sees("アカウントを準備しています")
        assert await taro.find_faults() == []
        await set_password(product, await first_password(taro.page))
