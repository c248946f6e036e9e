"""The contract tests of messages: registry, golden files, closed queues."""

import importlib
import json
import re
from pathlib import Path

import pytest
from kombu.exceptions import OperationalError  # noqa: F401 - kombu is imported before Celery
from pydantic import ValidationError

from shared.contracts.base import Message
from shared.contracts.registry import MESSAGES, QUEUES, SERVICES, confirm_task, read_by, reader_of
from shared.messaging.transport.broker import celery_app

GOLDEN = Path(__file__).parent
NAME = re.compile(r"(auth|membership|notifier)\.[a-z]+(_[a-z0-9]+)*")


@pytest.mark.parametrize("service", SERVICES)
def test_registry_each_message_is_registered_in_the_worker_that_reads_its_queue(
    service: str,
) -> None:
    tasks = importlib.import_module(f"services.{service}.worker").TASKS
    assert set(tasks) == set(read_by(service))


def test_each_message_names_the_services_that_may_send_it() -> None:
    assert {name: sorted(message.SENDERS) for name, message in MESSAGES.items()} == {
        "auth.sync_account": ["membership"],
        "auth.start_password_reset": ["auth"],
        "auth.send_password_reset": ["membership"],
        "membership.start_registration": ["membership"],
        "membership.record_activity": ["auth"],
        "membership.record_audit": ["auth", "notifier"],
        "membership.distrust": ["auth"],
        "notifier.send_mail": ["auth", "membership"],
        "notifier.forget_person": ["membership"],
    }


@pytest.mark.parametrize("service", SERVICES)
def test_f19_a_service_whose_messages_lock_rows_has_one_order_for_them(service: str) -> None:
    locking = any("locks" in vars(message) for message in read_by(service))
    source = Path(f"services/{service}/worker.py").read_text()
    assert ("lock=locking.take" in source) == locking


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.NAME)
def test_grammar_a_name_consists_of_reader_and_verb(message: type[Message]) -> None:
    assert NAME.fullmatch(message.NAME)
    assert message.QUEUE in (reader_of(message.NAME), f"{reader_of(message.NAME)}.now")
    assert message.QUEUE in QUEUES
    words = message.NAME.partition(".")[2].split("_")
    assert message.__name__ == "".join(word.capitalize() for word in words)
    assert message.model_config["frozen"]


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.NAME)
def test_golden_the_wire_form_does_not_change(message: type[Message]) -> None:
    golden = json.loads((GOLDEN / f"{message.NAME}.json").read_text())
    assert json.loads(message.model_validate(golden).model_dump_json()) == golden
    assert set(golden) == set(message.model_fields), "the example has every field"


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.NAME)
def test_golden_a_field_of_the_next_release_is_ignored(message: type[Message]) -> None:
    golden = json.loads((GOLDEN / f"{message.NAME}.json").read_text())
    assert message.model_validate({**golden, "added_later": 1}) == message.model_validate(golden)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.NAME)
def test_the_error_about_a_malformed_message_does_not_repeat_it(message: type[Message]) -> None:
    """R8: the error is logged."""
    with pytest.raises(ValidationError) as caught:
        message.model_validate({field: {"a": "hunter2"} for field in message.model_fields})
    assert "hunter2" not in str(caught.value)


def test_closed_queues_a_typo_raises_at_publish(redis_url: str) -> None:
    app = celery_app("auth", redis_url)
    with pytest.raises(Exception, match="Queue"):
        app.send_task("notifier.send_mail", args=["", ""], queue="notifer")


def test_receipts_travel_in_the_urgent_queue_of_each_service() -> None:
    assert [confirm_task(service) for service in SERVICES] == [
        "auth.confirm_messages",
        "membership.confirm_messages",
        "notifier.confirm_messages",
    ]
