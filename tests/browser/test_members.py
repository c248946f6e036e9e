"""社内アカウント管理, the part about members (R13)."""

from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.e2e.test_main_job import (
    form,
    import_customer,
    join,
)
from tests.product import Browser, Product

CODE, DOMAIN = "ME-1", "members.example"


@dataclass(frozen=True)
class Company:
    """A company with its owner and one of the staff, both signed in."""

    owner: Browser
    staff: Browser


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Company:
    import_customer(product, tmp_path_factory.mktemp("company"), CODE, DOMAIN, limit=30)
    owner = await join(product, form(DOMAIN, CODE, "owner"))
    return Company(owner, await join(product, form(DOMAIN, CODE, "staff")))


async def test_r13_staff_sees_the_members_but_no_seats(desk: Any, company: Company) -> None:
    async with desk(width=PHONE) as staff:
        await staff.take_session(company.staff)
        await staff.open("/account")
        await staff.page.get_by_role("button", name="アカウントメニュー").click()
        await staff.press("社内アカウント管理")
        await staff.sees("社内アカウント管理")
        await staff.reads(f"owner@{DOMAIN}")
        await expect(staff.page.get_by_text("利用者数")).to_have_count(0)
        assert await staff.find_faults() == []


async def test_r13_an_owner_comes_to_the_members_after_the_sign_in(
    desk: Any, company: Company
) -> None:
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.page.goto(f"{owner.product.origin}/sign-in")
        await owner.sees("社内アカウント管理")
        await owner.reads("利用者数")
        assert await owner.find_faults() == []
        await owner.fill(q="ｓｔａｆｆ")
        await owner.reads("1名が該当します")
        await owner.page.reload()
        await owner.reads("1名が該当します")
        await owner.fill(q="だれでもない")
        await owner.press("条件を解除")
        await expect(owner.page.get_by_role("row")).to_have_count(3)
