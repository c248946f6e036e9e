"""The page of the presence check's mail: confirm with the number, or deny (R9, R18)."""

from pathlib import Path
from typing import Any

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.browser.test_help import faults, has_focus, tab_to
from tests.browser.test_sign_in import member
from tests.e2e.test_main_job import PASSWORD
from tests.product import Product


async def sign_in(person: Desk, email: str) -> str:
    """Sign in; the number of the waiting page."""
    await person.open("/sign-in")
    await person.fill(email=email, password=PASSWORD)
    await person.page.keyboard.press("Enter")
    await person.sees("在席確認")
    return await person.page.locator(".digits").inner_text()


async def test_r9_the_mail_is_answered_with_the_number_of_the_waiting_page(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "presence-mail.example", "PM-1")
    async with desk() as taro, desk(width=390, dark=True) as phone:
        number = await sign_in(taro, email)
        mail = await product.mail(email, "在席確認", count=2)  # joining was asked as well
        await phone.open_mailed(mail)
        await phone.sees("このログインは、ご本人ですか")
        assert phone.page.url == f"{product.origin}/presence-check"
        await phone.reads("山田 taro さん")
        await phone.reads("(Linux)")
        assert await faults(phone) == []
        await phone.press("在席しています")
        await phone.reads("2桁の番号を入力してください。")
        await phone.fill(number=str(10 + (int(number) - 9) % 90))
        await phone.press("在席しています")
        await phone.reads("番号が違います。あと4回入力できます。")
        assert await has_focus(phone, "[role=alert]")
        assert await faults(phone) == []
        await phone.fill(
            number=number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        )
        await phone.page.keyboard.press("Enter")
        await phone.sees("在席を確認しました")
        assert await has_focus(phone, "h1")
        assert await faults(phone) == []
        await expect(taro.page.get_by_role("button", name="アカウントメニュー")).to_be_visible()
        await phone.page.reload()
        await phone.reads("このログインの在席確認は済んでいます。")


async def test_r9_r18_the_mail_denies_a_sign_in_with_the_keyboard_alone(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "presence-deny.example", "PM-2")
    async with desk() as stranger, desk() as taro:
        await sign_in(stranger, email)
        mail = await product.mail(email, "在席確認", count=2)
        await taro.open_mailed(mail)
        deny = "main form .btn.plain"
        await tab_to(taro, deny)
        await taro.page.keyboard.press("Enter")
        await expect(taro.page.get_by_role("dialog")).to_be_visible()
        assert await faults(taro) == []
        assert await taro.page.evaluate("document.activeElement.textContent.trim()") == "キャンセル"
        await taro.page.keyboard.press("Escape")
        await expect(taro.page.get_by_role("dialog")).to_be_hidden()
        assert await has_focus(taro, deny)
        await taro.page.keyboard.press("Enter")
        await tab_to(taro, "dialog .btn.fill")
        await taro.page.keyboard.press("Enter")
        await taro.sees("ログインを止めました")
        assert await has_focus(taro, "h1")
        assert await faults(taro) == []
        await stranger.sees("このログインは止められました")
        await product.mail(email, "パスワードの再設定が必要です")
        await taro.page.reload()
        await taro.reads("「心当たりがありません」と回答済みです。")
        await taro.press("パスワードを再設定")
        await taro.sees("ログインにお困りの場合")


async def test_r9_a_check_that_ended_can_still_be_denied_and_a_broken_link_leads_on(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "presence-over.example", "PM-3")
    async with desk(language="en", width=320) as taro:
        browser = product.browser()
        await browser.sign_in(email, PASSWORD)
        mail = await product.mail(email, "在席確認", count=2)
        await browser.send("DELETE", "/api/auth/session")
        await taro.open_mailed(mail)
        await taro.sees("This presence check has ended")
        assert await taro.find_faults() == []
        await product.browser().post("/api/auth/password-reset", {"email": email})
        reset = await product.mail(email, "パスワード再設定")
        await taro.open_mailed(reset)
        await taro.fill(password="another sentence for the test")
        await taro.press("Set the password")
        await taro.sees("Sign in")
        await taro.open_mailed(mail)
        await taro.press("This was not me")
        await taro.press("Yes, tell them")
        await taro.sees("Your answer is recorded")
        assert await taro.find_faults() == []
        await taro.open("/presence-check#token=broken")
        await taro.sees("This link cannot be used")
        assert await taro.find_faults() == []
