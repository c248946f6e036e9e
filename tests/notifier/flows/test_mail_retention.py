"""Expiry and deletion of mails."""

from services.notifier.flows import mail_delivery, mail_retention
from services.notifier.flows.context import Context
from shared.crypto import new_id
from tests.conftest import advance_clock
from tests.notifier.conftest import Keys, sending, states, until_states
from tests.notifier.smtp_server import SmtpDouble


async def accept(context: Context, keys: Keys) -> None:
    async with context.db.transaction("test") as connection:
        await mail_delivery.accept(context, connection, new_id(), keys.message(), request_id="r")


async def test_waiting_mails_are_sent_when_their_key_is_there(
    context: Context, another_key: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(another_key, keys)
    await mail_retention.find_keys(another_key)
    assert await states(context.db) == ["key_missing"]
    async with sending(context):
        await mail_retention.find_keys(context)
        await until_states(context.db, "accepted")
    assert len(smtp.received) == 1


async def test_a_mail_waits_for_its_key_only_until_it_expires(
    context: Context, another_key: Context, keys: Keys
) -> None:
    await accept(another_key, keys)
    await advance_clock(context.db, "30 minutes")
    await mail_retention.tidy(context)
    await mail_retention.find_keys(context)
    assert await states(context.db) == ["expired"]


async def test_contents_are_deleted_when_they_expire_and_the_row_after_90_days(
    context: Context, keys: Keys
) -> None:
    async with sending(context):
        await accept(context, keys)
        await until_states(context.db, "accepted")
    await mail_retention.tidy(context)
    assert await sealed(context) == [True]
    await advance_clock(context.db, "30 minutes")
    await mail_retention.tidy(context)
    assert await sealed(context) == [False]
    assert await states(context.db) == ["accepted"]
    await advance_clock(context.db, "90 days")
    await mail_retention.tidy(context)
    assert await states(context.db) == []


async def sealed(context: Context) -> list[bool]:
    async with context.db.connection() as connection:
        rows = await connection.fetch("select sealed_params is not null from mails")
    return [row[0] for row in rows]
