"""Deciding in 社内アカウント管理 on what waits for the company (R3, R4)."""

from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import PHONE, Desk
from tests.e2e.test_company_accounts import members, suspend
from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import Browser, Product, token_in

CODE, DOMAIN = "AP-1", "approving.example"
PAGE = "/members/approvals"
APPROVALS = "/api/membership/company/approvals"


@dataclass(frozen=True)
class Company:
    """A company with two who decide: its owner and an administrator, both signed in."""

    owner: Browser
    admin: Browser


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: Any) -> Company:
    import_customer(product, tmp_path_factory.mktemp("approving"), CODE, DOMAIN)
    owner = await join(product, form(DOMAIN, CODE, "owner"))
    admin = await join(product, form(DOMAIN, CODE, "admin"))
    id = (await members(owner))[f"admin@{DOMAIN}"]["id"]
    path = f"/api/membership/company/members/{id}"
    assert (await owner.send("PATCH", path, {"role": "admin"})).status == 200
    return Company(owner, admin)


async def ask(product: Product, email: str, given_name: str, **fields: str) -> None:
    """Register with an address that needs approval."""
    body = form(DOMAIN, CODE, email=email, given_name=given_name, **fields)
    answer = await register(product, product.browser(), body)
    assert answer["status"] == "awaiting_approval"


def request(person: Desk, name: str) -> Locator:
    """What a person of this name has asked for."""
    return person.page.get_by_role("article").filter(has_text=name)


async def test_r3_one_registration_is_approved_and_one_rejected(
    product: Product, desk: Any, company: Company
) -> None:
    yes, no = "approve.me.zaiseki@gmail.com", "reject.me.zaiseki@gmail.com"
    await ask(product, yes, "良子", phone="090-0000-0011")
    await ask(product, no, "不可", phone="090-0000-0012")
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open("/members")
        await owner.press("承認待ち")
        await owner.sees("承認待ち")
        await expect(request(owner, yes)).to_contain_text("個人のメールアドレスです。")
        assert await owner.find_faults() == []
        await request(owner, yes).get_by_role("button", name="承認").press("Enter")
        await expect(owner.page.get_by_role("button", name="キャンセル")).to_be_focused()
        assert await owner.find_faults() == []
        await owner.press("はい、承認する")
        await owner.reads("山田 良子 さんの登録を承認しました")
        await expect(request(owner, yes)).to_have_count(0)
        await request(owner, no).get_by_role("button", name="却下").click()
        await owner.press("はい、却下する")
        await owner.page.get_by_role("link", name="却下の理由を選んでください。").click()
        assert await owner.find_faults() == []
        await owner.page.get_by_label("社内の者ではない").check()
        await owner.fill(note="総務部にお問い合わせください。")
        await owner.press("はい、却下する")
        await owner.reads("山田 不可 さんの登録を却下しました")
    await product.mail(yes, "承認のお知らせ")
    assert yes in await members(company.owner)
    told = (await product.mail(no, "お申し込みの結果"))["Text"]
    assert "総務部にお問い合わせください。" in told
    assert no not in await members(company.owner)


async def test_r4_a_probable_double_stands_beside_the_account(
    product: Product, desk: Any, company: Company
) -> None:
    """A suspended account counts too."""
    same = {"family_name": "伊集院", "given_name": "さくら", "phone": "090-0000-0007"}
    await join(product, form(DOMAIN, CODE, "sakura", **same))
    id = (await members(company.owner))[f"sakura@{DOMAIN}"]["id"]
    assert (await suspend(company.owner, id, reason="on_leave")).status == 200
    await ask(product, f"sakura.second@{DOMAIN}", **same)
    async with desk(width=PHONE) as admin:
        await admin.take_session(company.admin)
        await admin.open(PAGE)
        double = request(admin, "伊集院 さくら")
        await expect(double).to_contain_text("同じ方のアカウントがすでにある可能性があります")
        await expect(double).to_contain_text("再開を弊社にお電話でご依頼ください。")
        await expect(double.get_by_role("table")).to_contain_text(f"sakura@{DOMAIN}")
        await expect(double.get_by_role("table")).to_contain_text("停止中")
        await expect(double.get_by_text("一致", exact=True)).to_have_count(3)
        assert await admin.find_faults() == []
        await double.get_by_role("button", name="承認").click()
        await admin.reads("1名で2つのアカウントを持つことになります。")
        await admin.page.keyboard.press("Escape")
        await double.get_by_role("button", name="却下").click()
        await admin.page.get_by_label("すでにアカウントがある").check()
        await admin.press("はい、却下する")
        await admin.reads("伊集院 さくら さんの登録を却下しました")


async def test_of_two_who_decide_at_once_the_second_is_told(
    product: Product, desk: Any, company: Company
) -> None:
    email = "contested.zaiseki@gmail.com"
    await ask(product, email, "競子", phone="090-0000-0013")
    async with desk(language="en") as owner:
        await owner.take_session(company.owner)
        await owner.open(PAGE)
        await request(owner, email).get_by_role("button", name="Approve").click()
        waiting = (await company.admin.get(APPROVALS)).body["items"]
        id = next(one["id"] for one in waiting if one["email"] == email)
        reply = await company.admin.post(f"{APPROVALS}/{id}/reject", {"reason": "not_permitted"})
        assert reply.status == 204, reply.text
        await owner.press("Yes, approve")
        await owner.reads("The request of 山田 競子 has already ended")
        await expect(request(owner, email)).to_have_count(0)
        await owner.reads("Nothing waits for approval.")
        assert await owner.find_faults() == []
    assert email not in await members(company.owner)


async def test_r3_a_change_to_a_personal_address_waits_for_another_approver(
    product: Product, desk: Any, company: Company
) -> None:
    """Only another person decides on a request."""
    email = "admin.at.home.zaiseki@gmail.com"
    reply = await company.admin.send("PUT", "/api/membership/me/email", {"email": email})
    assert reply.status == 202, reply.text
    token = token_in(await product.mail(email, "メールアドレス"))
    confirmed = await company.admin.post("/api/membership/me/email/confirm", {"token": token})
    assert confirmed.body == {"status": "awaiting_approval"}
    async with desk(width=PHONE) as admin:
        await admin.take_session(company.admin)
        await admin.open(PAGE)
        await expect(request(admin, email)).to_contain_text("ご自身のお申し込みは")
        await expect(request(admin, email).get_by_role("button")).to_have_count(0)
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open(PAGE)
        await expect(request(owner, email)).to_contain_text(f"admin@{DOMAIN}")
        await request(owner, email).get_by_role("button", name="承認").click()
        await owner.press("はい、承認する")
        await owner.reads("山田 admin さんのメールアドレスの変更を承認しました")
    await product.mail(email, "メールアドレス変更のお知らせ")
    assert email in await members(company.owner)
