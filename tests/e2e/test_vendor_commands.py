"""An operator helps a customer by commands, beside a running product."""

import json
from pathlib import Path

from tests.e2e.test_main_job import form, import_customer, join, register
from tests.product import Product

UNKNOWN = "018f0000-0000-7000-8000-000000000000"


async def test_r15_r16_an_operator_suspends_resumes_and_deletes_an_account(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "V-1", "vendor.example")
    browser = await join(product, form("vendor.example", "V-1"))
    [masked] = json.loads(product.command("members", "show", "v-1", "--json").stdout)
    assert masked["email"] == "t***@vendor.example"
    assert (masked["name"], masked["role"], masked["state"]) == ("山* t*", "owner", "active")
    for half in (["--called"], ["--reason", "forgot_address"], ["--called", "--reason", "bored"]):
        assert product.command("members", "show", "V-1", *half).returncode == 2
    for more in ([], ["--called", "--reason", "forgot_address"]):
        unknown = product.command("members", "show", "V-1", "--member", UNKNOWN, *more)
        assert (unknown.returncode, unknown.stdout) == (1, "")
        assert unknown.stderr == "The customer has no such member.\n"
    full = product.command(
        "members", "show", "V-1", "--called", "--reason", "forgot_address", "--by", "Sato"
    )
    heads, row = full.stdout.splitlines()
    assert heads.split() == [
        "ID", "ADDRESS", "NAME", "ROLE", "STATE", "LAST", "USED", "SUSPENDED", "FOR", "NOTE",
    ]  # fmt: skip
    assert heads.index("ADDRESS") == row.index("taro@vendor.example")
    who = ("V-1", "taro@vendor.example")

    refused = product.command("members", "suspend", *who, "--note", "two\nlines")
    assert (refused.returncode, refused.stdout) == (2, "")
    suspended = product.command(
        "members", "suspend", *who, "--reason", "misuse", "--note", "電話 03-0000 で確認"
    )
    assert suspended.stdout == "The account is suspended.\n", suspended.stderr
    [told] = json.loads(product.command("members", "show", "V-1", "--json").stdout)
    assert (told["state"], told["reason"]) == ("suspended", "misuse")
    assert told["note"] == "電話 03-0000 で確認"
    assert (await browser.get("/api/membership/me")).status == 401
    asked = product.command("members", "resume", *who)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "Call 株式会社V-1 back on its registered number 0300000001" in asked.stderr
    assert product.command("members", "resume", *who, "--called").stdout == (
        "The account is active.\n"
    )
    assert product.command("members", "delete", *who, "--called").stdout == (
        "The account is closed.\n"
    )
    written = product.query(
        "select h.handle, subject, action, reason from membership.audit_log"
        " join membership.customers c on c.id = customer_id"
        " join membership.handles h on h.id = actor_id"
        " where c.code = 'V-1' and source = 'operator' order by number"
    )
    assert written.splitlines() == [
        "tester|company|members_listed|",
        "sato|member|revealed|forgot_address,after_call",
        "tester|member|suspended|misuse",
        "tester|company|members_listed|",
        "tester|company|phone_shown|",
        "tester|member|resumed|after_call",
        "tester|member|deleted|after_call",
    ]
    handles = json.loads(product.command("audit", "handles", "--json").stdout)
    assert [one["handle"] for one in handles] == ["sato", "tester"]
    verified = product.command("audit", "verify")
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.endswith(" entries, 0 breaks.\n")


async def test_r3_an_operator_approves_a_waiting_registration_after_a_call(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "V-2", "waits.example")
    body = form("waits.example", "V-2", customer_phone="03-9999-9999")
    await register(product, product.browser(), body)
    listed = json.loads(product.command("approvals", "list", "--json").stdout)
    row = next(one for one in listed if one["email"] == "t***@waits.example")
    assert (row["customer"], row["reasons"], row["name"]) == ("V-2", "phone_mismatch", "山* t*")
    assert product.command("approvals", "approve", "V-2", row["id"]).returncode == 1
    assert product.command("approvals", "show", "V-2", row["id"]).returncode == 1
    shown = product.command("approvals", "show", "V-2", row["id"], "--called")
    assert "山田 taro" in shown.stdout
    assert "taro@waits.example" in shown.stdout
    revealed = product.query(
        "select reason from membership.audit_log where action = 'revealed'"
        f" and target_id = '{row['id']}'"
    )
    assert revealed == "approval,after_call"
    done = product.command("approvals", "approve", "V-2", row["id"], "--called")
    assert done.returncode == 0, done.stderr
    again = product.command("approvals", "reject", "V-2", row["id"], "--called")
    assert again.stderr.startswith("It has already been decided")
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
    assert (past.returncode, past.stderr) == (1, "The date has already passed.\n")
    unknown = product.command("seats", "set", "V-404", "12")
    assert (unknown.returncode, unknown.stderr) == (1, "No customer has this code.\n")


def test_b6_an_operators_command_without_a_name_is_refused(
    product: Product, tmp_path: Path
) -> None:
    import_customer(product, tmp_path, "V-4", "named.example")
    before = product.query("select count(*) from membership.audit_log")
    for command in (
        ["members", "show", "V-4"],
        ["seats", "set", "V-4", "12"],
        ["approvals", "list"],
    ):
        for by in ("", "佐藤", "a b", "x" * 33):
            refused = product.command(*command, "--by", by)
            assert (refused.returncode, refused.stdout) == (2, "")
    assert product.query("select count(*) from membership.audit_log") == before
    imported = "select count(*) from membership.audit_log a join membership.handles h"
    imported += " on h.id = a.actor_id where action = 'imported' and h.handle = 'tester'"
    assert int(product.query(imported)) >= 1
