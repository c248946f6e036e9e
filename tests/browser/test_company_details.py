"""部署・役職, invitations from a file, and the reset mail for a colleague, on their pages."""

from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.e2e.test_main_job import form, import_customer, join
from tests.product import Browser, Product

CODE, DOMAIN = "CD-1", "company-details.example"
HEADS = "姓,名,フリガナ,メールアドレス,権限,部署,役職,備考\r\n"


@dataclass(frozen=True)
class Company:
    """A company with its owner, who is signed in, and one of the staff."""

    owner: Browser
    staff: str


@pytest_asyncio.fixture(scope="module")
async def company(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Company:
    import_customer(product, tmp_path_factory.mktemp("details"), CODE, DOMAIN, limit=4)
    owner = await join(product, form(DOMAIN, CODE, "owner"))
    await join(
        product,
        form(DOMAIN, CODE, "hana", family_name="花田", given_name="花", department="営業部"),
    )
    members = (await owner.get("/api/membership/company/members?q=hana")).body["items"]
    return Company(owner, members[0]["id"])


async def test_b15_b17_an_owner_edits_details_and_has_a_reset_mail_sent(
    desk: Any, company: Company, product: Product
) -> None:
    async with desk() as owner:
        await owner.take_session(company.owner)
        await owner.open(f"/members/{company.staff}")
        await owner.press("花田 花 さんの部署・役職を変更")
        await owner.fill(job_title="課長")
        assert await owner.find_faults() == []
        await owner.press("はい、変更する")
        await owner.reads("部署・役職を変更しました")
        await owner.reads("営業部 課長")
        await owner.press("花田 花 さんにパスワード再設定メールを送信")
        assert await owner.find_faults() == []
        await owner.press("はい、送信する")
        await owner.reads("パスワード再設定メールをお送りしました")
        mail = await product.mail(f"hana@{DOMAIN}", "パスワード再設定")
        assert "の依頼により" in mail["Text"]

        await owner.open("/members")
        await owner.page.locator("#department").select_option("営業部")
        await owner.reads("1名が該当します")
        assert await owner.find_faults() == []
        async with owner.page.expect_download() as saving:
            await owner.press("一覧をCSVで保存")
        saved = await (await saving.value).path()
        lines = saved.read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].startswith("氏名,フリガナ,メールアドレス")
        assert [line.split(",")[4:6] for line in lines[1:]] == [["営業部", "課長"]]


@pytest.mark.parametrize("width", [1280, PHONE])
async def test_b16_a_file_is_corrected_and_then_sent(
    desk: Any, company: Company, product: Product, width: int
) -> None:
    """The table names the cells as Excel does; nothing is sent before the press."""

    def csv(*rows: str) -> dict[str, Any]:
        data = (HEADS + "\r\n".join(rows)).encode("cp932")
        return {"name": "招待.csv", "mimeType": "text/csv", "buffer": data}

    email = f"new{width}@{DOMAIN}"
    async with desk(width=width) as owner:
        await owner.take_session(company.owner)
        await owner.open("/members/invitations")
        await owner.press("CSVでまとめて招待")
        await owner.sees("CSVでまとめて招待")
        bad = csv(f"田中,花子,タナカ ハナコ,{email},部長,,,", "佐藤,,,sato@,,,,")
        await owner.page.locator("#file").set_input_files(bad)
        await owner.reads("直すところが2か所あります")
        for text in ("E2", "D3", "sato@", "読み込まない列：備考"):
            await owner.reads(text)
        assert await owner.find_faults() == []
        await expect(owner.page.get_by_role("button", name="に招待を送信")).to_have_count(0)
        good = csv(f"田中,花子,タナカ ハナコ,{email},一般,営業部,係長,")
        await owner.page.locator("#file").set_input_files(good)
        await owner.reads("席を1名分使います")
        assert await owner.find_faults() == []
        await owner.press("1名に招待を送信")
        await owner.reads("1名に招待を送信しました")
        assert await product.mail(email, "招待")


async def test_b15_members_enter_their_own_details(desk: Any, company: Company) -> None:
    async with desk(width=PHONE) as owner:
        await owner.take_session(company.owner)
        await owner.open("/account")
        await owner.page.locator("#change-details").click()
        await owner.fill(department="経営企画本部", job_title="本部長")
        assert await owner.find_faults() == []
        await owner.press("保存")
        await owner.reads("経営企画本部 本部長")
