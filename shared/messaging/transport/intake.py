"""Reads entries from Redis; those that are not our tasks are rejected, counted and logged.

Only three texts of an entry are read: the task's name, its text and its signature. Celery gets an
entry rebuilt from them, so no header, property or embedded task that an intruder writes (`eta`,
`callbacks`, `chain`, `compression`, a delivery tag) has an effect.
"""

import base64
import json
from collections.abc import Iterable
from queue import Empty
from typing import Any, get_args

from celery.worker.consumer.consumer import Consumer, logger
from kombu.transport import redis
from redis.exceptions import ResponseError

from shared.crypto import new_id
from shared.logging import get_logger
from shared.messaging.envelope import Reason, Refused
from shared.metrics import MESSAGES_REFUSED

log = get_logger("intake")

LARGEST_ENTRY = 2 * 1024 * 1024
"""Bytes of an entry in a queue. `envelope.LARGEST_TASK` of payload grows to 1.4 MiB by escaping."""


def count_from_zero(service: str) -> None:
    """Export each counter at 0 from the start: Prometheus sees no increase from absent to 1."""
    for reason in get_args(Reason):
        MESSAGES_REFUSED.labels(service, reason)


def refuse(service: str, name: object, reason: Reason, **facts: object) -> None:
    """Count and log a message from the broker that is rejected unread."""
    MESSAGES_REFUSED.labels(service, reason).inc()
    printable = str(name)[:100].encode(errors="replace").decode()
    log.error("a message was refused", name=printable, reason=reason, **facts)


class Channel(redis.Channel):
    """Takes entries from the queues; invalid entries do not end it.

    It reads only the queues in Redis, so other keys have no effect. It keeps no unacknowledged
    entries: the messages of a killed worker are sent again from the sender's outbox. It keeps no
    bindings: tasks are published to a queue by its name.
    """

    ack_emulation = False

    def _queue_bind(self, *_: object) -> None:
        """No bindings are needed."""

    def _brpop_read(self, **options: Any) -> Any:
        """As in kombu, except for the handling of the entry."""
        try:
            found = self._read_reply(options)
            if found is None:
                raise Empty
            key, entry = found
            queue = key.decode().rsplit(self.sep, 1)[0]
            self._queue_cycle.rotate(queue)
            self._hand_over(queue, entry)
        except ResponseError as error:
            self._outlive(error, self.active_queues)
        finally:
            self._in_poll = None  # type: ignore[assignment]
            self._flush_brpop_reauth()  # type: ignore[no-untyped-call]
        return True

    def _read_reply(self, options: dict[str, Any]) -> tuple[bytes, bytes] | None:
        connection = self.client.connection
        try:
            found: tuple[bytes, bytes] | None = self.client.parse_response(
                connection, "BRPOP", **options
            )
        except self.connection_errors:
            connection.disconnect()  # the next round connects again
            raise
        return found

    def _hand_over(self, queue: str, entry: bytes) -> None:
        try:
            task = read(entry, queue)
        except Unreadable as error:
            refuse(self._service, error.name, error.reason)
        else:
            self.connection._deliver(task, queue)

    def _size(self, queue: str) -> int:
        try:
            size: int = super()._size(queue)  # type: ignore[no-untyped-call]
        except ResponseError as error:
            self._outlive(error, [queue])
            return 0
        return size

    def _outlive(self, error: ResponseError, queues: Iterable[str]) -> None:
        """Delete keys of another type in the place of queues, because they block all reading."""
        if "WRONGTYPE" not in str(error):
            raise error
        with self.conn_or_acquire() as client:
            for queue in queues:
                for priority in self.priority_steps:
                    name = self._q_for_pri(queue, priority)  # type: ignore[no-untyped-call]
                    key = f"{self.global_keyprefix}{name}"
                    if client.execute_command("TYPE", key) not in (b"list", b"none"):
                        client.execute_command("UNLINK", key)
                        refuse(self._service, "", "garbage", queue=queue)

    @property
    def _service(self) -> str:
        service: str = self.connection.client.transport_options["service"]
        return service


class Unreadable(Refused):
    """An entry is not one of our tasks; it has the name of the task that it claims to be."""

    def __init__(self, reason: Reason, name: object = "") -> None:
        super().__init__(reason)
        self.name = name


def read(entry: bytes, queue: str) -> dict[str, Any]:
    """The task of an entry in kombu's format.

    Raises:
        Unreadable: It is too large, not in kombu's format, or does not contain a name and two
            texts in JSON, uncompressed.
    """
    if len(entry) > LARGEST_ENTRY:
        raise Unreadable("too_large")
    headers, kind, body = _unwrap(entry)
    name = headers.get("task") if isinstance(headers, dict) else None
    if not isinstance(name, str):
        raise Unreadable("malformed")
    if kind != ("application/json", "utf-8") or "compression" in headers:
        raise Unreadable("malformed", name)
    return _lay_out(queue, name, _arguments(name, body))


def _unwrap(entry: bytes) -> tuple[Any, tuple[Any, Any], bytes]:
    """Headers, content type and encoding, and the body."""
    try:
        outer = json.loads(entry)
        if outer["properties"]["body_encoding"] != "base64":
            raise Unreadable("garbage")
        body = base64.b64decode(outer["body"], validate=True)
        return outer["headers"], (outer["content-type"], outer["content-encoding"]), body
    except Exception as error:  # an intruder's text can make a decoder raise any exception
        raise Unreadable("garbage") from error


def _arguments(name: str, body: bytes) -> list[str]:
    try:
        arguments, named, _ = json.loads(body)
        text, signature = arguments
    except Exception as error:  # RecursionError, MemoryError, ...
        raise Unreadable("malformed", name) from error
    if named != {} or not isinstance(text, str) or not isinstance(signature, str):
        raise Unreadable("malformed", name)
    return [text, signature]


def _lay_out(queue: str, name: str, arguments: list[str]) -> dict[str, Any]:
    id = str(new_id())
    return {
        "body": base64.b64encode(json.dumps([arguments, {}, {}]).encode()).decode(),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"lang": "py", "task": name, "id": id, "argsrepr": "", "kwargsrepr": ""},
        "properties": {
            "body_encoding": "base64",
            "delivery_tag": id,
            "delivery_info": {"exchange": "", "routing_key": queue},
            "correlation_id": id,
        },
    }


class Transport(redis.Transport):
    """kombu's Redis transport with the channel above."""

    Channel = Channel


class TaskConsumer(Consumer):  # type: ignore[misc]
    """Reports rejected tasks without their contents."""

    def on_unknown_task(self, body: object, message: Any, exc: Exception) -> None:
        """No task has this name."""
        refuse(self.app.conf.task_default_queue, message.headers["task"], "unknown_name")
        message.reject_log_error(logger, self.connection_errors)
