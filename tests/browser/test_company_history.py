"""The activity log, the seat ledger and the printed guide of 社内アカウント管理 (B3, B6)."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.browser.conftest import PHONE, Desk
from tests.browser.test_invitation import INVITATIONS
from tests.e2e.test_company_accounts import members, suspend
from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import Browser, Product

CODE, DOMAIN = "HI-1", "history.example"


@dataclass(frozen=True)
class Company:
    """A company with its owner, signed in, and some history."""

    owner: Browser
    invited: str


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: Any) -> Company:
    import_customer(product, tmp_path_factory.mktemp("history"), CODE, DOMAIN, limit=3)
    owner = await join(product, form(DOMAIN, CODE, "owner", given_name="太郎"))
    await register(product, product.browser(), form(DOMAIN, CODE, "leaver", given_name="去子"))
    id = (await members(owner))[f"leaver@{DOMAIN}"]["id"]
    assert (await suspend(owner, id, reason="on_leave")).status in (200, 202)
    listed = product.command("members", "show", CODE)
    assert listed.returncode == 0, listed.stderr
    raised = product.command("seats", "set", CODE, "5")
    assert raised.returncode == 0, raised.stdout + raised.stderr
    reply = await owner.post(INVITATIONS, {"invitations": [{"email": f"new@{DOMAIN}"}]})
    assert reply.status == 201, reply.text
    return Company(owner, reply.body["invitations"][0]["id"])


def entry(person: Desk, text: str) -> Locator:
    return person.page.get_by_role("row").filter(has_text=text)


async def test_b6_the_owner_reads_who_did_what_and_what_the_vendor_looked_at(
    desk: Any, company: Company
) -> None:
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/audit-log")
        suspended = entry(owner, "アカウントを停止した").first
        for words in ("山田 太郎", "代表者", "山田 去子", "休職・休業"):
            await expect(suspended).to_contain_text(words)
        await expect(entry(owner, "招待した").first).to_contain_text(f"new@{DOMAIN}")
        await expect(entry(owner, "社内アカウントの一覧を見た")).to_contain_text("弊社担当者")
        assert await owner.find_faults() == []
        await owner.page.get_by_label("人", exact=True).select_option("弊社担当者")
        await expect(suspended).to_be_hidden()
        await expect(entry(owner, "アカウントの上限を変更した")).to_contain_text("5名")
        await owner.page.reload()
        await owner.reads("アカウントの上限を変更した")
        await expect(suspended).to_be_hidden()
        await owner.page.get_by_label("開始日").fill("2030-01-01")
        await owner.reads("条件に合う操作はありません。")
        assert await owner.find_faults() == []
        await owner.press("条件を解除")
        await expect(suspended).to_be_visible()


async def test_b6_the_file_of_the_log_is_for_people(desk: Any, company: Company) -> None:
    async with desk(width=PHONE) as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/audit-log")
        assert await owner.find_faults() == []
        async with owner.page.expect_download() as downloading:
            await owner.press("CSVで書き出す")
        download = await downloading.value
        text = Path(await download.path()).read_bytes().decode("utf-8")
        await owner.reads("を保存しました")
        await expect(entry(owner, "操作履歴を書き出した")).to_be_visible()
    assert download.suggested_filename.startswith("操作履歴-")
    assert text.startswith("\ufeff番号,日時,操作した人,")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    suspended = next(row for row in rows if row["操作"] == "アカウントを停止した")
    assert (suspended["操作した人"], suspended["対象"]) == ("山田 太郎", "山田 去子")
    assert suspended["理由・補足"] == "休職・休業"


async def test_b3_the_ledger_says_how_each_seat_came_and_went(desk: Any, company: Company) -> None:
    async with desk(language="en", dark=True) as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/seats")
        await owner.reads("1 active, 1 suspended and 1 open invitation: 3 in all.")
        await expect(entry(owner, "Limit changed")).to_contain_text("Vendor staff")
        await expect(entry(owner, f"new@{DOMAIN}")).to_contain_text("山田 太郎")
        await expect(entry(owner, "Joined").first).to_contain_text("山田 去子")
        assert await owner.find_faults() == []


async def test_the_guide_for_a_new_colleague_is_printed_without_the_page_around_it(
    product: Product, desk: Any, company: Company
) -> None:
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/invitations")
        await entry(owner, f"new@{DOMAIN}").get_by_role("link", name="案内").click()
        await owner.sees("ログインの案内")
        await expect(owner.page.locator("#reader")).to_have_value(f"new@{DOMAIN}")
        guide = owner.page.get_by_role("article")
        await expect(guide).to_contain_text(f"new@{DOMAIN}")
        await expect(guide).to_contain_text(f"{product.origin}/")
        assert await owner.find_faults() == []
        await owner.page.get_by_label("案内の言語").select_option("English")
        await expect(guide).to_contain_text("What the presence check is")
        await owner.page.emulate_media(media="print")
        await expect(guide).to_be_visible()
        for around in ("navigation", "banner", "contentinfo", "button"):
            await expect(owner.page.get_by_role(around)).to_have_count(0)


async def test_b6_a_long_log_goes_on_with_earlier_entries(desk: Any, company: Company) -> None:
    for number in range(50):
        reply = await company.owner.send(
            "PATCH", "/api/membership/me", {"phone": f"03-0000-10{number:02}"}
        )
        assert reply.status == 200, reply.text
    async with desk(width=PHONE) as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/audit-log")
        await expect(entry(owner, "基本情報を変更した")).to_have_count(50)
        await expect(entry(owner, "アカウントを停止した")).to_have_count(0)
        await owner.press("以前の操作")
        await expect(entry(owner, "アカウントを停止した")).to_be_visible()
        await expect(entry(owner, "基本情報を変更した")).to_have_count(50)
        await expect(owner.page.get_by_role("button", name="以前の操作")).to_have_count(0)
