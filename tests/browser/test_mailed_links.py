"""Every link that a mail carries opens the page that its mail speaks of."""

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.notifier.mail.render import TEMPLATES
from tests.browser.conftest import PHONE
from tests.browser.test_email_change import change
from tests.browser.test_invitation import invite, owner_of
from tests.e2e.test_company_accounts import members
from tests.e2e.test_main_job import form, join, register
from tests.product import Browser, Product

PAGES = {
    "account_move": "アカウントの再作成",
    "account_move_requested": "アカウント再作成の取り消し",
    "email_change_confirmation": "新しいメールアドレスの確認",
    "email_change_requested": "メールアドレス変更の取り消し",
    "invitation": "社内アカウントへのご招待",
    "password_reset": "パスワードの設定",
    "password_reset_asked": "パスワードの設定",
    "registration_approved": "パスワードの設定",
    "registration_confirmation": "登録の確認",
}
"""The heading of the page, by the mail's template."""
ELSEWHERE = {"presence_check"}
"""`test_presence_mail` walks its page."""


async def approve(product: Product, owner: Browser, body: dict[str, str]) -> dict[str, Any]:
    """The mail of a registration with a personal address that the owner approved."""
    body = body | {"email": "personal.mailed.zaiseki@gmail.com"}
    waiting = await register(product, product.browser(), body)
    assert waiting["status"] == "awaiting_approval"
    (one,) = (await owner.get("/api/membership/company/approvals")).body["items"]
    path = f"/api/membership/company/approvals/{one['id']}/approve"
    assert (await owner.post(path, {})).status == 204
    return await product.mail(body["email"], "新規登録の承認")


@pytest_asyncio.fixture(scope="module")
async def mails(
    product: Product, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """One mail of each template, in one company."""
    folder: Path = tmp_path_factory.mktemp("mailed")
    domain = "mailed.example"
    owner = await owner_of(product, folder, domain, "L-1")
    await join(product, form(domain, "L-1", "jiro"))
    await product.browser().post("/api/membership/registrations", form(domain, "L-1", "newcomer"))
    jiro = (await members(owner))[f"jiro@{domain}"]["id"]
    moved = {"email": f"jiro.new@{domain}"}
    await owner.send("PUT", f"/api/membership/company/members/{jiro}/email", moved)
    await owner.send("POST", f"/api/membership/company/members/{jiro}/password-reset")
    await product.browser().post("/api/auth/password-reset", {"email": f"taro@{domain}"})
    confirming, stopping = await change(product, owner, f"taro@{domain}", f"taro.new@{domain}")
    return {
        "account_move": await product.mail(f"jiro.new@{domain}", "再作成のご案内"),
        "account_move_requested": await product.mail(f"jiro@{domain}", "再作成の受付"),
        "email_change_confirmation": confirming,
        "email_change_requested": stopping,
        "password_reset": await product.mail(f"taro@{domain}", "パスワード再設定のご案内"),
        "password_reset_asked": await product.mail(f"jiro@{domain}", "パスワード再設定のご案内"),
        "registration_approved": await approve(product, owner, form(domain, "L-1", "personal")),
        "invitation": await invite(product, owner, f"guest@{domain}"),
        "registration_confirmation": await product.mail(
            f"newcomer@{domain}", "メールアドレスの確認"
        ),
    }


@pytest.mark.parametrize("template", sorted(PAGES))
async def test_the_link_of_a_mail_opens_its_page(
    desk: Any, mails: dict[str, dict[str, Any]], template: str
) -> None:
    async with desk(width=PHONE) as reader:
        await reader.open_mailed(mails[template])
        await reader.sees(PAGES[template])
        assert "#" not in reader.page.url
        await reader.page.reload()
        await reader.sees(PAGES[template])


def test_every_mail_with_a_link_has_its_page() -> None:
    linked = {
        path.parent.parent.name
        for path in TEMPLATES.glob("*/*/body.txt")
        if "{{ link(" in path.read_text()
    }
    assert linked == PAGES.keys() | ELSEWHERE
