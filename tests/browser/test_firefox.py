"""The customers' site in Firefox ESR: the few ways that everybody takes (R7, R8, R9).

Where there is no Firefox these tests are skipped, and with `REQUIRE_BROWSER` set they fail.
"""

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser.bidi import Firefox, firefox
from tests.browser.test_sign_in import member
from tests.e2e.test_main_job import NEW_PASSWORD, PASSWORD, form, join
from tests.product import Product, code_in


@pytest_asyncio.fixture(scope="module")
async def fox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Firefox]:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        assert not os.environ.get("REQUIRE_BROWSER"), "no firefox-esr or firefox is on PATH"
        pytest.skip("the tests in Firefox did not run: no firefox-esr or firefox is on PATH")
    async with firefox(path, tmp_path_factory.mktemp("firefox")) as started:
        yield started


async def test_r8_r9_a_member_signs_in_with_the_code_of_the_mail(
    product: Product, fox: Firefox, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "firefox.example", "FX-1")
    async with fox.tab() as taro:
        await taro.open(product.origin)
        await taro.press("link", "ログイン")
        await taro.sees("ログイン")
        await taro.fill(email=email, password=PASSWORD)
        await taro.keys("Enter")
        await taro.sees("在席確認")
        mail = await product.mail(email, "在席確認", count=2)  # joining was asked as well
        await taro.fill(code=code_in(mail))
        await taro.keys("Enter")
        await taro.sees("社内アカウント管理")
        await taro.click("[aria-controls=account-menu]")
        await taro.press("button", "ログアウト")
        await taro.press("link", "ログイン")
        await taro.sees("ログイン")


async def test_r7_a_member_sets_a_new_password_by_the_mailed_link(
    product: Product, fox: Firefox, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "firefox-reset.example", "FX-2")
    async with fox.tab() as taro:
        await taro.open(f"{product.origin}/sign-in")
        await taro.press("link", "ログインにお困りの場合")
        await taro.sees("ログインにお困りの場合")
        await taro.fill(email=email)
        await taro.press("button", "再設定のメールを送信")
        await taro.sees("メールをご確認ください")
        mail = await product.mail(email, "パスワード再設定")
        link = re.search(r"https?://\S+#token=\S+", mail["Text"])
        assert link is not None
        await taro.open(link[0])
        await taro.sees("パスワードの設定")
        assert await taro.evaluate("location.hash") == ""
        await taro.fill(password=NEW_PASSWORD)
        await taro.press("button", "パスワードを設定")
        await taro.sees("ログイン")
        await taro.reads("パスワードを設定しました")
    assert (await product.browser().sign_in(email, NEW_PASSWORD)).status == 200


async def test_r13_an_owner_suspends_a_colleague(
    product: Product, fox: Firefox, tmp_path: Path
) -> None:
    email = await member(product, tmp_path, "firefox-members.example", "FX-3")
    colleague = form("firefox-members.example", "FX-3", "hanako")
    hanako = await join(product, colleague)
    async with fox.tab() as taro:
        await taro.open(f"{product.origin}/sign-in")
        await taro.fill(email=email, password=PASSWORD)
        await taro.keys("Enter")
        await taro.sees("在席確認")
        await taro.fill(code=code_in(await product.mail(email, "在席確認", count=2)))
        await taro.keys("Enter")
        await taro.sees("社内アカウント管理")
        await taro.press("button", "山田 hanako さんを停止")
        await taro.click("dialog [value=left]")
        await taro.press("button", "はい、停止する")
        await taro.reads("山田 hanako さんのアカウントを停止しました")
    assert (await hanako.get("/api/auth/session")).status == 401


async def test_what_goes_wrong_in_a_tab_is_found(product: Product, fox: Firefox) -> None:
    async def plant() -> None:
        async with fox.tab() as visitor:
            await visitor.open(product.origin)
            await visitor.evaluate("console.error('planted')")
            await visitor.evaluate("void setTimeout(() => { throw new Error('thrown') })")
            await visitor.evaluate("void (new Image().src = 'http://elsewhere.example/')")
            await visitor.evaluate("new Promise((done) => setTimeout(done, 300))")

    with pytest.raises(AssertionError) as found:
        await plant()
    for trouble in ("planted", "thrown", "policy: img-src"):
        assert trouble in str(found.value)
