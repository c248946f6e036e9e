"""Signing in at the customers' site, with the presence check (R8, R9, R18)."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, WIDE
from tests.e2e.test_main_job import PASSWORD, form, import_customer, join
from tests.product import Product, code_in


async def member(product: Product, folder: Path, domain: str, code: str) -> str:
    """The first member of a company of their own; the address."""
    import_customer(product, folder, code, domain)
    await join(product, form(domain, code))
    return str(form(domain, code)["email"])


@pytest.mark.parametrize("width", [WIDE, PHONE])
async def test_a_member_signs_in_with_the_code_of_the_mail(
    product: Product, desk: Any, tmp_path: Path, width: int
) -> None:
    email = await member(product, tmp_path, f"sign-in-{width}.example", f"S-{width}")
    async with desk(width=width) as taro:
        await taro.open("/")
        await taro.press("ログイン")
        await taro.sees("ログイン")
        assert await taro.find_faults() == []
        await taro.fill(email=email, password="wrong but long enough")
        await taro.page.keyboard.press("Enter")
        await taro.reads("ログインできません")
        assert await taro.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        await taro.fill(password=PASSWORD)
        await taro.page.keyboard.press("Enter")
        await taro.sees("在席確認")
        assert await taro.find_faults() == []
        mail = await product.mail(email, "在席確認", count=2)  # joining was asked as well
        await taro.fill(code=" " + "-".join(code_in(mail)))
        await taro.page.keyboard.press("Enter")
        await expect(taro.page.get_by_role("button", name="アカウントメニュー")).to_be_visible()
        await taro.page.reload()
        await expect(taro.page.get_by_role("button", name="アカウントメニュー")).to_be_visible()


async def test_the_empty_form_says_what_is_missing_and_leads_there(desk: Any) -> None:
    async with desk(language="en") as visitor:
        await visitor.open("/sign-in")
        await visitor.page.get_by_role("button", name="Sign in").click()
        await visitor.page.get_by_role("link", name="Enter your email address.").click()
        assert await visitor.page.evaluate("document.activeElement.id") == "email"
        assert await visitor.page.title() == "Error: Sign in | Zaiseki"
        assert await visitor.find_faults() == []
