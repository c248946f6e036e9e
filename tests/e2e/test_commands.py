"""Commands beside a running product."""

import asyncio
import json
import smtplib
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.e2e.test_main_job import form, join
from tests.product import Product, running


def test_parked_messages_are_listed_and_sent_again(product: Product) -> None:
    id = product.query(
        "insert into membership.outbox "
        "(id, queue, name, payload, request_id, parked_at, failure) values "
        "(gen_random_uuid(), 'notifier', 'notifier.no_such', '{}', '', now(), 'broken') "
        "returning id"
    ).splitlines()[0]
    listed = product.command("messages", "parked")
    assert id in listed.stdout
    assert id in {
        one["id"] for one in json.loads(product.command("messages", "parked", "--json").stdout)
    }
    assert "broken" in listed.stdout
    released = product.command("messages", "release", "membership", id, "--by", "Sato")
    assert released.returncode == 0
    logged = json.loads(released.stderr)
    assert (logged["by"], logged["message_id"]) == ("sato", id)
    assert product.command("messages", "release", "membership", id).returncode == 1
    product.query(f"delete from membership.outbox where id = '{id}'")


async def test_a_trial_clock_moves_all_three_services(tmp_path: Path) -> None:
    async with running(tmp_path / "state", TRIAL_CLOCK="on") as product:
        assert "TRIAL_CLOCK=on" in product.output.read_text(), "the command warns"
        moved = product.command("clock", "advance", "13h")
        assert moved.returncode == 0, moved.stderr
        for schema in ("auth", "membership", "notifier"):
            assert product.query(f"select ahead from {schema}.clock") == "13:00:00"
        assert product.command("clock", "advance", "soon").returncode == 2


async def test_commands_without_trial_clock_use_a_moved_clock_too(tmp_path: Path) -> None:
    """Only the run has TRIAL_CLOCK=on; the command is run as from another terminal, in Japan."""
    async with running(tmp_path / "state", TRIAL_CLOCK="on") as product:
        beside = Product(tmp_path / "state")
        moved = beside.command("clock", "advance", "800d")
        assert moved.returncode == 0, moved.stderr
        now = product.query(
            "set zaiseki.trial_clock to 'on';"
            " select membership.clock_now() at time zone 'Asia/Tokyo'"
        )
        today = date.fromisoformat(now[:10])
        code = product.query("select code from membership.customers order by code limit 1")
        raised = ("seats", "raise", code, "20", "--until")
        over = beside.command(*raised, f"{today - timedelta(days=1)}")
        assert (over.returncode, over.stderr) == (1, "The date has already passed.\n")
        assert beside.command(*raised, f"{today}").returncode == 0
        at = product.query("select at::text from membership.audit_log order by at desc limit 1")
        assert abs(date.fromisoformat(at[:10]) - today) <= timedelta(days=1)
        assert beside.command(*raised, "9999-12-31").stderr.endswith("after this one.\n")


async def test_mailbox_and_commands_show_days_of_the_runs_time_zone(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state", TIME_ZONE="Pacific/Kiritimati") as product:
        id = product.query(
            "insert into membership.outbox (id, queue, name, payload, request_id, parked_at,"
            " failure) values (gen_random_uuid(), 'notifier', 'notifier.no_such', '{}', '',"
            " '2026-11-30T10:00:00Z', 'broken') returning id"
        ).splitlines()[0]
        listed = Product(tmp_path / "state").command("messages", "parked").stdout
        assert f"{id}  notifier.no_such  2026-12-01 00:00  broken" in listed
        host, port = product.run["smtp"].removeprefix("smtp://").split(":")
        with smtplib.SMTP(host, int(port)) as smtp:
            smtp.sendmail("a@b.example", ["c@d.example"], b"Subject: now\r\n\r\ntext\r\n")
        [mail] = await product.mails()
        there = datetime.fromisoformat(mail["Created"]).astimezone(ZoneInfo("Pacific/Kiritimati"))
        assert f">{there:%Y-%m-%d %H:%M}:" in await product.fetch_mailbox("/")


async def test_mails_show_times_of_the_runs_time_zone(tmp_path: Path) -> None:
    async with running(tmp_path / "state", TIME_ZONE="Pacific/Kiritimati") as product:
        body = form("zone.example", "Z-1")
        asked = await product.browser().post("/api/membership/registrations", body)
        assert asked.status == 202, asked.text
        mail = await product.mail("taro@zone.example", "メールアドレスの確認")
        assert "（UTC+14）\n" in mail["Text"]


def test_a_command_says_that_no_product_runs(tmp_path: Path) -> None:
    idle = Product(tmp_path / "nothing")
    done = idle.command("messages", "parked")
    assert done.returncode == 1
    assert done.stderr.startswith("Nothing runs in ")


def test_a_faulty_file_changes_no_row_and_every_fault_is_named(
    product: Product, tmp_path: Path
) -> None:
    """R1: all rows are imported or none; each fault has its cell, column and reason."""
    file = tmp_path / "bad.csv"
    file.write_text(
        "code,name,name_kana,kind,phone,email_domains,seat_limit\n"
        "BAD-1,Good,,corporation,03-1234-5678,good.example,\n"
        "BAD-2,,,club,12,gmail.com,0\n"
    )
    done = product.command("customers", "import", str(file))
    assert done.returncode == 1
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("B3", "name", "empty"),
        ("D3", "kind", "unknown_kind"),
        ("E3", "phone", "invalid_phone"),
        ("F3", "email_domains", "personal_domain"),
        ("G3", "seat_limit", "invalid_seat_limit"),
    ]
    assert product.query("select count(*) from membership.customers where code like 'BAD%'") == "0"


def test_a_dry_run_lists_new_changed_and_unchanged_rows(product: Product, tmp_path: Path) -> None:
    """R1: in short on the terminal, and completely in the report."""
    file, report = tmp_path / "dry.csv", tmp_path / "report.csv"
    head = "code,name,kind,phone,note\n"
    file.write_text(f"{head}DRY-1,One,法人,0300000001,x\nDRY-2,Two,法人,0300000002,x\n")
    assert product.command("customers", "import", str(file)).returncode == 0
    file.write_text(
        f"{head}DRY-1,One,法人,0300000001,x\nDRY-2,Two,団体,0300000003,x\n"
        'DRY-3,="Three",法人,0300000001,x\n'.replace('="Three"', '"=""Three"""')
    )
    done = product.command("customers", "import", "--dry-run", "--report", str(report), str(file))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "cell\twhat\tcode\tname\tchange",
        "A4\tnew\tDRY-3\tThree\t",
        "A3\tchanged\tDRY-2\tTwo\tkind: corporation → institution, phone: ********02 → ********03",
        "A2\tunchanged\tDRY-1\tOne\t",
        "1 new, 1 changed, 1 unchanged (dry run: nothing was changed)",
    ]
    assert done.stderr.splitlines()[-1] == "Ignored columns: note"
    assert report.read_text(encoding="utf-8-sig").splitlines()[1] == "A4,new,DRY-3,Three,"
    told = json.loads(
        product.command("customers", "import", "--dry-run", "--json", str(file)).stdout
    )
    assert [(one["cell"], one["what"], one["code"]) for one in told] == [
        ("A4", "new", "DRY-3"),
        ("A3", "changed", "DRY-2"),
        ("A2", "unchanged", "DRY-1"),
    ]
    assert told[1]["change"] == {
        "kind": {"before": "corporation", "after": "institution"},
        "phone": {"before": "********02", "after": "********03"},
    }
    assert product.query("select count(*) from membership.customers where code = 'DRY-3'") == "0"


async def test_a_new_company_name_reaches_auth_for_each_member(
    product: Product, tmp_path: Path
) -> None:
    file = tmp_path / "again.csv"
    head = "code,name,name_kana,kind,phone,email_domains,seat_limit\n"
    row = "AGAIN-1,{},,corporation,03-0000-0001,again.example,\n"

    def bring_in(name: str) -> str:
        file.write_text(head + row.format(name))
        return product.command("customers", "import", str(file)).stdout

    assert bring_in("Old").startswith("1 new")
    assert bring_in("Old").endswith("1 unchanged\n")
    browser = await join(product, form("again.example", "AGAIN-1"))
    assert bring_in("New").startswith("0 new, 1 changed")
    async with asyncio.timeout(10):
        while (await browser.get("/api/auth/session")).body["customer"]["name"] != "New":
            await asyncio.sleep(0.05)


def test_a_check_beside_a_running_product_finds_no_fault(product: Product) -> None:
    done = product.command("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 5 + 7 + 9
    assert product.command("migrate", "--dry-run").stdout == (
        "auth: nothing to run\nmembership: nothing to run\nnotifier: nothing to run\n"
    )
