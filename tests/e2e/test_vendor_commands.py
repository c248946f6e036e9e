"""Helping a customer by commands, beside a running product."""

from pathlib import Path

from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import Product


async def test_r15_r16_an_account_is_suspended_resumed_and_deleted(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "V-1", "vendor.example")
    browser = await join(product, form("vendor.example", "V-1"))
    shown = product.command("members", "show", "v-1")
    assert shown.stdout.splitlines()[0] == "株式会社V-1\t0300000001\t1 accounts"
    assert "taro@vendor.example\towner\tactive" in shown.stdout
    who = ("V-1", "taro@vendor.example")

    refused = product.command("members", "suspend", *who, "--note", "two\nlines")
    assert (refused.returncode, refused.stdout) == (2, "")
    suspended = product.command(
        "members", "suspend", *who, "--reason", "misuse", "--note", "電話 03-0000 で確認"
    )
    assert suspended.stdout == "The account is suspended.\n", suspended.stderr
    [told] = product.command("members", "show", "V-1").stdout.splitlines()[1:]
    assert told.split("\t")[2::3] == ["suspended", "misuse"]
    assert told.endswith("\t電話 03-0000 で確認")
    assert (await browser.get("/api/membership/me")).status == 401
    asked = product.command("members", "resume", *who)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "Call 株式会社V-1 back on 0300000001" in asked.stderr
    assert product.command("members", "resume", *who, "--called").stdout == (
        "The account is active.\n"
    )
    assert product.command("members", "delete", *who, "--called").stdout == (
        "The account is closed.\n"
    )
    written = product.query(
        "select source, action, reason from membership.audit_log join membership.customers c"
        " on c.id = customer_id where c.code = 'V-1' and source = 'operator' order by number"
    )
    assert written.splitlines() == [
        "operator|suspended|misuse", "operator|resumed|after_call", "operator|deleted|after_call",
    ]  # fmt: skip
    verified = product.command("audit", "verify")
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.endswith(" entries, 0 breaks.\n")


async def test_r3_what_waits_for_the_vendor_is_permitted_after_a_call(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "V-2", "waits.example")
    body = form("waits.example", "V-2", customer_phone="03-9999-9999")
    await register(product, product.browser(), body)
    row = next(
        line.split("\t")
        for line in product.command("approvals", "list").stdout.splitlines()
        if "taro@waits.example" in line
    )
    assert row[2:] == ["V-2", "phone_mismatch", "山田 taro", "taro@waits.example"]
    assert product.command("approvals", "approve", "V-2", row[0]).returncode == 1
    done = product.command("approvals", "approve", "V-2", row[0], "--called")
    assert done.returncode == 0, done.stderr
    again = product.command("approvals", "reject", "V-2", row[0], "--called")
    assert again.stderr.startswith("It was decided already")
    await product.mail("taro@waits.example", "新規登録の承認のお知らせ")


def test_r5_a_limit_is_set_and_raised(product: Product, tmp_path: Path) -> None:
    import_customer(product, tmp_path, "V-3", "seats.example")
    assert product.command("seats", "set", "V-3", "12").stdout == "The limit is 12.\n"
    raised = product.command("seats", "raise", "V-3", "20", "--until", "2099-03-31")
    assert raised.stdout == "The limit is 20 until the end of 2099-03-31.\n"
    limits = "select seat_limit, raised_limit, raised_until at time zone 'Asia/Tokyo'"
    assert product.query(f"{limits} from membership.customers where code = 'V-3'") == (
        "12|20|2099-04-01 00:00:00"
    )
    past = product.command("seats", "raise", "V-3", "20", "--until", "2020-03-31")
    assert (past.returncode, past.stderr) == (1, "The date is over already.\n")
    unknown = product.command("seats", "set", "V-404", "12")
    assert (unknown.returncode, unknown.stderr) == (1, "No customer has this code.\n")
