"""The ways back to an account: help, a new password by mail, the FAQ (R7, R22)."""

from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect

from tests.browser.conftest import PHONE, WIDE, Desk
from tests.browser.test_sign_in import member
from tests.e2e.test_main_job import NEW_PASSWORD
from tests.product import Product


async def has_focus(person: Desk, selector: str) -> bool:
    return bool(await person.page.evaluate("s => document.activeElement.matches(s)", selector))


async def tab_to(person: Desk, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(30):
        if await has_focus(person, selector):
            return
        await person.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


async def faults(person: Desk) -> list[str]:
    """Those of the page as it stands, on a PC and on a phone."""
    found = []
    for width in (PHONE, WIDE):
        await person.page.set_viewport_size({"width": width, "height": 860})
        found += await person.find_faults()
    return found


async def test_r7_a_member_sets_a_new_password_by_mail(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "help.example", "H-1")
    async with desk() as taro:
        await taro.open("/sign-in")
        await taro.press("ログインにお困りの場合")
        await taro.sees("ログインにお困りの場合")
        assert await faults(taro) == []
        await taro.press("再設定のメールを送信")
        await taro.reads("メールアドレスを入力してください。")
        await taro.fill(email=f" {email.replace('@', '＠')}")
        await taro.press("再設定のメールを送信")
        await taro.sees("メールをご確認ください")
        assert await has_focus(taro, "h1")
        assert await faults(taro) == []

        mail = await product.mail(email, "パスワード再設定")
        await taro.open_mailed(mail)
        await taro.sees("パスワードの設定")
        assert taro.page.url == f"{product.origin}/password"
        await taro.fill(password="short")
        await taro.reads("5文字（あと10文字）")
        assert await faults(taro) == []
        await taro.fill(password="passwordpassword")
        await taro.press("パスワードを設定")
        await taro.reads("推測されやすいパスワードです。")
        assert await has_focus(taro, "[role=alert]")
        assert await taro.page.locator("#password").input_value() == ""
        assert await faults(taro) == []
        await taro.page.reload()
        await taro.fill(password=NEW_PASSWORD)
        await taro.press("パスワードを設定")
        await taro.sees("ログイン")
        await taro.reads("パスワードを設定しました")
        assert await taro.page.locator("#email").input_value() == email
        assert await faults(taro) == []
        await taro.fill(password=NEW_PASSWORD)
        await taro.page.keyboard.press("Enter")
        await taro.sees("在席確認")

        await taro.open_mailed(mail)
        await taro.sees("このURLは使用できません")
        assert await faults(taro) == []
        await taro.page.reload()
        await taro.sees("このURLは使用できません")
        await taro.press("再設定のメールを送信")
        await taro.sees("ログインにお困りの場合")


async def test_r7_a_stranger_reads_the_same_with_the_keyboard_alone(
    product: Product, desk: Any
) -> None:
    async with desk(language="en", width=320) as stranger:
        await stranger.open("/help")
        await tab_to(stranger, "#email")
        await stranger.page.keyboard.type("stranger@help-nowhere.example")
        await stranger.page.keyboard.press("Enter")
        await stranger.sees("Check your email")
        await stranger.reads("30 minutes")
        assert await stranger.find_faults() == []
        await tab_to(stranger, "main button")
        await stranger.page.keyboard.press("Enter")
        await stranger.sees("Trouble signing in?")
        assert (
            await stranger.page.locator("#email").input_value() == "stranger@help-nowhere.example"
        )
        assert await stranger.find_faults() == []


async def test_r22_the_faq_is_searched_and_each_answer_has_an_address(desk: Any) -> None:
    async with desk(dark=True) as reader:
        await reader.open("/faq#seats")
        await reader.reads("最大10名分のアカウントを作成することができます。")
        assert await has_focus(reader, "#seats > summary")
        assert await faults(reader) == []
        await reader.page.get_by_text("在席の確認とは何ですか").click()
        assert reader.page.url.endswith("/faq#presence")
        await reader.fill(search="ｽﾏｰﾄﾌｫﾝ　めーる")
        await reader.reads("1件見つかりました。")
        await reader.reads("個人所有のスマートフォンなどのメールアドレス")
        assert await reader.page.locator("details").filter(visible=True).count() == 1
        await reader.fill(search="PASSWORD")
        await reader.reads("該当する質問はありません。")
        assert await faults(reader) == []
        await reader.fill(search="ＷＥＢ")
        await reader.reads("1件見つかりました。")
        await reader.fill(search="")
        await reader.press("在席確認のメールが届かない場合")
        await reader.sees("ログインにお困りの場合")
        await expect(reader.page.locator("#presence-mail")).to_be_focused()
        await reader.page.go_back()
        await reader.press("English")
        await reader.reads("What is the presence check?")
        assert await faults(reader) == []


async def test_a_browser_that_runs_no_modules_is_told_so(
    chromium: Browser, product: Product
) -> None:
    for runs_scripts in (False, True):
        context = await chromium.new_context(java_script_enabled=runs_scripts)
        page = await context.new_page()
        await page.goto(product.origin)
        sentences = page.get_by_text("Internet Explorer").filter(visible=True)
        if runs_scripts:
            await expect(page.locator("h1")).to_be_visible()
            await expect(sentences).to_have_count(1)  # the foot of the top page says it too
        else:
            await expect(sentences).to_have_count(2)
        await context.close()
