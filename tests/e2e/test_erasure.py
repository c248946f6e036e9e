"""A deleted member's data are nowhere in the database (R11, T15)."""

import asyncio
import base64
import re
from pathlib import Path
from typing import Any

from tests.e2e.test_main_job import PASSWORD, form, import_customer, join
from tests.product import Browser, Product, token_in

SEEN = ("鬼瓦", "権左衛門", "オニガワラ", "ゴンザエモン")
CHANGED = "権之助"
PHONES = ("08098765432", "080-9876-5432")
FIRST, SECOND = "onigawara-first", "onigawara-second"


async def live(product: Product, domain: str, code: str) -> Browser:
    """A member who joined, and changed name and address since."""
    body = form(
        domain, code, FIRST, family_name=SEEN[0], given_name=SEEN[1], family_name_kana=SEEN[2],
        given_name_kana=SEEN[3], phone=PHONES[1],
    )  # fmt: skip
    browser = await join(product, body)
    await done(browser, "PATCH", "/me", {"given_name": CHANGED})
    await done(browser, "PUT", "/me/email", {"email": f"{SECOND}@{domain}"})
    mail = await product.mail(f"{SECOND}@{domain}", "メールアドレス")
    await done(browser, "POST", "/me/email/confirm", {"token": token_in(mail)})
    return browser


async def done(browser: Browser, method: str, path: str, body: Any = None) -> Any:
    reply = await browser.send(method, f"/api/membership{path}", body)
    assert reply.status < 300, (path, reply.text)
    return reply.body


def found(product: Product, domain: str) -> list[str]:
    """The person's data that are found in the database, in any encoding."""
    dump = product.dump_database().lower()
    words = [*SEEN, CHANGED, *PHONES, FIRST, SECOND, f"{FIRST}@{domain}", f"{SECOND}@{domain}"]
    return [word for word in words if any(spelled in dump for spelled in spellings(word))]


def spellings(word: str) -> set[str]:
    """A text as it is, as pg_dump's bytea, escaped in JSON, and in base64 at any offset."""
    data = word.encode()
    inside = {
        base64.b64encode(bytes(shift) + data)[4 if shift else 0 : -4].decode().lower()
        for shift in range(3)
    }
    escaped = re.sub(r"[^\x00-\x7f]", lambda mark: f"\\u{ord(mark[0]):04x}", word)
    return {word.lower(), data.hex(), escaped.lower(), *inside}


async def until_gone(product: Product, domain: str) -> None:
    """Wait until the outbox is confirmed, and the farewell mail sent and emptied."""
    await product.mail(f"{SECOND}@{domain}", "アカウント削除のお知らせ")
    left = ["everything"]
    for _ in range(100):
        left = found(product, domain)
        if not left:
            return
        await asyncio.sleep(0.2)
    assert left == []


async def test_r11_an_owner_deletes_a_member(product: Product, tmp_path: Path) -> None:
    domain = "erased-by-owner.example"
    import_customer(product, tmp_path, "E-1", domain)
    owner = await join(product, form(domain, "E-1", "owner"))
    browser = await live(product, domain, "E-1")
    members = (await done(owner, "GET", "/company/members"))["items"]
    id = next(one["id"] for one in members if one["email"] == f"{SECOND}@{domain}")
    await done(owner, "PATCH", f"/company/members/{id}", {"role": "admin"})
    invited = {"invitations": [{"email": f"friend@{domain}"}]}
    await done(browser, "POST", "/company/invitations", invited)
    await done(owner, "POST", f"/company/members/{id}/suspend", {"reason": "left"})
    resumed = product.command("members", "resume", "E-1", f"{SECOND}@{domain}", "--called")
    assert resumed.returncode == 0, resumed.stderr
    reset = {"email": f"{SECOND}@{domain}"}
    await product.browser().post("/api/auth/password-reset", reset)
    await product.mail(f"{SECOND}@{domain}", "パスワード再設定")
    assert SEEN[0] in found(product, domain), "before the deletion the search finds it"

    await done(owner, "DELETE", f"/company/members/{id}")
    await until_gone(product, domain)
    assert product.command("audit", "verify").returncode == 0
    left = (await done(owner, "GET", "/company/members"))["items"]
    assert [one["email"] for one in left] == [f"owner@{domain}"]
    entries = (await done(owner, "GET", "/company/audit-log"))["items"]
    assert {one["target_name"] for one in entries if one["target_id"] == id} == {None}


async def test_r11_a_member_deletes_their_own_account(product: Product, tmp_path: Path) -> None:
    domain = "erased-by-self.example"
    import_customer(product, tmp_path, "E-2", domain)
    owner = await join(product, form(domain, "E-2", "owner"))
    browser = await live(product, domain, "E-2")
    await done(browser, "DELETE", "/me")
    await until_gone(product, domain)
    assert product.command("audit", "verify").returncode == 0
    assert (await done(owner, "GET", "/me"))["email"] == f"owner@{domain}"
    assert (await browser.sign_in(f"{SECOND}@{domain}", PASSWORD)).status == 401
