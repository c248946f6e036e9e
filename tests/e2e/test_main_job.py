"""The main journey through gateway, queue and mail."""

import re
from pathlib import Path
from typing import Any

from tests.product import Browser, Product, code_in, token_in

PASSWORD = "correct horse battery staple"
NEW_PASSWORD = "an entirely different sentence"

CUSTOMERS = """\
お客様コード,会社名,フリガナ,区分,電話番号,メールドメイン,アカウント上限
{code},{name},カブシキガイシャ,法人,03-0000-0001,{domain},{limit}
"""


def form(domain: str, code: str, person: str = "taro", **fields: str) -> dict[str, str]:
    return {
        "customer_code": code,
        "customer_phone": "03-0000-0001",
        "family_name": "山田",
        "given_name": person,
        "family_name_kana": "ヤマダ",
        "given_name_kana": "",
        "email": f"{person}@{domain}",
        "phone": "090-0000-0001",
        **fields,
    }


def import_customer(
    product: Product, tmp_path: Path, code: str, domain: str, limit: int = 10
) -> None:
    file = tmp_path / f"{code}.csv"
    name = f"株式会社{code}"
    file.write_text(CUSTOMERS.format(code=code, name=name, domain=domain, limit=limit))
    done = product.command("customers", "import", str(file))
    assert done.returncode == 0, done.stdout + done.stderr


async def register(product: Product, browser: Browser, body: dict[str, str]) -> dict[str, Any]:
    """Register and confirm; the answer to the confirmation."""
    reply = await browser.post("/api/membership/registrations", body)
    assert reply.status == 202, reply.text
    mail = await product.mail(body["email"], "メールアドレスの確認")
    confirmed = await browser.post(
        "/api/membership/registrations/confirm", {"token": token_in(mail)}
    )
    assert confirmed.status == 200, confirmed.text
    answer: dict[str, Any] = confirmed.body
    return answer


async def join(product: Product, body: dict[str, str], password: str = PASSWORD) -> Browser:
    """Register, confirm, set the password, sign in, pass the presence check."""
    browser = product.browser()
    answer = await register(product, browser, body)
    assert answer["status"] == "approved", answer
    first = {"token": answer["password_token"], "password": password}
    reply = await browser.post("/api/auth/password-reset/confirm", first)
    assert reply.status == 204, reply.text
    await pass_check(product, browser, body["email"], password)
    return browser


async def pass_check(
    product: Product, browser: Browser, email: str, password: str, *, count: int = 1
) -> None:
    reply = await browser.sign_in(email, password)
    assert reply.body == {"next": "presence_check"}, reply.text
    code = code_in(await product.mail(email, "在席確認", count=count))
    passed = await browser.post("/api/auth/presence-check/answer", {"code": code})
    assert passed.body == {"next": "done"}, passed.text


async def test_r1_r2_r5_r7_r8_r9_the_main_job(product: Product, tmp_path: Path) -> None:
    import_customer(product, tmp_path, "M-1", "main.example")
    body = form("main.example", "M-1")
    browser = await join(product, body)

    me = (await browser.get("/api/membership/me")).body
    assert (me["email"], me["role"], me["state"]) == ("taro@main.example", "owner", "active")
    members = (await browser.get("/api/membership/company/members")).body
    assert [member["email"] for member in members["items"]] == ["taro@main.example"]
    company = (await browser.get("/api/membership/company")).body
    assert (company["seats"]["used"], company["seats"]["limit"]) == (1, 10)

    known = await product.browser().post("/api/auth/password-reset", {"email": body["email"]})
    unknown = await product.browser().post("/api/auth/password-reset", {"email": "x@y.example"})
    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert set(known.headers) == set(unknown.headers)

    mail = await product.mail(body["email"], "パスワード再設定")
    reset = {"token": token_in(mail), "password": NEW_PASSWORD}
    assert (await product.browser().post("/api/auth/password-reset/confirm", reset)).status == 204
    assert (await browser.get("/api/auth/session")).status == 401, "old sessions have ended"
    assert (await browser.get("/api/membership/me")).status == 401
    assert (await browser.sign_in(body["email"], PASSWORD)).status == 401
    await pass_check(product, browser, body["email"], NEW_PASSWORD, count=2)
    assert (await browser.get("/api/membership/me")).status == 200


async def test_r9_the_link_is_opened_on_a_phone_and_its_number_typed(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "M-2", "phone.example")
    body = form("phone.example", "M-2")
    browser = await join(product, body)
    await browser.send("DELETE", "/api/auth/session")

    assert (await browser.sign_in(body["email"], PASSWORD)).body == {"next": "presence_check"}
    assert (await browser.get("/api/membership/me")).status == 401, "held in each service"
    number = (await browser.get("/api/auth/presence-check")).body["number"]
    token = token_in(await product.mail(body["email"], "在席確認", count=2))
    confirm = {"token": token, "number": number}
    phone = product.browser()
    assert (await phone.post("/api/auth/presence-check/confirm", confirm)).status == 204
    assert (await browser.get("/api/auth/presence-check")).body["state"] == "confirmed"
    assert (await browser.post("/api/auth/presence-check/answer", {})).body == {"next": "done"}
    assert (await browser.get("/api/membership/me")).status == 200


async def test_r1_known_and_unknown_addresses_register_alike(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "M-3", "alike.example")
    body = form("alike.example", "M-3")
    await join(product, body)
    stranger = form("alike.example", "M-3", "jiro")
    known = await product.browser().post("/api/membership/registrations", body)
    unknown = await product.browser().post("/api/membership/registrations", stranger)
    nowhere = await product.browser().post(
        "/api/membership/registrations", form("nowhere.example", "no such customer")
    )
    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert (known.status, known.body) == (nowhere.status, nowhere.body)
    told = await product.mail(body["email"], "新規登録のお申し込み")
    assert "#token=" not in told["Text"], "the account's holder gets a notice without a link"


async def test_r3_r5_a_registration_that_does_not_match_waits(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "M-4", "wait.example", limit=1)
    await join(product, form("wait.example", "M-4"))
    waiting = [
        form("wait.example", "M-4", "full"),
        form("wait.example", "wrong-code", "code"),
        form("wait.example", "M-4", "phone", customer_phone="03-9999-9999"),
        form("gmail.com", "M-4", "personal.zaiseki"),
    ]
    for body in waiting:
        answer = await register(product, product.browser(), body)
        assert answer == {"status": "awaiting_approval"}, body


async def test_r3_the_owner_is_told_of_each_member_who_joined(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "M-5", "joined.example")
    owner = form("joined.example", "M-5")
    await join(product, owner)
    second = await join(product, form("joined.example", "M-5", "hanako"))
    assert (await second.get("/api/membership/me")).body["role"] == "staff"
    told = await product.mail(owner["email"], "社内アカウントの追加")
    assert "hanako@joined.example" in told["Text"]


async def test_r8_no_log_dump_or_broker_contains_a_secret_afterwards(
    product: Product, tmp_path: Path
) -> None:
    """ASVS-16.2.5: mailed, typed and cookie secrets are nowhere in clear."""
    import_customer(product, tmp_path, "M-6", "secret.example")
    body = form("secret.example", "M-6")
    await join(product, body)
    await product.browser().post("/api/auth/password-reset", {"email": body["email"]})
    await product.mail(body["email"], "パスワード再設定")
    mails = await product.mails(body["email"])
    secrets = [PASSWORD]
    for mail in mails:
        if "#token=" in mail["Text"]:
            secrets.append(token_in(mail))
    secrets.append(code_in(await product.mail(body["email"], "在席確認")))
    assert len(secrets) >= 5
    places = {
        "logs": product.logs(),
        "output": product.output.read_text(),
        "database": product.dump_database(),
        "broker": product.dump_broker(),
    }
    found = [
        place
        for place, text in places.items()
        for secret in secrets
        # Six digits occur by chance inside of ids and times.
        if re.search(rf"(?<![0-9A-Za-z.-]){re.escape(secret)}(?![0-9A-Za-z-])", text)
    ]
    assert found == []
    assert all("secret.example" in places[place] for place in ("database", "logs"))


async def test_a22_the_gateway_trusts_no_identity_header_of_a_client(
    product: Product,
) -> None:
    browser = product.browser()
    for spelling in ("Zaiseki-Identity", "zaiseki-identity", "Zaiseki_Identity"):
        reply = await browser.get("/api/membership/me", **{spelling: "a.b.c"})
        assert reply.status == 401
    reply = await browser.get("/api/membership/me", Connection="close, Zaiseki-Identity")
    assert reply.status == 401
    for inside in ("/api/auth/forward", "/api/auth/metrics", "/api/membership/health/ready"):
        assert (await browser.get(inside)).status == 404
