"""Inviting colleagues in 社内アカウント管理, and the seats that invitations hold (R3, R5)."""

from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import PHONE, Desk
from tests.browser.test_invitation import ENDED, INVITATIONS
from tests.browser.test_registration import first_password, set_password
from tests.e2e.test_company_accounts import invite, members
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import Browser, Product

CODE, DOMAIN = "IV-1", "inviting.example"
PAGE = "/members/invitations"


@dataclass(frozen=True)
class Company:
    """A company with its owner, signed in."""

    owner: Browser


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: Any) -> Company:
    import_customer(product, tmp_path_factory.mktemp("inviting"), CODE, DOMAIN, limit=12)
    return Company(await join(product, form(DOMAIN, CODE, "owner")))


def address(person: Desk, index: int) -> Locator:
    """The field for the address of the row at this index."""
    return person.page.get_by_label("メールアドレス", exact=True).nth(index)


def row(person: Desk, email: str) -> Locator:
    """An open invitation in the list."""
    return person.page.get_by_role("row").filter(has_text=email)


async def send(owner: Browser, *emails: str) -> None:
    body = {"invitations": [{"email": email} for email in emails]}
    reply = await owner.post(INVITATIONS, body)
    assert reply.status == 201, reply.text


async def test_r3_two_are_invited_and_one_joins_by_the_mailed_link(
    product: Product, desk: Any, company: Company
) -> None:
    first, second = f"jiro@{DOMAIN}", "suzuki.hanako.zaiseki@gmail.com"
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open("/members")
        await owner.press("招待")
        await owner.sees("メンバーの招待")
        await owner.reads("返事を待っている招待はありません。")
        assert await owner.find_faults() == []
        await address(owner, 0).fill(first)
        await owner.press("宛先を追加")
        await expect(address(owner, 1)).to_be_focused()
        await address(owner, 1).fill(second)
        await owner.page.get_by_label("権限").nth(1).select_option("管理者")
        await owner.page.get_by_label("姓任意").nth(1).fill("鈴木")
        await owner.page.get_by_label("名任意").nth(1).fill("花子")
        await owner.press("2名に招待を送信")
        await owner.reads("2名に招待を送信しました")
        await expect(row(owner, second)).to_contain_text("管理者")
        await expect(row(owner, second)).to_contain_text("鈴木")
        assert await owner.find_faults() == []
        await owner.open_mailed(await product.mail(second, "招待"))
        await expect(owner.page.locator("#family_name")).to_have_value("鈴木")
    async with desk(width=PHONE) as jiro:
        await jiro.open_mailed(await product.mail(first, "招待"))
        await jiro.fill(family_name="田中", given_name="次郎", phone="090-3333-4444")
        await jiro.press("招待を受ける")
        await set_password(product, await first_password(jiro.page))
    async with desk(language="en") as owner:
        await owner.take_session(company.owner)
        await owner.open("/members")
        await owner.reads("田中 次郎")
        await owner.press("Invitations")
        await owner.reads(second)
        await expect(row(owner, first)).to_have_count(0)
        assert await owner.find_faults() == []


async def test_those_that_fail_stay_in_the_form_and_the_keyboard_is_enough(
    product: Product, desk: Any, company: Company
) -> None:
    known, new = f"invited-before@{DOMAIN}", f"by-keyboard@{DOMAIN}"
    await send(company.owner, known)
    async with desk() as owner:
        keyboard = owner.page.keyboard
        await owner.take_session(company.owner)
        await owner.open(PAGE)
        await owner.reads(known)
        await address(owner, 0).focus()
        await keyboard.press("Enter")
        await owner.page.get_by_role("link", name="1人目：入力してください。").press("Enter")
        await expect(address(owner, 0)).to_be_focused()
        await keyboard.type(known)
        add = owner.page.get_by_role("button", name="宛先を追加")
        while not await add.evaluate("button => button === document.activeElement"):
            await keyboard.press("Tab")
        await keyboard.press("Enter")
        await expect(address(owner, 1)).to_be_focused()
        await keyboard.type(new)
        await keyboard.press("Enter")
        await owner.reads("1名に招待を送信しました")
        await expect(owner.page.get_by_role("alert")).to_be_focused()
        await expect(address(owner, 0)).to_have_value(known)
        await expect(address(owner, 0)).to_have_attribute("aria-invalid", "true")
        await owner.reads(f"1人目：{known} には招待を送信済みです。")
        assert await owner.find_faults() == []
        await expect(row(owner, new)).to_be_visible()
    await product.mail(new, "招待")


async def test_an_invitation_is_sent_again_and_withdrawn(
    product: Product, desk: Any, company: Company
) -> None:
    """R5: the seat is free again, and the link ends."""
    email = f"soon@{DOMAIN}"
    await send(company.owner, email)
    product.query(
        "UPDATE membership.invitations SET expires_at = now() + interval '2 days'"
        f" WHERE email = '{email}'"
    )
    async with desk(width=PHONE) as owner:
        await owner.take_session(company.owner)
        await owner.open(PAGE)
        await owner.reads("あと2日で期限が切れる招待があります")
        await expect(row(owner, email)).to_contain_text("あと2日で期限が切れます")
        assert await owner.find_faults() == []
        again = row(owner, email).get_by_role("button", name="再送")
        await again.click()
        await expect(owner.page.get_by_role("alert")).to_contain_text(
            "からもう一度お試しいただけます。"
        )
        product.query("UPDATE membership.caused_mails SET sent_at = sent_at - interval '2 minutes'")
        await again.click()
        await owner.reads(f"{email} に招待を再送しました")
        await expect(row(owner, email)).not_to_contain_text("あと2日")
        mail = await product.mail(email, "招待", count=2)
        await row(owner, email).get_by_role("button", name="取り消す").click()
        await expect(owner.page.get_by_role("button", name="キャンセル")).to_be_focused()
        assert await owner.find_faults() == []
        await owner.press("はい、取り消す")
        await owner.reads(f"{email} への招待を取り消しました")
        await expect(row(owner, email)).to_have_count(0)
    async with desk(width=PHONE) as invited:
        await invited.open_mailed(mail)
        await invited.sees(ENDED)


async def test_what_one_may_not_do_is_said_and_not_offered(
    product: Product, desk: Any, company: Company
) -> None:
    """R3: administrators invite staff only; staff cannot open the page."""
    admin = await invite(product, company.owner, f"admin@{DOMAIN}", "admin")
    async with desk() as person:
        await person.take_session(admin)
        await person.open(PAGE)
        await person.reads("管理者が招待できるのは「一般」の方です。")
        roles = person.page.get_by_label("権限").first.locator("option")
        await expect(roles).to_have_text(["一般"])
        await expect(person.page.get_by_role("link", name="操作履歴")).to_have_count(0)
        await person.page.goto(f"{product.origin}/members/audit-log")
        await person.sees("この画面を表示する権限がありません")
        await person.reads("この画面を表示できるのは、代表者です。")
        assert await person.find_faults() == []
        id = (await members(company.owner))[f"admin@{DOMAIN}"]["id"]
        path = f"/api/membership/company/members/{id}"
        assert (await company.owner.send("PATCH", path, {"role": "staff"})).status == 200
        await person.page.goto(f"{product.origin}{PAGE}")
        await person.sees("この画面を表示する権限がありません")
        await person.reads("この画面を表示できるのは、管理者と代表者です。")


async def test_r5_b3_where_no_seat_is_free_the_pages_say_why_and_what_to_do(
    product: Product, desk: Any, tmp_path_factory: Any
) -> None:
    import_customer(product, tmp_path_factory.mktemp("full"), "IV-2", "full.example", limit=2)
    client = await join(product, form("full.example", "IV-2", "owner"))
    async with desk(width=PHONE) as owner:
        await owner.take_session(client)
        await owner.open(PAGE)
        await address(owner, 0).fill("last@full.example")
        await owner.reads("空きがないため、追加できません。")
        await owner.press("招待を送信")
        await owner.reads("1名に招待を送信しました")
        await owner.reads("空きがありません")
        await expect(address(owner, 0)).to_have_count(0)
        await owner.reads("2名を超えるアカウントについては、弊社にお電話でご相談ください。")
        assert await owner.find_faults() == []
        await owner.press("席")
        await owner.sees("席の利用状況")
        await owner.reads("利用中1名、停止中0名、返事を待っている招待1名で、合わせて2名です。")
        held = owner.page.get_by_role("row").filter(has_text="last@full.example")
        await expect(held).to_contain_text("招待")
        await expect(held).to_contain_text("+1")
        assert await owner.find_faults() == []
