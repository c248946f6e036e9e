"""What comes out of Redis and is no task of ours: dropped, counted and logged, never obeyed.

Celery would log whole bodies, and kombu would end the worker at the first text that is not JSON.
"""

from typing import Any, get_args

from celery.worker.consumer.consumer import Consumer, logger
from kombu.transport import redis

from shared.logging import get_logger
from shared.messaging.envelope import Reason
from shared.metrics import MESSAGES_REFUSED

log = get_logger("intake")


def count_from_zero(service: str) -> None:
    """Show each counter before it counts: what begins at 1 has not risen, for whoever watches."""
    for reason in get_args(Reason):
        MESSAGES_REFUSED.labels(service, reason)


def refuse(service: str, name: object, reason: Reason, **facts: object) -> None:
    """Count and log something that was taken from the broker and is dropped unread."""
    MESSAGES_REFUSED.labels(service, reason).inc()
    log.error("a message was refused", name=str(name)[:100], reason=reason, **facts)


class Channel(redis.Channel):
    """Outlives an entry that is no message of kombu's."""

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            service = self.connection.client.transport_options["service"]
            refuse(service, "", "garbage", error=type(error).__name__)
            return True


class Transport(redis.Transport):
    """kombu's Redis transport with the channel above."""

    Channel = Channel


class TaskConsumer(Consumer):  # type: ignore[misc]
    """Tells what it turns away without repeating what stood in it."""

    def on_unknown_task(self, body: object, message: Any, exc: Exception) -> None:
        """No task has this name."""
        self._refuse(message, "unknown_name")

    def on_unknown_message(self, body: object, message: Any) -> None:
        """It names no task at all."""
        self._refuse(message, "malformed")

    def on_invalid_task(self, body: object, message: Any, exc: Exception) -> None:
        """It is not JSON, or not what Celery expects of a task."""
        self._refuse(message, "malformed")

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """It says that it is JSON, and is not."""
        self._refuse(message, "malformed")

    def _refuse(self, message: Any, reason: Reason) -> None:
        headers = message.headers if isinstance(message.headers, dict) else {}
        refuse(self.app.conf.task_default_queue, headers.get("task", ""), reason)
        message.reject_log_error(logger, self.connection_errors)
