"""Commands of an operator in a run with a moved clock act at the moved time.

They are run as from another terminal, without TRIAL_CLOCK.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.e2e.test_main_job import form, import_customer, register
from tests.product import Product, running

JAPAN = ZoneInfo("Asia/Tokyo")
ON = "set zaiseki.trial_clock to 'on';"


def times(product: Product, statement: str) -> list[datetime]:
    """All times of the only row of a query."""
    [row] = product.query(statement).splitlines()
    return [datetime.fromisoformat(f"{cell}:00") for cell in row.split("|")]


def now(product: Product) -> datetime:
    """The moved time, from the database."""
    return times(product, f"{ON} select membership.clock_now()")[0]


async def test_r3_r5_an_approval_and_a_raised_limit_have_the_moved_time(
    tmp_path: Path,
) -> None:
    async with running(tmp_path / "state", TRIAL_CLOCK="on") as product:
        beside = Product(tmp_path / "state")
        import_customer(beside, tmp_path, "V-9", "moved.example")
        body = form("moved.example", "V-9", customer_phone="03-9999-9999")
        await register(product, product.browser(), body)
        id = product.query("select id from membership.registrations where state = 'waiting'")
        moved = beside.command("clock", "advance", "30h")
        assert moved.returncode == 0, moved.stderr

        began = now(product)
        approved = beside.command("approvals", "approve", "V-9", id, "--called")
        assert approved.returncode == 0, approved.stderr
        until = began.astimezone(JAPAN).date() + timedelta(days=1)
        raised = beside.command("seats", "raise", "V-9", "20", "--until", f"{until}")
        assert raised.returncode == 0, raised.stderr
        ended = now(product)

        written = [
            f"select decided_at from membership.registrations where id = '{id}'",
            "select created_at, first_password_expires_at - interval '7 days'"
            " from membership.members where email = 'taro@moved.example'",
            f"select at from membership.audit_log where target_id = '{id}' and action = 'approved'",
            "select at from membership.audit_log where action = 'limit_changed'",
            "select at from membership.seat_movements where kind = 'limit_raised'",
        ]
        for statement in written:
            for at in times(product, statement):
                assert began <= at <= ended, statement
        [until_of_ledger] = times(
            product, "select until from membership.seat_movements where kind = 'limit_raised'"
        )
        assert until_of_ledger.astimezone(JAPAN).date() == until + timedelta(days=1)

        mail = await product.mail("taro@moved.example", "新規登録の承認のお知らせ")
        found = re.search(r"期限：(\d+)年(\d+)月(\d+)日（.）(\d+):(\d+)", mail["Text"])
        assert found, mail["Text"]
        year, month, day, hour, minute = map(int, found.groups())
        ends = datetime(year, month, day, hour, minute, tzinfo=JAPAN) - timedelta(days=7)
        assert began - timedelta(minutes=1) < ends <= ended


async def test_a_moment_before_the_moved_time_is_not_in_the_future(tmp_path: Path) -> None:
    async with running(tmp_path / "state", TRIAL_CLOCK="on") as product:
        beside = Product(tmp_path / "state")
        assert beside.command("clock", "advance", "30h").returncode == 0
        import_customer(beside, tmp_path, "V-8", "since.example")
        since = now(product) - timedelta(minutes=10)
        exported = beside.command("audit", "export", "--since", since.isoformat())
        assert exported.returncode == 0, exported.stderr
        assert "imported" in exported.stdout
        later = (since + timedelta(hours=1)).isoformat()
        refused = beside.command("audit", "export", "--since", later)
        assert (refused.returncode, refused.stdout) == (2, "")
