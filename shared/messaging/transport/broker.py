"""Celery over Redis, used only to pass tasks on.

No result backend, no retry, no eta: pauses are in the outbox. A lost task is published again
because its row was never confirmed, so Redis has no list of unacknowledged tasks.
"""

from collections.abc import Iterable
from urllib.parse import parse_qs, quote, unquote, urlsplit

from celery import Celery
from kombu.entity import Queue
from kombu.transport import TRANSPORT_ALIASES

from shared.contracts.registry import QUEUES, confirm_task
from shared.messaging.envelope import KEY_PREFIX, Item, Receipt, Signer

LONGEST_QUEUE = 10_000

_TRANSPORT = "shared.messaging.transport.intake:Transport"
TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), _TRANSPORT))


def celery_app(service: str, url: str) -> Celery:
    """The Celery application of one service, for publishing and for its worker."""
    app = Celery(f"zaiseki.{service}", broker=_kombu_url(url), set_as_current=False)
    app.conf.update(
        task_queues=[_queue(name) for name in QUEUES],
        task_default_queue=service,
        task_create_missing_queues=False,
        task_serializer="json",
        accept_content=["json"],
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=True,
        task_acks_on_failure_or_timeout=True,
        task_publish_retry=False,
        task_send_sent_event=False,
        worker_consumer="shared.messaging.transport.intake:TaskConsumer",
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_log_color=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_channel_error_retry=True,
        broker_transport_options={
            "queue_order_strategy": "priority",
            "socket_timeout": 10,
            "socket_connect_timeout": 3,
            "socket_keepalive": True,
            "interval_start": 0.1,  # between a publisher's tries to connect
            "interval_step": 0.1,
            "interval_max": 0.5,
            "health_check_interval": 10,
            "global_keyprefix": KEY_PREFIX,
            "client_name": f"zaiseki-{service}",
            "service": service,
        },
    )
    return app


def _queue(name: str) -> Queue:
    return Queue(name, routing_key=name)  # type: ignore[no-untyped-call]


def _kombu_url(url: str) -> str:
    """A Redis URL for a Unix socket (`unix://:password@/path?db=0`) in kombu's form."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    password = quote(unquote(parts.password or ""), safe="")
    return f"redis+socket://:{password}@{parts.path}?virtual_host={database}"


class Publisher:
    """Publishes to Redis. Its methods block: call them in a separate executor thread."""

    def __init__(self, app: Celery, signer: Signer) -> None:
        self._app = app
        self._signer = signer

    def send(self, queue: str, name: str, items: list[Item]) -> None:
        """Publish messages of one kind, at most `envelope.BATCH` of them.

        Raises:
            OSError, kombu.exceptions.OperationalError: The broker did not accept them.
        """
        self._publish(queue, name, self._signer.pack(name, items))

    def send_receipt(self, sender: str, receipt: Receipt) -> None:
        """Publish a receipt to the sender of the messages."""
        name = confirm_task(sender)
        self._publish(f"{sender}.now", name, self._signer.pack_receipt(name, receipt))

    def lengths(self, queues: Iterable[str]) -> dict[str, int]:
        """Return how many Celery tasks wait in each queue."""
        with self._app.pool.acquire(block=True, timeout=5) as connection:
            channel = connection.default_channel
            return {queue: channel.queue_declare(queue).message_count for queue in queues}

    def _publish(self, queue: str, name: str, arguments: tuple[str, str]) -> None:
        with self._app.producer_pool.acquire(block=True, timeout=5) as producer:
            # Celery copies the arguments into a header for its logs; ours must not be there.
            self._app.send_task(
                name, args=arguments, queue=queue, producer=producer, argsrepr="", kwargsrepr=""
            )
