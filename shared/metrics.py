"""What is counted and measured, by name; Prometheus reads it from every process at /metrics."""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each of them

HTTP_REQUESTS = Counter(
    "zaiseki_http_requests", "Requests answered", ("service", "method", "route", "status")
)
HTTP_SECONDS = Histogram(
    "zaiseki_http_request_seconds",
    "Seconds from the head of a request to its answer",
    ("service", "method", "route"),
)

DEPENDENCY_UP = Gauge(
    "zaiseki_dependency_up", "1 where a dependency answered, as of now", ("service", "dependency")
)
DEPENDENCY_SECONDS = Gauge(
    "zaiseki_dependency_seconds", "Seconds that its answer took", ("service", "dependency")
)
DATABASE_CONNECTIONS = Gauge(
    "zaiseki_database_connections",
    "Connections of this process's pool: in use, idle, and how many there may be",
    ("service", "state"),
)

OUTBOX_MESSAGES = Gauge(
    "zaiseki_outbox_messages", "Messages that nobody has confirmed yet", ("service", "state")
)
OUTBOX_OLDEST_SECONDS = Gauge(
    "zaiseki_outbox_oldest_seconds",
    "Age of the oldest message that is neither confirmed nor parked, 0 if there is none",
    ("service",),
)
QUEUE_LENGTH = Gauge("zaiseki_queue_length", "Celery messages that wait at the broker", ("queue",))

MESSAGES_REFUSED = Counter(
    "zaiseki_messages_refused", "Messages and receipts dropped unread", ("service", "reason")
)
MESSAGES_REPEATED = Counter(
    "zaiseki_messages_repeated", "Messages whose effect stood already", ("service", "name")
)
MESSAGES_FAILED = Counter(
    "zaiseki_messages_failed", "Messages that were at fault themselves", ("service", "name", "code")
)
MESSAGES_PARKED = Counter(
    "zaiseki_messages_parked", "Messages that wait for an operator", ("service", "name")
)
