"""The account page of the customers' site (R10 to R12), and what asks a person to sign in again."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Desk
from tests.e2e.test_main_job import (
    NEW_PASSWORD,
    PASSWORD,
    form,
    import_customer,
    join,
    pass_check,
    register,
)
from tests.product import Browser, Product, code_in

ELSEWHERE = ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example")


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A company with an owner; its other people are who the tests are about."""
    folder = tmp_path_factory.mktemp("company")
    import_customer(product, folder, "AC-1", "account.example", limit=20)
    await register(product, product.browser(), form("account.example", "AC-1", "owner"))


async def member(product: Product, person: str) -> tuple[str, Browser]:
    """One of the company: the address, and a client that is signed in."""
    return f"{person}@account.example", await join(product, form("account.example", "AC-1", person))


def age_sign_ins(product: Product, email: str) -> None:
    """Let the person's last proof of the password be older than what a fresh sign-in allows."""
    product.query(
        "UPDATE auth.sessions SET authenticated_at = authenticated_at - interval '11 minutes'"
        f" WHERE member_id = (SELECT member_id FROM auth.accounts WHERE email = '{email}')"
    )


OF_PERSON = "WHERE member_id = (SELECT member_id FROM auth.accounts WHERE email = '{}')"


def last_use(product: Product, email: str) -> str:
    return product.query("SELECT max(last_used_at) FROM auth.sessions " + OF_PERSON.format(email))


def leave_idle(product: Product, email: str) -> str:
    """Let the person's last request be 50 minutes old; the time of it."""
    product.query(
        "UPDATE auth.sessions SET last_used_at = last_used_at - interval '50 minutes' "
        + OF_PERSON.format(email)
    )
    return last_use(product, email)


async def focused(page: Page) -> str:
    """The id of what has the focus, else its role or its tag."""
    return str(
        await page.evaluate(
            "(({id, role, localName}) => id || role || localName)(document.activeElement)"
        )
    )


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_details_are_changed_by_keyboard_alone(
    product: Product, desk: Any, width: int
) -> None:
    _, client = await member(product, f"details-{width}")
    async with desk(width=width) as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.reads("この端末")
        assert await taro.find_faults() == []
        keyboard = taro.page.keyboard
        await taro.page.locator("#change-name").focus()
        await keyboard.press("Enter")
        await expect(taro.page.locator("#family_name")).to_be_focused()
        await keyboard.press("Control+A")
        await keyboard.press("Delete")
        await keyboard.press("Enter")
        await taro.reads("入力内容をご確認ください")
        assert await focused(taro.page) == "alert"
        assert await taro.find_faults() == []
        await keyboard.press("Tab")  # to the link of the summary
        await keyboard.press("Enter")
        await keyboard.type("髙﨑")
        await keyboard.press("Enter")
        await taro.reads("変更を保存しました")
        assert await focused(taro.page) == "status"
        menu = taro.page.get_by_role("button", name="アカウントメニュー")
        await expect(menu).to_contain_text("髙﨑")
        await taro.page.locator("#change-phone").focus()
        await keyboard.press("Enter")
        await keyboard.press("Escape")
        await taro.fill(phone="０３（１２３４）５６７８")
        await keyboard.press("Enter")
        await taro.reads("03-1234-5678")
    me = (await client.get("/api/membership/me")).body
    assert (me["family_name"], me["phone"]) == ("髙﨑", "0312345678")


@pytest.mark.usefixtures("company")
async def test_a_changed_password_signs_every_other_device_out(product: Product, desk: Any) -> None:
    email, client = await member(product, "password")
    other, third = product.browser(), product.browser()
    await pass_check(product, other, email, PASSWORD, count=2)
    await pass_check(product, third, email, PASSWORD, count=3)
    async with desk() as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await expect(taro.page.get_by_role("row")).to_have_count(4)
        assert await taro.find_faults() == []
        await taro.page.get_by_role("row").get_by_role("button").first.click()
        await taro.reads("をログアウトしました")
        await expect(taro.page.get_by_role("row")).to_have_count(3)
        await taro.press("パスワードを変更")
        await taro.fill(current_password="not this one at all", new_password=NEW_PASSWORD)
        await taro.page.keyboard.press("Enter")
        await taro.page.get_by_role("link", name="現在のパスワードが正しくありません").click()
        assert await focused(taro.page) == "current_password"
        await taro.fill(current_password=PASSWORD, new_password="short")
        await taro.page.keyboard.press("Enter")
        await taro.page.get_by_role("link", name="パスワードは15文字以上にしてください。").click()
        assert await taro.find_faults() == []
        await taro.fill(current_password=PASSWORD, new_password=NEW_PASSWORD)
        await taro.page.keyboard.press("Enter")
        await taro.reads("パスワードを変更しました")
        await expect(taro.page.get_by_role("row")).to_have_count(2)
    for signed_out in (other, third):
        assert (await signed_out.get("/api/auth/session")).status == 401
    assert (await product.browser().sign_in(email, PASSWORD)).status == 401


@pytest.mark.usefixtures("company")
async def test_a_new_address_is_asked_to_confirm(product: Product, desk: Any) -> None:
    email, client = await member(product, "address")
    async with desk(width=PHONE, language="en") as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.page.locator("#change-email").click()
        await taro.fill(email=email.upper())
        await taro.page.keyboard.press("Enter")
        await taro.page.get_by_role("link", name="This is your present address.").click()
        await taro.fill(email="address-new@account.example")
        await taro.page.keyboard.press("Enter")
        await taro.reads("We have sent you an email to confirm")
        assert await focused(taro.page) == "status"
        await taro.reads("To be confirmed")
        assert await taro.find_faults() == []
    await product.mail("address-new@account.example", "メールアドレス")
    await product.mail(email, "メールアドレス", count=2)  # the first was of the registration


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_a_pending_change_of_address_is_shown_and_withdrawn(
    product: Product, desk: Any, width: int
) -> None:
    _, client = await member(product, f"pending-{width}")
    new = f"pending-{width}-new@account.example"
    path = "/api/membership/me/email"
    assert (await client.send("PUT", path, {"email": new})).status == 202
    async with desk(width=width) as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.reads("確認待ち")
        await taro.reads(new)
        await expect(taro.page.locator("#address time")).to_have_text(
            re.compile(r"^\d{4}/\d\d/\d\d \d\d:\d\d まで$")
        )
        assert await taro.find_faults() == []
        await taro.page.get_by_role("button", name="取り消す").press("Enter")
        await taro.reads("メールアドレスの変更を取り消しました")
        assert await focused(taro.page) == "status"
        await expect(taro.page.get_by_text(new)).to_be_hidden()
        assert await taro.find_faults() == []
        await taro.open_mailed(await product.mail(new, "新しいメールアドレスの確認"))
        await taro.sees("このURLは無効です")


@pytest.mark.usefixtures("company")
async def test_the_export_asks_for_the_password_where_the_sign_in_is_old(
    product: Product, desk: Any
) -> None:
    email, client = await member(product, "export")
    age_sign_ins(product, email)
    async with desk(width=PHONE) as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.page.get_by_role("button", name="書き出す").focus()
        await taro.page.keyboard.press("Enter")
        dialog = taro.page.get_by_role("dialog", name="パスワードをもう一度入力してください")
        await expect(dialog).to_be_visible()
        assert await focused(taro.page) == "password-again"
        assert await taro.find_faults() == []
        await taro.page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await expect(taro.page.get_by_role("button", name="書き出す")).to_be_focused()
        await taro.page.keyboard.press("Enter")
        await taro.fill(**{"password-again": "wrong but long enough"})
        await taro.page.keyboard.press("Enter")
        await expect(dialog.get_by_role("alert")).to_be_focused()
        assert await taro.find_faults() == []
        await taro.fill(**{"password-again": PASSWORD})
        async with taro.page.expect_download() as downloading:
            await taro.page.keyboard.press("Enter")
        file = await (await downloading.value).path()
        taken = json.loads(Path(file).read_text())
        await taro.reads("ファイルを保存しました")
    assert taken["membership"]["account"]["email"] == email
    assert taken["sign_in"]["account"]["email"] == email
    assert taken["sign_in"]["sessions"]


async def sign_in_again(person: Desk, email: str, *, count: int) -> None:
    """In the dialog: the password, then the code of this mail."""
    await person.fill(**{"password-again": PASSWORD})
    await person.page.keyboard.press("Enter")
    code = code_in(await person.product.mail(email, "在席確認", count=count))
    await expect(person.page.locator("#code")).to_be_focused()
    await person.fill(code=code)
    await person.page.keyboard.press("Enter")


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_a_form_outlives_the_session_in_which_it_was_begun(
    product: Product, desk: Any, width: int
) -> None:
    email, client = await member(product, f"form-{width}")
    async with desk(width=width) as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.page.locator("#change-name").click()
        await taro.fill(given_name="次郎")
        assert (await client.send("DELETE", "/api/auth/session")).status == 204
        await taro.page.keyboard.press("Enter")
        dialog = taro.page.get_by_role("dialog", name="ログインの有効期限が切れました")
        await expect(dialog).to_be_visible()
        assert await taro.find_faults() == []
        await taro.page.keyboard.press("Escape")
        await expect(taro.page.locator("#given_name")).to_have_value("次郎")
        await taro.press("保存")
        await sign_in_again(taro, email, count=2)
        await taro.reads("変更を保存しました")
        await expect(dialog).to_be_hidden()
        await taro.reads("山田 次郎")


@pytest.mark.usefixtures("company")
async def test_an_open_page_notices_within_a_minute_that_its_session_has_ended(
    product: Product, desk: Any
) -> None:
    """It asks each minute, which keeps no session alive; what was typed stays."""
    email, client = await member(product, "minute")
    async with desk() as taro:
        await taro.take_session(client)
        await taro.page.clock.install()
        await taro.open("/account")
        await taro.page.locator("#change-name").click()
        await taro.fill(given_name="次郎")
        before = leave_idle(product, email)
        async with taro.page.expect_response("**/api/auth/session"):
            await taro.page.clock.fast_forward("01:01")
        assert last_use(product, email) == before
        dialog = taro.page.get_by_role("dialog", name="ログインの有効期限が切れました")
        await expect(dialog).to_be_hidden()
        assert (await client.send("DELETE", "/api/auth/session")).status == 204
        await taro.page.clock.fast_forward("01:01")
        await expect(dialog).to_be_visible()
        await taro.page.keyboard.press("Escape")
        await expect(taro.page.locator("#given_name")).to_have_value("次郎")


@pytest.mark.usefixtures("company")
async def test_an_ended_session_shows_when_the_window_is_looked_at_again(
    product: Product, desk: Any
) -> None:
    _, client = await member(product, "look")
    async with desk(language="en") as taro:
        await taro.take_session(client)
        await taro.open("/account")
        await taro.reads("This device")
        await client.send("DELETE", "/api/auth/session")
        await taro.page.evaluate("dispatchEvent(new Event('focus'))")
        await expect(
            taro.page.get_by_role("dialog", name="Your sign-in has expired")
        ).to_be_visible()
        await taro.press("Discard what I entered and go to the sign-in page")
        await taro.sees("Sign in")


async def test_only_an_owner_who_leaves_the_company_without_one_may_not_delete_the_account(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "AL-1", "al-1.example")
    owner = await join(product, form("al-1.example", "AL-1"))
    staff = await join(product, form("al-1.example", "AL-1", "hanako"))
    async with desk() as taro:
        await taro.take_session(owner)
        await taro.open("/account")
        await taro.reads("先に代表者を引き継いでください")
        delete = taro.page.get_by_role("button", name="アカウントを削除")
        await expect(delete).to_have_attribute("aria-disabled", "true")
        assert await taro.find_faults() == []
    async with desk(width=PHONE) as hanako:
        await hanako.take_session(staff)
        await hanako.open("/account")
        await hanako.press("アカウントを削除")
        await expect(hanako.page.get_by_role("button", name="キャンセル")).to_be_focused()
        assert await hanako.find_faults() == []
        await hanako.press("はい、削除する")
        await hanako.page.get_by_role("link", name="元に戻せないことをご確認のうえ").click()
        assert await hanako.find_faults() == []
        await hanako.page.keyboard.press("Space")
        await hanako.press("はい、削除する")
        await hanako.sees("アカウントを削除しました")
        await expect(hanako.page.get_by_role("link", name="ログイン", exact=True)).to_be_visible()
        assert await hanako.find_faults() == []
    assert (await staff.get("/api/auth/session")).status == 401
    assert (await product.browser().sign_in("hanako@al-1.example", PASSWORD)).status == 401


@pytest.mark.usefixtures("company")
async def test_the_way_to_a_page_leads_through_the_sign_in_and_back(
    product: Product, desk: Any
) -> None:
    email, _ = await member(product, "way")
    async with desk() as taro:
        await taro.open("/account?from=mail")
        await taro.sees("ログイン")
        await taro.fill(email=email, password=PASSWORD)
        await taro.page.keyboard.press("Enter")
        await taro.sees("在席確認")
        await taro.fill(code=code_in(await product.mail(email, "在席確認", count=2)))
        await taro.page.keyboard.press("Enter")
        await taro.sees("アカウント情報")
        assert taro.page.url == f"{product.origin}/account?from=mail"
        for elsewhere in ELSEWHERE:
            await taro.page.goto(f"{product.origin}/sign-in?next={elsewhere}")
            await taro.sees("アカウント情報")
            assert taro.page.url == f"{product.origin}/account"
        await taro.page.get_by_role("button", name="アカウントメニュー").press("Enter")
        assert await taro.find_faults() == []
        await taro.page.keyboard.press("Escape")
        await expect(taro.page.get_by_role("button", name="アカウントメニュー")).to_be_focused()
        await taro.page.keyboard.press("Enter")
        await taro.page.get_by_role("button", name="ログアウト", exact=True).press("Enter")
        await expect(taro.page.get_by_role("link", name="ログイン").first).to_be_visible()
        await taro.open("/account")
        await taro.sees("ログイン")


@pytest.mark.usefixtures("company")
async def test_a_list_that_cannot_be_read_offers_to_read_it_again(
    product: Product, desk: Any
) -> None:
    _, client = await member(product, "list")
    busy = {"code": "rate_limited", "title": "操作の回数が多すぎます", "detail": "お待ちください。"}
    async with desk(width=PHONE) as taro:
        await taro.take_session(client)
        await taro.page.route(
            "**/api/auth/sessions",
            lambda route: route.fulfill(status=429, json=busy, headers={"Retry-After": "60"}),
        )
        await taro.open("/account")
        await taro.reads("操作の回数が多すぎます")
        assert await taro.find_faults() == []
        await taro.page.unroute("**/api/auth/sessions")
        await taro.press("もう一度読み込む")
        await taro.reads("この端末")
        assert await focused(taro.page) != "body"
        await taro.page.context.set_offline(True)
        await taro.reads("インターネットに接続していません")
        assert await taro.find_faults() == []
        await taro.page.context.set_offline(False)
        await expect(taro.page.get_by_text("インターネットに接続していません")).to_be_hidden()


async def test_an_unknown_address_leads_on(desk: Any) -> None:
    async with desk(width=PHONE) as visitor:
        await visitor.open("/nowhere")
        await visitor.sees("ページが見つかりません")
        assert await visitor.find_faults() == []
        await visitor.page.get_by_role("link", name="トップページ").click()
        await visitor.sees("お取引先様のためのWEBサービス")
