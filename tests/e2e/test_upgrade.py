"""An upgrade of the first release's database: accounts and messages keep working."""

import asyncio
import base64
from pathlib import Path

import asyncpg

from shared.contracts.registry import SERVICES
from shared.crypto import Sealer
from tests.deployment import Deployment
from tests.e2e.first_release import PASSWORD, Tokens, build
from tests.e2e.test_main_job import pass_check
from tests.product import ASKED_AT_EVERY_SIGN_IN, Browser, Product, running

_TABLES = """
    select schemaname || '.' || tablename from pg_tables
    where schemaname in ('auth', 'membership', 'notifier')
"""


async def test_every_table_of_the_first_release_has_a_row(deployment: Deployment) -> None:
    await build(deployment, _sealer(deployment))
    names = deployment.execute(_TABLES).splitlines()
    assert len(names) == 29
    assert [
        name for name in names if deployment.execute(f"select count(*) from {name}") == "0"
    ] == []


async def test_after_an_upgrade_from_the_first_release_accounts_and_messages_work(
    deployment: Deployment, tmp_path: Path
) -> None:
    tokens = await build(deployment, _sealer(deployment))
    names = (
        "PRESENCE_KEYS",
        "ADDRESS_KEY",
        "MAIL_KEYS_DIR",
        "MAIL_PUBLIC_KEY",
        "FIRST_PASSWORD_KEY",
    )
    given = {name: deployment.environment[name] for name in names}
    databases = {f"{name.upper()}_DATABASE_URL": deployment.dsn(name) for name in SERVICES}
    async with running(
        tmp_path / "state",
        DATABASE_URL=deployment.owner_dsn,
        **given, **databases, **ASKED_AT_EVERY_SIGN_IN,
    ) as product:  # fmt: skip
        await _sessions_and_passwords_are_still_good(product, tokens)
        owner = product.browser()
        await pass_check(product, owner, "hanako@first.example", PASSWORD)
        await _the_company_is_there(owner)
        await _links_in_mails_work(product, owner, tokens)
        await _messages_go_on(product, deployment)
        done = product.command("audit", "verify")
        assert done.returncode == 0, done.stderr


async def _sessions_and_passwords_are_still_good(product: Product, tokens: Tokens) -> None:
    port = product.origin.rpartition(":")[2]
    signed_in = product.browser()
    cookie = {"Cookie": f"session_{port}={tokens.session}"}
    me = await signed_in.get("/api/membership/me", **cookie)
    assert (me.status, me.body["email"]) == (200, "hanako@first.example"), me.text
    wrong = await product.browser().sign_in("hanako@first.example", "another long password")
    assert wrong.status == 401


async def _the_company_is_there(owner: Browser) -> None:
    company = (await owner.get("/api/membership/company")).body
    assert (company["name"], company["seats"]["used"]) == ("株式会社最初", 3)
    members = (await owner.get("/api/membership/company/members?q=ヤマダ")).body["items"]
    assert [one["email"] for one in members] == ["taro@first.example"], "the search finds it"


async def _links_in_mails_work(product: Product, owner: Browser, tokens: Tokens) -> None:
    fresh = "an entirely different sentence"
    for email, token in (
        ("taro@first.example", tokens.reset),
        ("jiro@first.example", tokens.first_password),
    ):
        async with asyncio.timeout(20):  # until auth has received the account from the outbox
            while True:
                body = {"token": token, "password": fresh}
                reply = await product.browser().post("/api/auth/password-reset/confirm", body)
                if reply.status in (202, 204):
                    break
                await asyncio.sleep(0.2)
        signed_in = await product.browser().sign_in(email, fresh)
        assert signed_in.body == {"next": "presence_check"}, signed_in.text
    confirmed = await product.browser().post(
        "/api/membership/registrations/confirm", {"token": tokens.registration}
    )
    assert confirmed.body["status"] == "approved", confirmed.text
    [waiting] = (await owner.get("/api/membership/company/approvals")).body["items"]
    approved = await owner.post(f"/api/membership/company/approvals/{waiting['id']}/approve", {})
    assert approved.status == 204, approved.text


async def _messages_go_on(product: Product, deployment: Deployment) -> None:
    await product.mail("hanako@first.example", "パスワード")
    await product.mail("taro@first.example", "登録")
    waits = "request_id like 'first-%' and confirmed_at is null"
    left = " union all ".join(f"select name from {one}.outbox where {waits}" for one in SERVICES)
    async with asyncio.timeout(30):
        while deployment.execute(left):
            await asyncio.sleep(0.2)
    connection = await asyncpg.connect(deployment.owner_dsn)
    try:
        rows = await connection.fetch(
            "select email, presence_missed_at, last_used_at is not null as used"
            " from membership.members where email in ('hanako@first.example', 'taro@first.example')"
        )
    finally:
        await connection.close()
    members = {row["email"]: row for row in rows}
    assert list(members["hanako@first.example"]["presence_missed_at"]) == [], "already done"
    assert members["taro@first.example"]["used"]


def _sealer(deployment: Deployment) -> Sealer:
    return Sealer(base64.b64decode(deployment.environment["MAIL_PUBLIC_KEY"]))
