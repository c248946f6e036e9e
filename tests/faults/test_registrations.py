"""200 people register while every worker dies in turn and the broker is emptied and killed.

P1 and P2 of the promises: each applicant gets a mail, repeated mails have the same link, and each
confirmed applicant has exactly one account.
"""

import asyncio
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_main_job import CUSTOMERS
from tests.product import Product, running, token_in

PEOPLE = 2000 if os.environ.get("LONG") else 200
DOMAIN = "faults.example"
WORKERS = ("membership-worker", "notifier-worker", "auth-worker")


def form(number: int) -> dict[str, str]:
    return {
        "customer_code": "F-1",
        "customer_phone": "0300000001",
        "family_name": "社員",
        "given_name": f"番号{number}",
        "family_name_kana": "",
        "given_name_kana": "",
        "email": f"person{number}@{DOMAIN}",
        "phone": f"090{number:08d}",
    }


async def disturb(product: Product, done: asyncio.Event) -> int:
    """Kill each worker in turn, empty the broker, kill the broker; the number of faults."""
    faults = 0
    while not done.is_set():
        for name in (*WORKERS, "valkey"):
            with product.redis() as broker:
                broker.flushall()
            await product.kill(name)
            faults += 2
            await asyncio.sleep(0.3)
    return faults


async def register_all(product: Product) -> None:
    browser = product.browser()
    for number in range(PEOPLE):
        reply = await browser.post("/api/membership/registrations", form(number))
        assert reply.status == 202, reply.text
        await asyncio.sleep(0.02)


async def mails_by_person(product: Product) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mail in await product.mails():
        found[mail["To"][0]["Address"]].append(mail)
    return found


@pytest.fixture
def customer_file(tmp_path: Path) -> Path:
    file = tmp_path / "customers.csv"
    file.write_text(CUSTOMERS.format(code="F-1", name="株式会社障害", domain=DOMAIN, limit=10_000))
    return file


async def test_p1_p2_each_registration_takes_effect_exactly_once(
    tmp_path: Path, customer_file: Path
) -> None:
    async with running(tmp_path / "state", RATE_LIMITS="off") as product:
        assert product.command("customers", "import", str(customer_file)).returncode == 0
        done = asyncio.Event()
        disturbing = asyncio.create_task(disturb(product, done))
        await register_all(product)
        done.set()
        assert await disturbing >= 8

        async with asyncio.timeout(60 + PEOPLE / 5):
            while len(await mails_by_person(product)) < PEOPLE:
                await asyncio.sleep(0.5)

        browser = product.browser()
        for number in range(PEOPLE):
            mails = await product.mails(form(number)["email"])
            tokens = {token_in(mail) for mail in mails}
            assert len(tokens) == 1, "a repeated mail has the same link"
            assert len({mail["MessageID"] for mail in mails}) == 1
            confirm = {"token": tokens.pop()}
            reply = await browser.post("/api/membership/registrations/confirm", confirm)
            assert reply.status in (200, 202), reply.text
            assert reply.body["status"] in ("approved", "opening")

        counted = product.query(
            "select (select count(*) from membership.members), "
            "(select count(*) from auth.accounts), "
            "(select count(distinct email) from auth.accounts)"
        )
        assert counted == f"{PEOPLE}|{PEOPLE}|{PEOPLE}"
        async with asyncio.timeout(60):
            while product.query(UNCONFIRMED) != "0":
                await asyncio.sleep(0.5)


UNCONFIRMED = """
    select (select count(*) from membership.outbox where confirmed_at is null)
         + (select count(*) from auth.outbox where confirmed_at is null)
"""
