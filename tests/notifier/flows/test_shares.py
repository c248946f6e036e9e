"""A slow domain delays only its own mails; new mails and retries do not delay each other."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from services.notifier.flows import mail_delivery
from services.notifier.flows.context import Context
from services.notifier.flows.shares import Shares
from services.notifier.mail.connection import Limits
from shared.crypto import new_id
from tests.conftest import TestDatabase
from tests.notifier.conftest import Keys, lease, make_due, process, sending, until_states
from tests.notifier.smtp_server import SmtpDouble
from tests.notifier.test_domain import MAIL

HOLDING = Limits(greeting=60, reply=60, contents=60, first=60)
"""Nothing ends by itself: what arrives first is first because it did not have to wait."""


async def accept(context: Context, keys: Keys, addresses: Sequence[str]) -> None:
    async with context.db.transaction("test") as connection:
        for address in addresses:
            message = keys.message(to=address)
            await mail_delivery.accept(context, connection, new_id(), message, request_id="r")


async def tried_before(context: Context, keys: Keys, addresses: Sequence[str]) -> None:
    """Mails that failed once and are due again; they expire before new ones."""
    await accept(context, keys, addresses)
    await lease(context)
    await make_due(context)


async def test_a_slow_domain_leaves_half_of_the_connections_to_others(
    database: TestDatabase, keys: Keys, smtp: SmtpDouble
) -> None:
    """Sixteen mails to a slow domain, each slower than this test, and one to another domain."""
    async with process(database.dsn("notifier"), keys, smtp.at, limits=HOLDING) as context:
        await accept(context, keys, [f"taro{n}@slow.example" for n in range(16)])
        async with sending(context):
            await smtp.held(2)
            await accept(context, keys, ["hanako@example.jp"])
            await smtp.heard(1)
            assert smtp.recipients == ["hanako@example.jp"]
            assert len(smtp.waiting) == 2
            smtp.released.set()
            await until_states(context.db, *["accepted"] * 17, seconds=20)


async def test_retries_to_many_slow_domains_do_not_delay_a_new_mail(
    database: TestDatabase, keys: Keys, smtp: SmtpDouble
) -> None:
    """Only their first tries do; the patient retries get half of the connections."""
    limits = replace(HOLDING, first=0.05)
    async with process(database.dsn("notifier"), keys, smtp.at, limits=limits) as context:
        await accept(context, keys, [f"taro@slow{n}.example" for n in range(16)])
        async with sending(context):
            await smtp.held(16)
            await make_due(context)
            await smtp.held(18)
            await accept(context, keys, ["hanako@example.jp"])
            await smtp.heard(1)
            assert smtp.recipients == ["hanako@example.jp"]
            smtp.released.set()


async def test_retries_do_not_delay_new_mails(
    database: TestDatabase, keys: Keys, smtp: SmtpDouble
) -> None:
    async with process(database.dsn("notifier"), keys, smtp.at, limits=HOLDING) as context:
        await tried_before(context, keys, [f"taro@slow{n}.example" for n in range(16)])
        await accept(context, keys, [f"hanako{n}@example{n}.jp" for n in range(4)])
        async with sending(context):
            await smtp.heard(4)
            assert sorted(smtp.recipients) == [f"hanako{n}@example{n}.jp" for n in range(4)]
            assert len(smtp.waiting) == 2
            smtp.released.set()


async def test_new_mails_do_not_delay_retries(
    database: TestDatabase, keys: Keys, smtp: SmtpDouble
) -> None:
    async with process(database.dsn("notifier"), keys, smtp.at) as context:
        await tried_before(context, keys, ["taro@again.example", "jiro@again.example"])
        await accept(context, keys, [f"hanako{n}@example{n}.jp" for n in range(40)])
        async with sending(context):
            await until_states(context.db, *["accepted"] * 42, seconds=20)
    assert {"taro@again.example", "jiro@again.example"} <= set(smtp.recipients[:10])


@pytest.mark.parametrize("connections", [1, 2, 3, 4, 7, 64])
def test_the_shares_of_any_number_of_connections(connections: int) -> None:
    """Half for one domain, half for retries; with one connection they take turns."""
    shares, half = Shares(connections), max(1, connections // 2)
    new = [replace(MAIL, to_address=f"a@b{n}.jp") for n in range(connections)]
    again = [replace(mail, attempt=2) for mail in new]
    assert shares.free(new[1:])
    assert not shares.free(new)
    assert shares.turns(again[:half]) == [False]
    assert shares.turns([]) == [False, True]
    shares.begun(new[0])
    assert shares.turns([]) == [True, False]
    assert shares.without([MAIL] * (half - 1)) == []
    assert shares.without([MAIL] * half) == ["example.jp"]


def test_the_kind_with_fewer_connections_is_next() -> None:
    shares, again = Shares(8), replace(MAIL, attempt=2)
    assert shares.turns([MAIL, MAIL, again]) == [True, False]
    assert shares.turns([MAIL, again, again]) == [False, True]
