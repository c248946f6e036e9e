"""One mail to the server's answer, step by step."""

from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from services.notifier.domain import Outcome
from services.notifier.flows import mail_delivery
from services.notifier.flows.context import Context
from shared.contracts.notifier import SendMail
from shared.crypto import new_id
from shared.db import Database
from tests.notifier.conftest import Keys, make_due, outcomes, states
from tests.notifier.smtp_server import SmtpDouble


async def accept(context: Context, message: SendMail, *, id: UUID | None = None) -> None:
    async with context.db.transaction() as connection:
        await mail_delivery.accept(context, connection, id or new_id(), message, request_id="r")


async def test_what_was_asked_for_is_what_arrives(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """R7"""
    await accept(context, keys.message(locale="en"))
    [mail] = await mail_delivery.lease(context, limit=10)
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


async def test_how_long_a_mail_took_is_measured_once_the_server_has_it(
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
        [mail] = await mail_delivery.lease(context, limit=10)
        await mail_delivery.deliver(context, mail)
        await make_due(context)
    assert measured("count") == count + 1
    assert measured("sum") >= total + 120


async def test_the_attempt_stands_before_anything_is_sent(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    await mail_delivery.lease(context, limit=10)
    assert smtp.connections == 0
    assert await outcomes(context.db) == [(1, None, None)]
    assert await states(context.db) == ["sending"]


async def test_a_crash_between_send_and_mark_sends_the_same_mail_once_more(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """P3, T9: the same Message-ID, the same bytes, the date of the first attempt."""
    await accept(context, keys.message())
    [first] = await mail_delivery.lease(context, limit=10)
    params = mail_delivery._open(context, first.template, first.key_id, first.sealed_params)
    content = context.composer.compose(
        context.renderer.render(params, "ja"),
        id=first.id,
        to=first.to_address,
        at=first.first_attempt_at,
    )
    await context.transport.send(first.to_address, content)  # and here the process is killed
    await make_due(context)
    [second] = await mail_delivery.lease(context, limit=10)
    await mail_delivery.deliver(context, second)
    assert [mail.content for mail in smtp.received] == [content, content]
    assert await outcomes(context.db) == [(1, None, None), (2, "accepted", 250)]
    assert await states(context.db) == ["accepted"]


async def test_a_refusal_for_good_ends_it(context: Context, keys: Keys, smtp: SmtpDouble) -> None:
    smtp.rcpt = ["550 5.1.1 <taro@example.jp> unknown"]
    await accept(context, keys.message())
    [mail] = await mail_delivery.lease(context, limit=10)
    await mail_delivery.deliver(context, mail)
    await make_due(context)
    assert await mail_delivery.lease(context, limit=10) == []
    async with context.db.connection() as connection:
        row = await connection.fetchrow("select state, code, answer from mails")
    assert row is not None
    assert tuple(row) == ("refused", 550, "5.1.1 <t***@example.jp> unknown")


async def test_a_mail_that_lost_its_key_waits_for_it(
    context: Context, another_key: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    [mail] = await mail_delivery.lease(context, limit=10)
    await mail_delivery.deliver(another_key, mail)
    assert await states(context.db) == ["key_missing"]
    assert smtp.connections == 0


async def test_a_mail_that_nobody_can_read_is_refused(context: Context, keys: Keys) -> None:
    await accept(context, keys.message())
    async with context.db.transaction() as connection:
        await connection.execute("update mails set sealed_params = 'AAAA'")
    [mail] = await mail_delivery.lease(context, limit=10)
    assert await mail_delivery.deliver(context, mail) == Outcome(
        "permanent", answer="UnreadableParams"
    )
    assert await states(context.db) == ["refused"]


async def test_a_result_is_written_down_as_soon_as_the_database_is_back(
    context: Context, keys: Keys, smtp: SmtpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accept(context, keys.message())
    [mail] = await mail_delivery.lease(context, limit=10)
    transaction, failures = Database.transaction, [OSError("gone"), TimeoutError()]

    def failing(db: Database) -> object:
        if failures:
            raise failures.pop()
        return transaction(db)

    monkeypatch.setattr(Database, "transaction", failing)
    await mail_delivery.deliver(context, mail)
    assert failures == []
    assert await states(context.db) == ["accepted"]
    assert len(smtp.received) == 1
