"""A company manages its members (R3, R5, R10 to R18): over HTTP, with mails and the real auth."""

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

from tests.e2e.test_main_job import PASSWORD, form, import_customer, join, pass_check
from tests.product import Browser, Product, token_in

PERSON = {
    "family_name": "鈴木",
    "given_name": "一郎",
    "family_name_kana": "スズキ",
    "given_name_kana": "イチロウ",
    "phone": "090-1111-2222",
}


async def members(browser: Browser) -> dict[str, dict[str, Any]]:
    """The company's members, by address."""
    reply = await browser.get("/api/membership/company/members")
    assert reply.status == 200, reply.text
    return {item["email"]: item for item in reply.body["items"]}


async def invite(
    product: Product, owner: Browser, email: str, role: str = "staff", person: Any = PERSON
) -> Browser:
    """Invite a person, who accepts by the mailed link and signs in."""
    body = {"invitations": [{"email": email, "role": role}]}
    reply = await owner.post("/api/membership/company/invitations", body)
    assert reply.status == 201, reply.text
    token = token_in(await product.mail(email, "招待"))
    browser = product.browser()
    shown = await browser.post("/api/membership/invitations/preview", {"token": token})
    assert shown.body["email"] == email
    accepted = await browser.post("/api/membership/invitations/accept", {"token": token, **person})
    assert accepted.body["status"] == "approved", accepted.text
    first = {"token": accepted.body["password_token"], "password": PASSWORD}
    assert (await browser.post("/api/auth/password-reset/confirm", first)).status == 204
    await pass_check(product, browser, email, PASSWORD)
    return browser


async def suspend(owner: Browser, id: str, **card: Any) -> Any:
    path = f"/api/membership/company/members/{id}/suspend"
    return await owner.post(path, {"reason": "left", **card})


async def test_r3_r5_r14_r15_r17_r18_from_the_invitation_to_the_deletion(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "C-1", "accounts.example", limit=3)
    owner = await join(product, form("accounts.example", "C-1"))
    email = "suzuki.zaiseki@gmail.com"
    staff = await invite(product, owner, email)
    company = (await owner.get("/api/membership/company")).body
    assert company["seats"]["used"] == 2
    assert "invite" in company["may"]

    row = (await members(owner))[email]
    assert "suspend" in row["may"]
    card = {"notes": {"member": "総務部にご連絡ください。"}}
    reply = await suspend(owner, row["id"], **card)
    assert (reply.status, reply.body["state"]) == (200, "suspended")
    assert (await staff.get("/api/auth/session")).status == 401, "suspended once the answer is 200"
    assert (await staff.get("/api/membership/me")).status == 401
    told = await staff.sign_in(email, PASSWORD)
    assert (told.status, told.code) == (401, "account_suspended")
    assert told.body["card"]["note"] == "総務部にご連絡ください。"
    assert (await staff.sign_in(email, "a wrong password of theirs")).code == "invalid_credentials"

    done = product.command("members", "resume", "C-1", email, "--called")
    assert done.returncode == 0, done.stdout + done.stderr
    await product.mail(email, "再開")
    await pass_check(product, staff, email, PASSWORD, count=2)

    path = f"/api/membership/company/members/{row['id']}"
    assert (await owner.send("PATCH", path, {"role": "admin"})).status == 200
    assert (await staff.get("/api/auth/session")).body["role"] == "admin"
    assert "phone" in (await members(staff))[email]
    deleted = await owner.send("DELETE", path)
    assert (deleted.status, deleted.body["state"]) == (200, "closed")
    assert (await staff.get("/api/membership/me")).status == 401
    assert (await staff.sign_in(email, PASSWORD)).code == "invalid_credentials"
    await product.mail(email, "削除")
    assert email not in await members(owner)

    log = (await owner.get("/api/membership/company/audit-log")).body["items"]
    tags = {f"{entry['source']}:{entry['subject']}:{entry['action']}" for entry in log}
    assert {
        "owner:invitation:sent", "visitor:member:joined", "owner:member:suspended",
        "operator:member:resumed", "owner:role:changed", "owner:member:deleted",
    } <= tags  # fmt: skip


async def test_r18_no_session_works_after_the_answer_200(product: Product, tmp_path: Path) -> None:
    """ASVS-7.4.2: three browsers send requests constantly; after the 200 all are refused."""
    import_customer(product, tmp_path, "C-2", "instant.example")
    owner = await join(product, form("instant.example", "C-2"))
    email = "hanako@instant.example"
    staff = [await join(product, form("instant.example", "C-2", "hanako"))]
    for count in (2, 3):
        staff.append(product.browser())
        await pass_check(product, staff[-1], email, PASSWORD, count=count)
    id = (await members(owner))[email]["id"]
    let_in: list[float] = []
    over = asyncio.Event()

    async def ask(browser: Browser, path: str) -> None:
        while not over.is_set():
            began = time.monotonic()
            if (await browser.get(path)).status == 200:
                let_in.append(began)

    asking = [
        asyncio.create_task(ask(browser, path))
        for browser in staff
        for path in ("/api/auth/session", "/api/membership/me")
    ]
    await asyncio.sleep(0.5)
    assert (await suspend(owner, id)).status == 200
    answered = time.monotonic()
    await asyncio.sleep(1)
    over.set()
    await asyncio.gather(*asking)
    assert let_in, "they were signed in before"
    assert [began for began in let_in if began > answered] == []


async def test_r18_without_auths_worker_the_answer_is_202_and_the_list_shows_it(
    product: Product, tmp_path: Path
) -> None:
    """The worker is frozen and continued; the pending message arrives by itself."""
    import_customer(product, tmp_path, "C-3", "away.example")
    owner = await join(product, form("away.example", "C-3"))
    staff = await join(product, form("away.example", "C-3", "hanako"))
    id = (await members(owner))["hanako@away.example"]["id"]
    worker = product.pid("auth-worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        reply = await suspend(owner, id)
        assert (reply.status, reply.body["state"]) == (202, "suspending")
        assert (await members(owner))["hanako@away.example"]["state"] == "suspending"
        assert (await staff.get("/api/membership/me")).code == "account_not_active"
    finally:
        os.kill(worker, signal.SIGCONT)
    async with asyncio.timeout(30):
        while (await members(owner))["hanako@away.example"]["state"] != "suspended":
            await asyncio.sleep(0.1)
    assert (await staff.get("/api/auth/session")).status == 401
