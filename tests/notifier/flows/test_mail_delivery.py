"""The delivery of one mail step by step: with every answer of the server, and with none."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from services.notifier.domain import Outcome
from services.notifier.flows import mail_delivery, mail_retention
from services.notifier.flows.context import Context
from services.notifier.mail.connection import Limits
from services.notifier.storage import attempts, mails
from shared.contracts.notifier import SendMail
from shared.crypto import new_id
from shared.db import Database
from tests.conftest import TestDatabase, advance_clock
from tests.notifier.conftest import (
    Keys,
    lease,
    make_due,
    outcomes,
    process,
    sending,
    states,
    until_states,
)
from tests.notifier.smtp_server import SmtpDouble


async def accept(context: Context, message: SendMail, *, id: UUID | None = None) -> None:
    async with context.db.transaction("test") as connection:
        await mail_delivery.accept(context, connection, id or new_id(), message, request_id="r")


async def test_the_mail_arrives_as_it_was_requested(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """R7"""
    await accept(context, keys.message(locale="en"))
    [mail] = await lease(context)
    assert await mail_delivery.deliver(context, mail) == Outcome("accepted", 250, "2.0.0 queued")
    [received] = smtp.received
    assert (received.sender, received.recipients) == (
        "no-reply@zaiseki.example",
        ["taro@example.jp"],
    )
    assert received.message["Subject"] == "[Zaiseki] Set a new password"
    assert received.message["Message-ID"] == f"<{mail.id}@zaiseki.example>"
    for kind in ("plain", "html"):
        assert "http://localhost:8080/password#token=q8VnE5wKzL2cXbM7" in received.part(kind)
    assert await states(context.db) == ["accepted"]
    assert await outcomes(context.db) == [(1, "accepted", 250)]


async def test_the_delivery_time_is_measured_when_the_server_accepts(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    def measured(what: str) -> float:
        name = f"zaiseki_mail_seconds_{what}"
        return REGISTRY.get_sample_value(name, {"template": "password_reset"}) or 0

    count, total = measured("count"), measured("sum")
    two_minutes_old = UUID(int=new_id().int - (120_000 << 80))
    await accept(context, keys.message(), id=two_minutes_old)
    smtp.rcpt = ["451 4.7.1 come later"]
    for _ in range(2):
        [mail] = await lease(context)
        await mail_delivery.deliver(context, mail)
        await make_due(context)
    assert measured("count") == count + 1
    assert measured("sum") >= total + 120


async def test_an_attempt_is_committed_before_the_mail_is_sent(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    await lease(context)
    assert smtp.connections == 0
    assert await outcomes(context.db) == [(1, None, None)]
    assert await states(context.db) == ["sending"]


async def test_a_crash_between_send_and_mark_sends_the_same_mail_once_more(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """P3, T9: the same Message-ID, the same bytes, the date of the first attempt."""
    await accept(context, keys.message())
    [first] = await lease(context)
    params = mail_delivery._open(context, first.template, first.key_id, first.sealed_params)
    content = context.composer.compose(
        context.renderer.render(params, "ja"),
        id=first.id,
        to=first.to_address,
        at=first.first_attempt_at,
    )
    await context.transport.send(first.to_address, content)  # the process is killed here
    await make_due(context)
    [second] = await lease(context)
    await mail_delivery.deliver(context, second)
    assert [mail.content for mail in smtp.received] == [content, content]
    assert await outcomes(context.db) == [(1, None, None), (2, "accepted", 250)]
    assert await states(context.db) == ["accepted"]


async def test_a_permanent_refusal_ends_the_delivery(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.rcpt = ["550 5.1.1 <taro@example.jp> unknown"]
    await accept(context, keys.message())
    [mail] = await lease(context)
    await mail_delivery.deliver(context, mail)
    await make_due(context)
    assert await lease(context) == []
    async with context.db.connection() as connection:
        row = await connection.fetchrow("select state, code, answer from mails")
    assert row is not None
    assert tuple(row) == ("refused", 550, "5.1.1 <t***@example.jp> unknown")


async def test_a_mail_whose_key_is_missing_waits_for_it(
    context: Context, another_key: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    [mail] = await lease(context)
    await mail_delivery.deliver(another_key, mail)
    assert await states(context.db) == ["key_missing"]
    assert smtp.connections == 0


async def test_an_unreadable_mail_is_refused(context: Context, keys: Keys) -> None:
    await accept(context, keys.message())
    async with context.db.transaction("test") as connection:
        await connection.execute("update mails set sealed_params = 'AAAA'")
    [mail] = await lease(context)
    assert await mail_delivery.deliver(context, mail) == Outcome(
        "unsendable", answer="UnreadableParams"
    )
    assert await states(context.db) == ["refused"]


async def test_a_result_is_saved_as_soon_as_the_database_is_back(
    context: Context, keys: Keys, smtp: SmtpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accept(context, keys.message())
    [mail] = await lease(context)
    transaction, failures = Database.transaction, [OSError("gone"), TimeoutError()]

    def failing(db: Database, name: str) -> object:
        if failures:
            raise failures.pop()
        return transaction(db, name)

    monkeypatch.setattr(Database, "transaction", failing)
    await mail_delivery.deliver(context, mail)
    assert failures == []
    assert await states(context.db) == ["accepted"]
    assert len(smtp.received) == 1


# Perhaps delivered

PATIENT = Limits(greeting=5, reply=5, contents=60, first=5)


@pytest.mark.parametrize("code", [200, 251, 252, 299])
async def test_any_reply_that_begins_with_2_ends_the_delivery(
    context: Context, keys: Keys, smtp: SmtpDouble, code: int
) -> None:
    """Otherwise the recipient would get a copy with each attempt."""
    smtp.rcpt, smtp.data = [f"{code} as you like"], [f"{code} taken"]
    await accept(context, keys.message())
    async with sending(context):
        await until_states(context.db, "accepted")
        await make_due(context)
        await accept(context, keys.message(to="jiro@example.jp"))
        await until_states(context.db, "accepted", "accepted")
    assert smtp.recipients == ["taro@example.jp", "jiro@example.jp"]
    assert await outcomes(context.db) == [(1, "accepted", code), (1, "accepted", 250)]


async def test_a_mail_that_was_perhaps_delivered_is_tried_only_twice_more(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.cut_after_data = 100
    await accept(context, keys.message())
    for _ in range(6):
        for mail in await lease(context):
            await mail_delivery.deliver(context, mail)
        await make_due(context)
    assert len(smtp.received) == 3
    assert len({mail.content for mail in smtp.received}) == 1  # so the same Message-ID too
    assert await states(context.db) == ["unknown"]
    assert await outcomes(context.db) == [(number, "unknown", None) for number in (1, 2, 3)]
    async with context.db.connection() as connection:
        assert await connection.fetchval("select settled_at is not null from mails")


async def test_a_process_that_dies_after_the_contents_leaves_an_unknown_outcome(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """The outcome `unknown` is committed before the contents are sent."""
    smtp.hang_after_data = 3
    await accept(context, keys.message())
    for number in (1, 2, 3):
        [mail] = await lease(context)
        attempt = asyncio.create_task(mail_delivery.deliver(context, mail))
        await smtp.heard(number)
        attempt.cancel()
        await asyncio.wait({attempt})
        await make_due(context)
    assert await outcomes(context.db) == [(number, "unknown", None) for number in (1, 2, 3)]
    assert await lease(context) == []
    await mail_retention.tidy(context)
    assert await states(context.db) == ["unknown"]
    assert len(smtp.received) == 3


async def test_a_mail_perhaps_delivered_and_then_expired_ends_as_unknown(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.cut_after_data = 1
    await accept(context, keys.message(lasts=timedelta(minutes=10)))
    [mail] = await lease(context)
    await mail_delivery.deliver(context, mail)
    await advance_clock(context.db, "10 minutes")
    await mail_retention.tidy(context)
    assert await states(context.db) == ["unknown"]


async def test_a_process_that_was_frozen_does_not_repeat_anothers_delivery(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    [first] = await lease(context)
    await make_due(context)  # its lease ends while the process is frozen
    [second] = await lease(context)
    await mail_delivery.deliver(context, second)
    await mail_delivery.deliver(context, first)
    assert len(smtp.received) == 1
    assert await states(context.db) == ["accepted"]
    assert await outcomes(context.db) == [(1, "later", None), (2, "accepted", 250)]


@pytest.mark.parametrize("renewed", [True, False])
async def test_while_one_process_waits_for_an_answer_no_other_sends(
    database: TestDatabase,
    keys: Keys,
    smtp: SmtpDouble,
    monkeypatch: pytest.MonkeyPatch,
    renewed: bool,
) -> None:
    """The answer takes longer than a lease. Without the renewal the mail would be sent twice."""
    for module in (mails, attempts):
        monkeypatch.setattr(module, "LEASE", timedelta(seconds=2.5))
    if not renewed:
        monkeypatch.setattr(mails, "update_leases", lambda *_: asyncio.sleep(0))
    smtp.data_delay = 6.0
    dsn = database.dsn("notifier")
    async with (
        process(dsn, keys, smtp.at, limits=PATIENT) as one,
        process(dsn, keys, smtp.at, limits=PATIENT) as other,
    ):
        await accept(one, keys.message())
        async with sending(one, other):
            await smtp.heard(1)
            await until_states(one.db, "accepted")
    assert (smtp.most_under_way == 1) == renewed
