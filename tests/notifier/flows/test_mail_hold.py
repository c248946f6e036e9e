"""Mails requested before a restore wait for an administrator; later ones are sent."""

from uuid import UUID

import pytest

from services.notifier.errors import MailNotHeld
from services.notifier.flows import mail_delivery, mail_hold, mail_retention
from services.notifier.flows.context import Context
from shared.crypto import new_id
from tests.conftest import advance_clock
from tests.notifier.conftest import Keys, lease, sending, states, until_states
from tests.notifier.smtp_server import SmtpDouble


async def accept(context: Context, keys: Keys, id: UUID) -> None:
    async with context.db.transaction("test") as connection:
        await mail_delivery.accept(context, connection, id, keys.message(), request_id="r")


async def test_waiting_mails_and_those_in_an_outbox_are_held_and_later_ones_sent(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    queued, in_an_outbox = new_id(), new_id()
    await accept(context, keys, queued)
    assert await mail_hold.hold(context.db) == 1
    await accept(context, keys, in_an_outbox)
    await accept(context, keys, new_id())
    async with sending(context):
        await until_states(context.db, "queued", "queued", "accepted")
        assert await lease(context) == []
        assert [one.id for one in await mail_hold.list_held(context.db)] == [queued, in_an_outbox]
        assert await mail_hold.release(context.db, [queued]) == 1
        context.awake.set()
        await until_states(context.db, "accepted", "queued", "accepted")
        assert await mail_hold.release(context.db, None) == 1
        assert await mail_hold.release(context.db, None) == 0
        context.awake.set()
        await until_states(context.db, "accepted", "accepted", "accepted")


async def test_a_mail_that_was_being_sent_at_the_backup_is_held_too(
    context: Context, keys: Keys
) -> None:
    await accept(context, keys, new_id())
    assert len(await lease(context)) == 1
    assert await mail_hold.hold(context.db) == 1
    async with context.db.transaction("test") as connection:
        await connection.execute("update mails set due_at = now()")
    assert await lease(context) == []


async def test_a_mail_without_its_key_stays_held_when_the_key_comes(
    context: Context, another_key: Context, keys: Keys
) -> None:
    await accept(another_key, keys, new_id())
    assert await mail_hold.hold(context.db) == 1
    await mail_retention.find_keys(context)
    assert await states(context.db) == ["queued"]
    assert await lease(context) == []


async def test_releasing_a_mail_that_is_not_held_is_an_error_and_releases_none(
    context: Context, keys: Keys
) -> None:
    held = new_id()
    await accept(context, keys, held)
    await mail_hold.hold(context.db)
    for act in (mail_hold.release, mail_hold.drop):
        with pytest.raises(MailNotHeld):
            await act(context.db, [held, new_id()])
    assert [one.id for one in await mail_hold.list_held(context.db)] == [held]
    assert await mail_hold.release(context.db, [held, held]) == 1


async def test_a_dropped_mail_is_emptied_and_never_sent(context: Context, keys: Keys) -> None:
    await accept(context, keys, new_id())
    await mail_hold.hold(context.db)
    assert await mail_hold.drop(context.db, None) == 1
    assert await states(context.db) == ["expired"]
    assert await mail_hold.list_held(context.db) == []
    async with context.db.connection() as connection:
        assert await connection.fetchval("select sealed_params is null from mails")


async def test_a_held_mail_expires_like_any_other(context: Context, keys: Keys) -> None:
    await accept(context, keys, new_id())
    await mail_hold.hold(context.db)
    await advance_clock(context.db, "30 days")
    assert await mail_hold.list_held(context.db) == []
    await mail_retention.tidy(context)
    assert await states(context.db) == ["expired"]
