"""The backlog of undelivered messages, as health and metrics show it, from the real servers."""

from collections.abc import AsyncIterator

import pytest_asyncio
from prometheus_client import REGISTRY
from redis.asyncio import Redis

from shared.crypto import new_id
from shared.db import Database
from shared.health import Check
from shared.messaging.backlog import Backlog
from shared.messaging.envelope import Item
from shared.messaging.transport.broker import Publisher, celery_app
from tests.shared.messaging.conftest import SIGNERS, put, reset_for


@pytest_asyncio.fixture
async def checks(auth_db: Database, redis_url: str) -> AsyncIterator[dict[str, Check]]:
    backlog = Backlog(service="auth", db=auth_db, broker_url=redis_url)
    yield {check.name: check for check in backlog.checks(broker_required=False)}
    await backlog.close()


def measured(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


async def test_an_empty_outbox_has_no_age(checks: dict[str, Check]) -> None:
    facts = await checks["database"].probe()
    assert facts == {"unconfirmed": 0, "oldest_unconfirmed_seconds": 0, "parked": 0}


async def test_the_oldest_unconfirmed_message_gives_the_age_without_parked_ones(
    checks: dict[str, Check], auth_db: Database
) -> None:
    for age, change in (
        ("300 seconds", ""),
        ("900 seconds", ", parked_at = now()"),
        ("9000 seconds", ", confirmed_at = now(), payload = null"),
    ):
        id = await put(auth_db, reset_for("taro@yamato.example"))
        async with auth_db.connection() as connection:
            await connection.execute(
                f"update outbox set created_at = now() - interval '{age}'{change} where id = $1", id
            )
    facts = await checks["database"].probe()
    assert (facts["unconfirmed"], facts["parked"]) == (1, 1)
    assert 300 <= facts["oldest_unconfirmed_seconds"] < 900
    assert measured("zaiseki_outbox_messages", service="auth", state="parked") == 1
    assert (
        measured("zaiseki_outbox_oldest_seconds", service="auth")
        == (facts["oldest_unconfirmed_seconds"])
    )
    assert measured("zaiseki_database_connections", service="auth", state="limit") == 8


async def test_the_length_of_celerys_queues_is_measured(
    checks: dict[str, Check], redis_url: str
) -> None:
    """It depends on kombu's layout in Redis, which another release might change."""
    assert await checks["broker"].probe() == {"auth.now": 0, "auth": 0}
    message = reset_for("taro@yamato.example")
    item = Item(
        id=new_id(), attempt=1, sender="auth", request_id="", body=message.model_dump_json()
    )
    publisher = Publisher(celery_app("auth", redis_url), SIGNERS["auth"])
    for _ in range(3):
        publisher.send(message.QUEUE, message.NAME, [item])
    assert await checks["broker"].probe() == {"auth.now": 0, "auth": 3}
    assert publisher.lengths(["auth"]) == {"auth": 3}
    assert measured("zaiseki_queue_length", queue="auth") == 3


async def test_the_brokers_memory_is_measured_if_the_user_may_read_it(
    checks: dict[str, Check], auth_db: Database, redis_url: str
) -> None:
    await checks["broker"].probe()
    used = measured("zaiseki_broker_memory_bytes", service="auth", state="used")
    assert used is not None
    assert used > 0
    assert measured("zaiseki_broker_memory_bytes", service="auth", state="limit") == 0

    rules = ["on", "nopass", "allkeys", "+@all", "-@dangerous"]
    async with Redis.from_url(redis_url) as owner:
        await owner.execute_command("ACL", "SETUSER", "narrow", *rules)
    narrow = redis_url.replace("unix://:", "unix://narrow:")
    backlog = Backlog(service="notifier", db=auth_db, broker_url=narrow)
    _, broker = backlog.checks(broker_required=True)
    assert await broker.probe() == {"notifier.now": 0, "notifier": 0}
    await backlog.close()
    assert measured("zaiseki_broker_memory_bytes", service="notifier", state="used") is None
