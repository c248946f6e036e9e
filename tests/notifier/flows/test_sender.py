"""The running sender: woken by commits, concurrent deliveries, retries, several processes."""

import asyncio
import time
from collections.abc import Collection
from datetime import timedelta

import pytest

from services.notifier.domain import Mail
from services.notifier.flows import mail_delivery, mail_retention, sender
from services.notifier.flows.context import Context
from shared.contracts.notifier import SendMail
from shared.crypto import new_id
from tests.conftest import TestDatabase, advance_clock
from tests.notifier.conftest import (
    Keys,
    make_due,
    outcomes,
    process,
    sending,
    states,
    until_states,
)
from tests.notifier.smtp_server import SmtpDouble, smtp_double


async def accept(context: Context, *messages: SendMail) -> None:
    async with context.db.transaction("test") as connection:
        for message in messages:
            await mail_delivery.accept(context, connection, new_id(), message, request_id="r")


async def test_a_commit_wakes_the_sender(context: Context, keys: Keys, smtp: SmtpDouble) -> None:
    """Much sooner than the second after which it would look by itself."""
    async with sending(context):
        await asyncio.sleep(0.05)
        waits = []
        for number in range(5):
            begun = time.monotonic()
            await accept(context, keys.message(to=f"taro{number}@example.jp"))
            await smtp.heard(number + 1)
            waits.append(time.monotonic() - begun)
    assert sorted(waits)[2] < 0.25


async def test_mails_from_before_the_start_are_sent(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    await accept(context, keys.message())
    context.awake.clear()
    async with sending(context):
        await until_states(context.db, "accepted")


async def test_a_lost_wake_up_delays_a_mail_by_at_most_a_second(
    context: Context, keys: Keys
) -> None:
    async with sending(context):
        await asyncio.sleep(0.05)
        async with context.db.connection() as connection, connection.transaction():
            await mail_delivery.accept(
                context, connection, new_id(), keys.message(), request_id="r"
            )
        await until_states(context.db, "accepted", seconds=2.0)


async def test_several_mails_are_sent_at_once_over_kept_connections(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.reply_delay = 0.02
    await accept(context, *(keys.message(to=f"taro{number}@example.jp") for number in range(20)))
    async with sending(context):
        await until_states(context.db, *["accepted"] * 20, seconds=20)
    assert sorted(smtp.recipients) == sorted(f"taro{number}@example.jp" for number in range(20))
    assert 1 < smtp.most_under_way <= 4
    assert smtp.connections <= 4


async def test_two_processes_send_each_mail_once(
    database: TestDatabase, context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.reply_delay = 0.005
    async with process(database.dsn("notifier"), keys, smtp.at) as other:
        addresses = [f"taro{number}@example.jp" for number in range(40)]
        async with sending(context, other):
            for address in addresses:
                await accept(context, keys.message(to=address))
            await until_states(context.db, *["accepted"] * 40, seconds=10)
    assert sorted(smtp.recipients) == sorted(addresses)
    assert await outcomes(context.db) == [(1, "accepted", 250)] * 40


async def test_a_greylisted_mail_is_sent_after_a_pause(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    smtp.rcpt = ["450 4.2.0 greylisted"]
    smtp.data = ["451 4.3.0 later"]
    async with sending(context):
        await accept(context, keys.message())
        for pause in (5, 10):
            await until_states(context.db, "queued")
            await until_outcomes(context, pause // 5)
            async with context.db.connection() as connection:
                wait = await connection.fetchval("select due_at - now() from mails")
            assert timedelta(seconds=0.8 * pause) < wait < timedelta(seconds=1.1 * pause)
            await make_due(context)
        await until_states(context.db, "accepted")
    assert await outcomes(context.db) == [
        (1, "later", 450),
        (2, "later", 451),
        (3, "accepted", 250),
    ]


async def until_outcomes(context: Context, count: int) -> None:
    """Wait until this many attempts have ended."""
    async with asyncio.timeout(5):
        while await ended(context) < count:
            await asyncio.sleep(0.01)


async def ended(context: Context) -> int:
    async with context.db.connection() as connection:
        return int(await connection.fetchval("select count(ended_at) from attempts"))


async def test_a_mail_that_may_have_arrived_is_sent_again_unchanged(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """P3: the server accepted it, and the answer was lost."""
    smtp.cut_after_data = 1
    async with sending(context):
        await accept(context, keys.message())
        await until_outcomes(context, 1)
        await make_due(context)
        await until_states(context.db, "accepted")
    assert await outcomes(context.db) == [(1, "unknown", None), (2, "accepted", 250)]
    assert smtp.received[0].content == smtp.received[1].content


async def test_expired_contents_are_not_sent(
    context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    """Even if the mail only waited for the end of a pause."""
    smtp.rcpt = ["450 4.2.0 greylisted"]
    async with sending(context):
        await accept(context, keys.message(lasts=timedelta(minutes=10)))
        await until_outcomes(context, 1)
        await advance_clock(context.db, "10 minutes")
        await make_due(context)
        await mail_retention.tidy(context)
        await asyncio.sleep(0.1)
    assert await states(context.db) == ["expired"]
    assert smtp.received == []


async def test_an_outage_is_probed_and_then_all_mails_are_sent_at_once(
    database: TestDatabase, keys: Keys
) -> None:
    """P6: during an outage there are few attempts, and no mail waits for a long pause."""
    async with smtp_double() as before:
        at, port = before.at, before.port
    async with process(database.dsn("notifier"), keys, at) as context, sending(context):
        for number in range(8):
            await accept(context, keys.message(to=f"taro{number}@example.jp"))
        await asyncio.sleep(1.5)
        assert len(await outcomes(context.db)) <= 4
        async with smtp_double(port=port) as server:
            await until_states(context.db, *["accepted"] * 8, seconds=6)
    assert len(server.received) == 8


async def test_a_cancelled_search_for_the_server_stops_no_mail(
    database: TestDatabase, keys: Keys
) -> None:
    """Mails wait for the end of the search, so a cancellation has to count as its end."""
    async with smtp_double() as before:
        at, port = before.at, before.port
    async with process(database.dsn("notifier"), keys, at) as context, sending(context):
        await accept(context, keys.message())
        async with asyncio.timeout(5):
            while not (searches := [task for task in asyncio.all_tasks() if is_search(task)]):
                await asyncio.sleep(0.01)
        async with smtp_double(port=port) as server:
            for search in searches:
                search.cancel()
            await make_due(context)
            await until_states(context.db, "accepted", seconds=6)
    assert len(server.received) == 1


def is_search(task: "asyncio.Task[object]") -> bool:
    return "_probe_server" in str(task.get_coro())


async def test_a_stop_lets_attempts_finish(context: Context, keys: Keys, smtp: SmtpDouble) -> None:
    smtp.reply_delay = 0.3
    async with sending(context):
        await accept(context, keys.message())
        await until_states(context.db, "sending")
    assert await states(context.db) == ["accepted"]


async def test_a_stop_delivers_a_mail_that_was_just_leased(
    context: Context, keys: Keys, smtp: SmtpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    leased = asyncio.Event()
    lease = mail_delivery.lease

    async def lease_slowly(
        context: Context, *, tried: bool, without: Collection[str]
    ) -> Mail | None:
        mail = await lease(context, tried=tried, without=without)
        if mail is not None:
            leased.set()
            await asyncio.sleep(0.1)  # the stop happens now
        return mail

    monkeypatch.setattr(mail_delivery, "lease", lease_slowly)
    async with sending(context):
        await accept(context, keys.message())
        await leased.wait()
    assert await states(context.db) == ["accepted"]


async def test_a_stop_at_the_moment_of_a_wake_up_ends_the_sender(context: Context) -> None:
    """Python 3.11's `wait_for` would swallow this cancellation."""
    task = asyncio.create_task(sender.run(context))
    await asyncio.sleep(0.2)
    context.awake.set()
    await asyncio.sleep(0)
    task.cancel()
    _, late = await asyncio.wait({task}, timeout=0.9)
    assert not late


async def test_the_sender_survives_an_outage_of_the_database(
    database: TestDatabase, context: Context, keys: Keys, smtp: SmtpDouble
) -> None:
    async with sending(context):
        await accept(context, keys.message())
        await until_states(context.db, "accepted")
        async with context.db.connection() as connection:
            await connection.execute(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """
            )
        await asyncio.sleep(0.1)
        await accept(context, keys.message())
        await until_states(context.db, "accepted", "accepted")
    assert len(smtp.received) == 2
