"""Requests of a thief's session end when the session is no longer trusted (R5, R7, R9, R10, R14,
R17; A38)."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.test_company_accounts import PERSON, invite, members, suspend
from tests.e2e.test_main_job import (
    NEW_PASSWORD,
    PASSWORD,
    form,
    import_customer,
    join,
    pass_check,
)
from tests.product import Browser, Product, token_in
from tests.replies import Reply

CHANGE = "/api/membership/me/email"


async def reset(product: Product, email: str) -> Reply:
    """The account's holder resets the password from the mailbox."""
    await product.browser().post("/api/auth/password-reset", {"email": email})
    token = token_in(await product.mail(email, "パスワード再設定"))
    body = {"token": token, "password": NEW_PASSWORD}
    return await product.browser().post("/api/auth/password-reset/confirm", body)


async def steal(product: Product, email: str, new_email: str) -> str:
    """A thief who knows password and code requests another address; the token of the link in the
    thief's own mailbox."""
    thief = product.browser()
    await pass_check(product, thief, email, PASSWORD, count=2)
    reply = await thief.send("PUT", CHANGE, {"email": new_email})
    assert (reply.status, reply.body) == (202, {"status": "requested"})
    return token_in(await product.mail(new_email, "新しいメールアドレスの確認"))


async def confirm(product: Product, token: str) -> Reply:
    return await product.browser().post(f"{CHANGE}/confirm", {"token": token})


async def deny(product: Product, email: str) -> Reply:
    """Answer 「心当たりがありません」 to the mail about the thief's sign-in."""
    token = token_in(await product.mail(email, "在席確認", count=2))
    return await product.browser().post("/api/auth/presence-check/deny", {"token": token})


@pytest.mark.parametrize("end", ["reset", "deny", "change", "suspend"])
async def test_a_thiefs_change_of_address_ends_with_the_session(
    product: Product, tmp_path: Path, end: str
) -> None:
    domain, code = f"{end}-distrust.example", f"D-{end}"
    import_customer(product, tmp_path, code, domain)
    owner = await join(product, form(domain, code))
    victim = await join(product, form(domain, code, "hanako"))
    email, stolen = f"hanako@{domain}", f"thief@{domain}"
    token = await steal(product, email, stolen)
    id = (await members(owner))[email]["id"]
    if end == "reset":
        assert (await reset(product, email)).status == 204
    elif end == "deny":
        assert (await deny(product, email)).status == 204
    elif end == "change":
        body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        assert (await victim.send("PUT", "/api/auth/password", body)).status == 204
    else:
        assert (await suspend(owner, id)).status == 200
    reply = await confirm(product, token)
    assert (reply.status, reply.code) == (422, "email_link_invalid")
    assert (await members(owner))[email]["id"] == id
    told = await product.mail(f"taro@{domain}", "手続きの取り消し")
    assert "メールアドレスの変更" in told["Text"]
    log = (await owner.get("/api/membership/company/audit-log")).body["items"]
    assert "change_withdrawn" in {entry["action"] for entry in log}


async def test_without_membership_a_reset_answers_202_and_completes_later(
    product: Product, tmp_path: Path
) -> None:
    """The pending message arrives by itself."""
    import_customer(product, tmp_path, "D-away", "distrust-away.example")
    await join(product, form("distrust-away.example", "D-away"))
    email = "taro@distrust-away.example"
    token = await steal(product, email, "thief@distrust-away.example")
    worker = product.pid("membership-worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        reply = await reset(product, email)
        assert (reply.status, reply.body) == (202, {"status": "withdrawing"})
    finally:
        os.kill(worker, signal.SIGCONT)
    await product.mail(email, "手続きの取り消し")
    assert (await confirm(product, token)).code == "email_link_invalid"


async def test_the_notice_at_the_old_address_stops_the_change(
    product: Product, tmp_path: Path
) -> None:
    """R10: opening the link changes nothing; the POST does, without a session."""
    import_customer(product, tmp_path, "D-stop", "distrust-stop.example")
    await join(product, form("distrust-stop.example", "D-stop"))
    email = "taro@distrust-stop.example"
    token = await steal(product, email, "thief@distrust-stop.example")
    notice = await product.mail(email, "メールアドレス変更の受付")
    assert f"{product.origin}/email#token=" in notice["Text"]
    link, reader = {"token": token_in(notice)}, product.browser()
    assert (await reader.post(f"{CHANGE}/preview", link)).body["state"] == "pending"
    assert (await reader.post(f"{CHANGE}/stop", link)).body["state"] == "ended"
    assert (await confirm(product, token)).code == "email_link_invalid"


async def test_an_accomplice_invited_as_owner_is_refused_after_the_demotion(
    product: Product, tmp_path: Path
) -> None:
    """R5, R14, R17: and the seat is free."""
    import_customer(product, tmp_path, "D-demoted", "demoted.example", limit=3)
    owner = await join(product, form("demoted.example", "D-demoted"))
    second = "second@demoted.example"
    accomplice = "accomplice@demoted.example"
    other: Browser = await invite(product, owner, second, role="owner")
    body = {"invitations": [{"email": accomplice, "role": "owner"}]}
    assert (await other.post("/api/membership/company/invitations", body)).status == 201
    link = {"token": token_in(await product.mail(accomplice, "招待"))}
    assert (await owner.get("/api/membership/company")).body["seats"]["used"] == 3

    path = f"/api/membership/company/members/{(await members(owner))[second]['id']}"
    assert (await owner.send("PATCH", path, {"role": "admin"})).status == 200
    visitor = product.browser()
    for act, more in (("preview", {}), ("accept", PERSON)):
        reply = await visitor.post(f"/api/membership/invitations/{act}", {**link, **more})
        assert (reply.status, reply.code) == (422, "invitation_link_invalid")
    assert (await owner.get("/api/membership/company")).body["seats"]["used"] == 2
    told = await product.mail("taro@demoted.example", "手続きの取り消し")
    assert accomplice in told["Text"]
    body = {"invitations": [{"email": "colleague@demoted.example"}]}
    assert (await owner.post("/api/membership/company/invitations", body)).status == 201
