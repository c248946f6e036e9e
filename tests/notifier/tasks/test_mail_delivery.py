"""`notifier.send_mail`, delivered twice and in faulty forms."""

import pytest

from services.notifier.errors import UnknownTemplate, UnreadableParams, UnsafeAddress
from services.notifier.flows.context import Context
from services.notifier.tasks import mail_delivery
from shared.contracts.notifier import SendMail
from shared.crypto import new_id
from shared.messaging.envelope import Item, Received
from tests.notifier.conftest import Keys, states


async def take(context: Context, message: SendMail, times: int = 1) -> None:
    item = Item(id=new_id(), attempt=1, sender="auth", request_id="request-1", body="")
    for _ in range(times):
        async with context.db.transaction("test") as connection:
            await mail_delivery.send_mail(context, connection, Received(item, message))


async def test_a_message_delivered_twice_is_one_mail(context: Context, keys: Keys) -> None:
    await take(context, keys.message(), times=2)
    assert await states(context.db) == ["queued"]
    async with context.db.connection() as connection:
        row = await connection.fetchrow(
            "select template, to_address, locale, request_id, attempt from mails"
        )
    assert row is not None
    assert tuple(row) == ("password_reset", "taro@example.jp", "ja", "request-1", 0)


async def test_the_contents_of_a_mail_are_not_stored_in_clear(context: Context, keys: Keys) -> None:
    await take(context, keys.message())
    async with context.db.connection() as connection:
        text = await connection.fetchval("select mails::text from mails")
    assert "q8VnE5wKzL2cXbM7" not in text
    assert "太郎" not in text


async def test_a_mail_whose_key_is_missing_waits_for_it(another_key: Context, keys: Keys) -> None:
    await take(another_key, keys.message())
    assert await states(another_key.db) == ["key_missing"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"template": "unheard_of"}, UnknownTemplate),
        ({"template": "presence_check"}, UnreadableParams),
        ({"sealed_params": "AAAA"}, UnreadableParams),
        ({"sealed_params": "not base64!"}, UnreadableParams),
        ({"sealed_params": ""}, UnreadableParams),
        ({"to": "a@example.jp\r\nBcc: b@example.jp"}, UnsafeAddress),
        ({"to": "a@example.jp, b@example.jp"}, UnsafeAddress),
    ],
)
async def test_a_rejected_messages_error_repeats_none_of_its_contents(
    context: Context, keys: Keys, change: dict[str, str], fault: type[Exception]
) -> None:
    with pytest.raises(fault) as caught:
        await take(context, keys.message().model_copy(update=change))
    assert "q8VnE5wKzL2cXbM7" not in str(caught.value)
    assert "example.jp" not in str(caught.value)
    assert await states(context.db) == []


async def test_a_message_with_an_unknown_template_is_rejected_without_the_key_too(
    another_key: Context, keys: Keys
) -> None:
    with pytest.raises(UnknownTemplate):
        await take(another_key, keys.message().model_copy(update={"template": "unheard_of"}))
