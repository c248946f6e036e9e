"""Departments, files and reset mails of a company (B15 to B17): over HTTP, with the real mails."""

from base64 import b64encode
from pathlib import Path

from tests.e2e.test_company_accounts import PERSON, members
from tests.e2e.test_main_job import PASSWORD, form, import_customer, join
from tests.product import Product, token_in

FILE = """姓,名,フリガナ,メールアドレス,権限,部署,役職,言語
佐藤,花子,サトウ ハナコ,hanako@details.example,管理者,営業部,課長,
"""
NEW = "a passphrase that hanako chose"


async def test_b15_b16_b17_from_a_file_to_a_reset_that_a_colleague_asked_for(
    product: Product, tmp_path: Path
) -> None:
    """R8: the link goes only to the stored address, and names the person who asked."""
    import_customer(product, tmp_path, "D-1", "details.example", limit=3)
    owner = await join(product, form("details.example", "D-1"))
    path = "/api/membership/company"
    body = {"file": b64encode(FILE.encode("cp932")).decode()}
    checked = await owner.post(f"{path}/invitation-file", {**body, "dry_run": True})
    assert (checked.body["faults"], checked.body["seats"]) == ([], {"needed": 1, "free": 2})
    sent = await owner.post(f"{path}/invitation-file", body)
    assert sent.status == 201, sent.text

    email = "hanako@details.example"
    token = token_in(await product.mail(email, "招待"))
    hanako = product.browser()
    shown = await hanako.post("/api/membership/invitations/preview", {"token": token})
    known = {**shown.body["person"], "phone": PERSON["phone"]}
    accepted = await hanako.post("/api/membership/invitations/accept", {"token": token, **known})
    first = {"token": accepted.body["password_token"], "password": PASSWORD}
    assert (await hanako.post("/api/auth/password-reset/confirm", first)).status == 204

    row = (await members(owner))[email]
    assert (row["family_name"], row["department"], row["job_title"]) == ("佐藤", "営業部", "課長")
    details = {"department": "総務部"}
    changed = await owner.send("PATCH", f"{path}/members/{row['id']}/details", details)
    assert changed.status == 200, changed.text
    saved = await owner.get(f"{path}/member-file?department=総務部")
    assert "佐藤 花子" in saved.text
    assert "総務部,課長" in saved.text

    asked = await owner.post(f"{path}/members/{row['id']}/password-reset")
    assert (asked.status, asked.body) == (202, {"status": "requested"})
    again = await owner.post(f"{path}/members/{row['id']}/password-reset")
    assert (again.status, again.code) == (429, "too_many_mails_to_address")
    mail = await product.mail(email, "パスワード再設定")
    assert "会社の代表者（" in mail["Text"]
    reset = {"token": token_in(mail), "password": NEW}
    assert (await hanako.post("/api/auth/password-reset/confirm", reset)).status == 204
    assert (await hanako.sign_in(email, PASSWORD)).status == 401
    assert (await hanako.sign_in(email, NEW)).status == 200
