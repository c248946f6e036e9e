"""membership.record_audit from auth and notifier: recorded once, however often it is delivered."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.membership.flows.company import audit_log
from services.membership.worker import TASKS
from shared.contracts.membership import AuditItem, RecordAudit
from shared.crypto import new_id
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Item
from shared.messaging.receipts import Receipts
from tests.membership.conftest import Membership
from tests.shared.messaging.conftest import Wire
from tests.signing import new_signing_keys, signers

SIGNERS = signers(new_signing_keys())


@pytest.fixture
def customer() -> UUID:
    return new_id()


def entry(customer: UUID, action: str = "signed_in") -> AuditItem:
    return AuditItem(
        id=new_id(), customer_id=customer, at=datetime.now(UTC), source="staff",
        subject="session", action=action, actor_id=new_id(), network="203.0.113.0/24",
    )  # fmt: skip


async def deliver(membership: Membership, *messages: RecordAudit, times: int = 2) -> None:
    """Deliver the messages repeatedly, as Celery does."""
    wire, signer = Wire(), SIGNERS["membership"]
    consumer = Consumer(
        service="membership",
        db=membership.context.db,
        context=membership.context,
        signer=signer,
        receipts=Receipts(wire, wire.in_thread),  # type: ignore[arg-type]
    )
    items = [
        Item(id=new_id(), attempt=1, sender="auth", request_id="", body=one.model_dump_json())
        for one in messages
    ]
    packed = SIGNERS["auth"].pack(RecordAudit.NAME, items)
    for _ in range(times):
        await consumer.take_messages(RecordAudit, TASKS[RecordAudit], *packed)


async def test_a_message_delivered_twice_is_recorded_once(
    membership: Membership, customer: UUID
) -> None:
    await deliver(membership, RecordAudit(items=(entry(customer),)))
    assert await audit_log.verify(membership.context.db) == (1, [])
    row = await membership.fetchrow("select action, network, number from audit_log")
    assert row == {"action": "signed_in", "network": "203.0.113.0/24", "number": 1}


async def test_the_items_of_a_batch_go_to_the_chains_of_their_customers(
    membership: Membership, customer: UUID
) -> None:
    other = new_id()
    messages = [RecordAudit(items=(entry(customer), entry(other))) for _ in range(5)]
    await deliver(membership, *messages)
    assert await audit_log.verify(membership.context.db) == (10, [])
    of_one = "select count(*) from audit_log where customer_id = $1"
    assert await membership.fetchval(of_one, customer) == 5


async def test_an_unknown_field_of_a_later_release_is_ignored(
    membership: Membership, customer: UUID
) -> None:
    """It breaks neither the task nor the chain."""
    later = RecordAudit.model_validate(
        {"items": [{**entry(customer).model_dump(), "device": "phone"}]}
    )
    await deliver(membership, later)
    assert await audit_log.verify(membership.context.db) == (1, [])
