"""The links of a requested change of address, at the customers' site (R7, R10)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_invitation import owner_of
from tests.browser.test_registration import tab_to
from tests.e2e.test_main_job import PASSWORD
from tests.product import Browser, Product

CHANGE = "メールアドレスを変更"
STOP = "変更を取り消す"


async def change(product: Product, who: Browser, old: str, new: str) -> tuple[Any, Any]:
    """Request a change of address; the mails to the new and to the present address."""
    reply = await who.send("PUT", "/api/membership/me/email", {"email": new})
    assert reply.status == 202, reply.text
    confirming = await product.mail(new, "新しいメールアドレスの確認")
    return confirming, await product.mail(old, "メールアドレス変更の受付")


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_the_reader_of_the_new_mailbox_changes_the_address(
    product: Product, desk: Any, tmp_path: Path, width: int
) -> None:
    domain = f"changed-{width}.example"
    owner = await owner_of(product, tmp_path, domain, f"E-{width}")
    old, new = f"taro@{domain}", f"taro.new@{domain}"
    confirming, stopping = await change(product, owner, old, new)
    async with desk(width=width) as taro:
        await taro.open_mailed(confirming)
        await taro.sees("新しいメールアドレスの確認")
        await taro.reads(new)
        assert "#" not in taro.page.url
        assert await taro.find_faults() == []
        assert (await owner.get("/api/membership/me")).body["email"] == old
        await taro.press(CHANGE)
        await taro.sees("メールアドレスを変更しました")
        assert await taro.find_faults() == []
        reply = await product.browser().sign_in(new, PASSWORD)
        assert reply.body == {"next": "presence_check"}
        await taro.open_mailed(stopping)
        await taro.sees("メールアドレスはすでに変更されています")
        await taro.open_mailed(confirming)
        await taro.press("状況を確認")
        await taro.sees("メールアドレスを変更しました")
        assert await taro.find_faults() == []


async def test_the_reader_of_the_present_mailbox_stops_the_change(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    owner = await owner_of(product, tmp_path, "stopped.example", "E-2")
    mails = await change(product, owner, "taro@stopped.example", "taro.new@stopped.example")
    confirming, stopping = mails
    async with desk(width=PHONE) as taro:
        await taro.open_mailed(stopping)
        await taro.sees("メールアドレス変更の取り消し")
        assert await taro.find_faults() == []
        await tab_to(taro.page, STOP)
        await taro.page.keyboard.press("Enter")
        await taro.sees("メールアドレスの変更を取り消しました")
        await expect(taro.page.get_by_role("link", name="パスワードの再設定へ")).to_be_visible()
        assert await taro.page.evaluate("document.activeElement.tagName") == "H1"
        assert await taro.find_faults() == []
        await taro.open_mailed(stopping)
        await taro.sees("この変更は終了しています")
        await taro.open_mailed(confirming)
        await taro.sees("このURLは無効です")
        assert await taro.find_faults() == []
    assert (await owner.get("/api/membership/me")).body["email"] == "taro@stopped.example"


async def test_a_personal_address_waits_for_approval(
    product: Product, desk: Any, tmp_path: Path
) -> None:
    owner = await owner_of(product, tmp_path, "personal-change.example", "E-3")
    new = "taro.personal.zaiseki@gmail.com"
    confirming, _ = await change(product, owner, "taro@personal-change.example", new)
    async with desk(language="en") as taro:
        await taro.open_mailed(confirming)
        await taro.press("Change the address")
        await taro.sees("The change needs approval")
        assert await taro.find_faults() == []
