"""Accepting an invitation, and the move of an account, at the customers' site (R3, R4, R7)."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_registration import first_password, set_password
from tests.e2e.test_company_accounts import members
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import Browser, Product

INVITATIONS = "/api/membership/company/invitations"
ACCEPT = "招待を受ける"
ENDED = "この招待は終了しています"


async def owner_of(product: Product, folder: Path, domain: str, code: str) -> Browser:
    """The owner of a company of their own, signed in."""
    import_customer(product, folder, code, domain)
    return await join(product, form(domain, code))


async def invite(product: Product, owner: Browser, email: str) -> dict[str, Any]:
    """The mail of an invitation."""
    body = {"invitations": [{"email": email, "role": "admin"}]}
    reply = await owner.post(INVITATIONS, body)
    assert reply.status == 201, reply.text
    return await product.mail(email, "招待")


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_an_invited_person_joins(
    product: Product, desk: Any, tmp_path: Path, width: int
) -> None:
    domain = f"invited-{width}.example"
    owner = await owner_of(product, tmp_path, domain, f"I-{width}")
    email = f"ichiro@{domain}"
    mail = await invite(product, owner, email)
    async with desk(width=width) as ichiro:
        await ichiro.open_mailed(mail)
        await ichiro.reads(f"株式会社I-{width}の社内アカウントに招待されました。")
        await ichiro.reads("管理者")
        await ichiro.reads("山田 taro さん")
        assert "#" not in ichiro.page.url
        assert await ichiro.find_faults() == []
        await ichiro.press(ACCEPT)
        await ichiro.reads("電話番号：入力してください。")
        assert await ichiro.find_faults() == []
        await ichiro.fill(family_name="鈴木", given_name="一郎", phone="０９０（１１１１）２２２２")
        assert email not in await members(owner), "nothing happens before the button is pressed"
        await ichiro.press(ACCEPT)
        await set_password(product, await first_password(ichiro.page))
        assert (await members(owner))[email]["role"] == "admin"
        await ichiro.open_mailed(mail)
        await ichiro.sees(ENDED)
        assert await ichiro.find_faults() == []


async def test_a_second_account_waits_and_a_withdrawn_invitation_has_ended(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    owner = await owner_of(product, tmp_path, "double.example", "I-2")
    double = await invite(product, owner, "taro.second@double.example")
    withdrawn = await invite(product, owner, "jiro@double.example")
    open_ones = (await owner.get(INVITATIONS)).body["items"]
    id = next(one["id"] for one in open_ones if one["email"] == "jiro@double.example")
    assert (await owner.send("DELETE", f"{INVITATIONS}/{id}")).status == 204
    async with desk(width=PHONE) as taro:
        await taro.open_mailed(double)
        same = form("double.example", "I-2")
        names = ("family_name", "given_name", "family_name_kana", "phone")
        await taro.fill(**{name: same[name] for name in names})
        await taro.press(ACCEPT)
        await taro.sees("承認をお待ちください")
        await taro.open_mailed(withdrawn)
        await taro.sees(ENDED)
        await taro.page.locator("main").get_by_role("link", name="ログイン", exact=True).click()
        await taro.sees("ログイン")


async def test_an_invitation_that_could_not_be_read_is_read_again(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    owner = await owner_of(product, tmp_path, "again-invited.example", "I-4")
    mail = await invite(product, owner, "ichiro@again-invited.example")
    refused = {"code": "rate_limited", "title": "操作の回数が多すぎます", "detail": ""}
    async with desk(width=PHONE) as ichiro:

        async def refuse_first(route: Route) -> None:
            await route.fulfill(status=429, json=refused, headers={"Retry-After": "60"})

        await ichiro.page.route(re.compile("/invitations/preview$"), refuse_first, times=1)
        await ichiro.open_mailed(mail)
        await ichiro.press("もう一度読み込む")
        await ichiro.sees("社内アカウントへのご招待")
        await expect(ichiro.page.locator("#family_name")).to_be_visible()
        assert await ichiro.page.evaluate("document.activeElement.tagName") == "H1"


async def test_a_moved_account_is_made_anew_with_the_same_person(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    owner = await owner_of(product, tmp_path, "moved-away.example", "I-3")
    await join(product, form("moved-away.example", "I-3", "jiro", given_name="次郎"))
    id = (await members(owner))["jiro@moved-away.example"]["id"]
    path = f"/api/membership/company/members/{id}/email"
    reply = await owner.send("PUT", path, {"email": "jiro.new@moved-away.example"})
    assert reply.status == 202, reply.text
    mail = await product.mail("jiro.new@moved-away.example", "再作成のご案内")
    async with desk() as jiro:
        await jiro.open_mailed(mail)
        await jiro.sees("アカウントの再作成")
        await expect(jiro.page.locator("#given_name")).to_have_value("次郎")
        assert await jiro.find_faults() == []
        await jiro.press("アカウントを再作成")
        await set_password(product, await first_password(jiro.page))
    assert "jiro.new@moved-away.example" in await members(owner)
