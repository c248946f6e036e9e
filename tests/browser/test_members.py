"""社内アカウント管理, the part about members (R7, R12 to R15, R17, R18, B2)."""

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import PHONE, WIDE, Desk
from tests.e2e.test_company_accounts import members, suspend
from tests.e2e.test_main_job import (
    CUSTOMERS,
    PASSWORD,
    form,
    import_customer,
    join,
    register,
)
from tests.product import Browser, Product

CODE, DOMAIN = "ME-1", "members.example"
LONG_NAME = "国立研究開発法人大規模産業技術総合開発推進機構西日本研究本部先端材料研究所事務局"
NARROW = 320


@dataclass(frozen=True)
class Company:
    """A company with its owner and one of the staff, both signed in."""

    product: Product
    owner: Browser
    staff: Browser

    async def employ(self, *people: str) -> list[str]:
        """Open accounts for people, who do not sign in; their ids."""
        bodies = [form(DOMAIN, CODE, person) for person in people]
        await asyncio.gather(
            *(register(self.product, self.product.browser(), body) for body in bodies)
        )
        found = await members(self.owner)
        return [found[body["email"]]["id"] for body in bodies]

    async def state(self, person: str) -> str | None:
        """The state of a person's account; None if there is none."""
        found = await self.owner.get(f"/api/membership/company/members?q={person}%40")
        return next((item["state"] for item in found.body["items"]), None)


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Company:
    file = tmp_path_factory.mktemp("company") / "customers.csv"
    file.write_text(CUSTOMERS.format(code=CODE, name=LONG_NAME, domain=DOMAIN, limit=40))
    assert product.command("customers", "import", str(file)).returncode == 0
    owner = await join(product, form(DOMAIN, CODE, "owner"))
    return Company(product, owner, await join(product, form(DOMAIN, CODE, "staff")))


async def open_list(person: Desk, client: Browser, query: str = "") -> None:
    """Open the list of members, signed in as a client is."""
    await person.take_session(client)
    await person.open(f"/members{query}")
    await expect(person.page.get_by_role("row").nth(1)).to_be_visible()


def row(person: Desk, name: str) -> Locator:
    return person.page.get_by_role("row").filter(has_text=f"{name}@{DOMAIN}")


async def is_told(person: Desk, heading: str) -> None:
    """What was done is told where the focus is."""
    told = person.page.locator("[role=status][tabindex]").filter(has_text=heading)
    await expect(told).to_be_focused()


async def test_r13_staff_sees_the_members_but_may_do_nothing(desk: Any, company: Company) -> None:
    async with desk(width=PHONE) as staff:
        await staff.take_session(company.staff)
        await staff.open("/account")
        await staff.page.get_by_role("button", name="アカウントメニュー").click()
        await staff.press("社内アカウント管理")
        await staff.sees("社内アカウント管理")
        await staff.reads(f"owner@{DOMAIN}")
        await expect(staff.page.get_by_text("利用者数")).to_have_count(0)
        await expect(staff.page.locator("tbody button, tbody a")).to_have_count(0)
        assert await staff.find_faults() == []


async def test_r13_an_owner_comes_to_the_members_after_the_sign_in(
    desk: Any, company: Company
) -> None:
    async with desk(width=NARROW) as owner:
        await owner.take_session(company.owner)
        await owner.page.goto(f"{owner.product.origin}/sign-in")
        await owner.sees("社内アカウント管理")
        await owner.reads("利用者数")
        await expect(row(owner, "owner")).to_contain_text("ご自身はアカウント情報から")
        assert await owner.find_faults() == []
        await owner.fill(q="ｓｔａｆｆ＠")
        await owner.reads("1名が該当します")
        await owner.page.get_by_label("権限", exact=True).select_option("owner")
        await owner.reads("条件に合うメンバーはいません。")
        await owner.page.reload()
        await owner.reads("条件に合うメンバーはいません。")
        assert await owner.find_faults() == []
        await owner.press("条件を解除")
        await owner.page.get_by_role("link", name="山田 staff").click()
        await owner.sees("山田 staff")
        await owner.page.go_back()
        await owner.sees("社内アカウント管理")
        await expect(owner.page.locator("#q")).to_have_value("")


async def test_r14_r15_r18_b2_a_colleague_is_suspended_and_learns_of_it_at_once(
    product: Product, desk: Any, company: Company
) -> None:
    client = await join(product, form(DOMAIN, CODE, "jiro"))
    async with desk() as owner, desk(width=PHONE) as jiro:
        await jiro.take_session(client)
        await jiro.open("/account")
        await open_list(owner, company.owner)
        sent: list[str] = []
        owner.page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
        await owner.press("山田 jiro さんを停止")
        dialog = owner.page.get_by_role("dialog", name="山田 jiro さんのアカウントを停止しますか")
        await expect(dialog.get_by_role("button", name="キャンセル")).to_be_focused()
        await owner.press("はい、停止する")
        await expect(dialog.get_by_role("alert")).to_be_focused()
        assert await owner.find_faults() == []
        await owner.page.get_by_label("休職・休業").check()
        await owner.page.get_by_label("再開の予定日").fill("2027-03-31")
        await owner.page.get_by_label("ご本人への伝言").fill("総務部にご連絡ください。")
        await owner.page.get_by_label("社内のメモ").fill("育休")
        await dialog.get_by_role("button", name="はい、停止する").dblclick()
        await is_told(owner, "山田 jiro さんのアカウントを停止しました")
        assert len(sent) == 1
        await expect(row(owner, "jiro")).to_contain_text("停止中 休職・休業（2027/03/31まで）")
        assert await owner.find_faults() == []
        await jiro.page.locator("#change-phone").click()
        await jiro.fill(phone="090-0000-0002")
        await jiro.page.keyboard.press("Enter")
        await expect(jiro.page.locator("#password-again")).to_be_focused()
        await jiro.fill(**{"password-again": PASSWORD})
        await jiro.page.keyboard.press("Enter")
        await jiro.reads("アカウントは停止されています")
        assert await jiro.find_faults() == []
        await owner.press("山田 jiro さんの再開を依頼する")
        asking = owner.page.get_by_role("dialog", name="山田 jiro さんのアカウントの再開を依頼する")
        await expect(asking).to_contain_text(CODE)
        assert await owner.find_faults() == []
        await owner.press("閉じる")
        await owner.page.get_by_role("link", name="山田 jiro").click()
        await owner.sees("山田 jiro")
        await owner.reads("総務部にご連絡ください。")
        await owner.reads("育休")
        assert await owner.find_faults() == []


async def test_r14_a_colleague_is_suspended_by_keyboard_alone(desk: Any, company: Company) -> None:
    await company.employ("keys")
    async with desk(width=PHONE, language="en") as owner:
        await open_list(owner, company.owner)
        button = owner.page.get_by_role("button", name="Suspend 山田 keys")
        await button.focus()
        keyboard = owner.page.keyboard
        await keyboard.press("Enter")
        await expect(owner.page.get_by_role("button", name="Cancel")).to_be_focused()
        assert await owner.find_faults() == []
        await keyboard.press("Escape")
        await expect(button).to_be_focused()
        await keyboard.press("Enter")
        chosen = owner.page.locator("[name=reason]:focus")
        while not await chosen.count():  # back through the fields, up to the reasons
            await keyboard.press("Shift+Tab")
        await keyboard.press("Space")
        await keyboard.press("Enter")
        await is_told(owner, "The account of 山田 keys is suspended")
        assert await owner.find_faults() == []
    assert await company.state("keys") == "suspended"


async def test_r14_several_are_suspended_at_once_and_failures_are_told_by_name(
    desk: Any, company: Company
) -> None:
    _, gone, _ = await company.employ("first", "gone", "third")
    async with desk(width=PHONE) as owner:
        await open_list(owner, company.owner)
        await owner.press("まとめて停止")
        for person in ("first", "gone", "third"):
            await owner.page.get_by_role("checkbox", name=f"山田 {person} さん").check()
        await owner.reads("3名を選択中")
        assert await owner.find_faults() == []
        await company.owner.send("DELETE", f"/api/membership/company/members/{gone}")
        await owner.press("選択したメンバーを停止")
        await owner.page.get_by_label("退職").check()
        assert await owner.find_faults() == []
        await owner.press("はい、停止する")
        await is_told(owner, "3名のうち、2名のアカウントを停止しました")
        await owner.reads("山田 gone さん：メンバーが見つかりません")
        assert await owner.find_faults() == []
    assert [await company.state(one) for one in ("first", "third")] == ["suspended"] * 2


async def test_r14_a_deletion_leads_from_the_page_of_the_member_back_to_the_list(
    desk: Any, company: Company
) -> None:
    await company.employ("leaver")
    async with desk(dark=True) as owner:
        await open_list(owner, company.owner, "?q=leaver")
        await owner.page.get_by_role("link", name="山田 leaver").click()
        await owner.sees("山田 leaver")
        assert await owner.find_faults() == []
        await owner.press("山田 leaver さんを削除")
        await owner.reads("削除後の復元はできません。")
        assert await owner.find_faults() == []
        await owner.press("はい、削除する")
        await owner.sees("社内アカウント管理")
        await is_told(owner, "山田 leaver さんのアカウントを削除しました")
        await expect(row(owner, "leaver")).to_have_count(0)
    assert await company.state("leaver") is None


async def test_two_who_act_at_once_are_told_of_each_other(desk: Any, company: Company) -> None:
    """R14: the second one learns that it is done already, and sees the present state."""
    (id,) = await company.employ("both")
    async with desk() as owner:
        await open_list(owner, company.owner)
        await owner.press("山田 both さんを停止")
        assert (await suspend(company.owner, id)).status == 200
        await owner.page.get_by_label("端末の紛失").check()
        await owner.press("はい、停止する")
        await is_told(owner, "山田 both さんのアカウントは、すでに停止されています")
        await expect(row(owner, "both")).to_contain_text("停止中 退職")


async def test_r18_an_unconfirmed_suspension_is_told_as_such_until_it_is_confirmed(
    product: Product, desk: Any, company: Company
) -> None:
    await company.employ("slow")
    async with desk() as owner:
        await open_list(owner, company.owner)
        await owner.press("山田 slow さんを停止")
        await owner.page.get_by_label("退職").check()
        pid = product.pid("auth-worker")
        os.kill(pid, signal.SIGSTOP)
        try:
            await owner.press("はい、停止する")
            await is_told(owner, "山田 slow さんのアカウントを停止しています…")
            await expect(row(owner, "slow")).to_contain_text("停止しています…")
        finally:
            os.kill(pid, signal.SIGCONT)
        await is_told(owner, "山田 slow さんのアカウントを停止しました")
        await expect(row(owner, "slow")).to_contain_text("停止中")


async def test_r7_a_lost_mailbox_is_left_for_another_one(
    product: Product, desk: Any, company: Company
) -> None:
    (id,) = await company.employ("lost")
    async with desk(width=PHONE) as owner:
        await owner.take_session(company.owner)
        await owner.open(f"/members/{id}")
        await owner.press("山田 lost さんのメールアドレスを移行")
        await owner.fill(email="lost.zaiseki@gmail.com")
        await owner.page.keyboard.press("Enter")
        await owner.reads("会社または組織で取得しているメールアドレスを入力してください。")
        assert await owner.find_faults() == []
        await owner.fill(email=f"ｆｏｕｎｄ@{DOMAIN}")
        await owner.page.keyboard.press("Enter")
        await is_told(owner, f"found@{DOMAIN} に確認のメールをお送りしました")
        assert await owner.find_faults() == []
    await product.mail(f"found@{DOMAIN}", "アカウント再作成")


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_r12_r17_roles_change_and_the_last_owner_hands_over(
    product: Product, desk: Any, tmp_path: Path, width: int
) -> None:
    code, domain = f"ME-{width}", f"hand-over-{width}.example"
    import_customer(product, tmp_path, code, domain)
    client = await join(product, form(domain, code, "taro"))
    await register(product, product.browser(), form(domain, code, "hanako"))
    async with desk(width=width) as taro:
        await open_list(taro, client)
        await taro.page.get_by_role("link", name="山田 taro").click()
        change = taro.page.get_by_role("button", name="山田 taro さんの権限を変更")
        await expect(change).to_have_attribute("aria-disabled", "true")
        await taro.reads("有効な代表者はご自身だけのため、変更できません。")
        assert await taro.find_faults() == []
        await taro.page.go_back()
        await taro.page.get_by_role("link", name="山田 hanako").click()
        await taro.press("山田 hanako さんの権限を変更")
        await taro.press("はい、変更する")
        await taro.reads("いまと同じ権限です。")
        assert await taro.find_faults() == []
        await taro.page.get_by_role("radio", name="管理者").check()
        await taro.press("はい、変更する")
        await is_told(taro, "山田 hanako さんの権限を「管理者」に変更しました")
        await taro.press("メンバー")
        await taro.page.get_by_role("link", name="山田 taro").click()
        await taro.press("引き継ぐ")
        await taro.page.get_by_label("新しい代表者").select_option(
            label=f"山田 hanako（hanako@{domain}）"
        )
        await taro.page.get_by_role("radio", name="一般").check()
        assert await taro.find_faults() == []
        await taro.press("はい、引き継ぐ")
        await is_told(taro, "山田 hanako さんへ代表者を引き継ぎました")
        await expect(taro.page.get_by_role("link", name="承認待ち")).to_have_count(0)
    roles = {email: item["role"] for email, item in (await members(client)).items()}
    assert roles == {f"taro@{domain}": "staff", f"hanako@{domain}": "owner"}
