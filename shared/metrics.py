"""The metrics of all services; Prometheus reads them from every process at /metrics."""

import time

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each of them

DELAYS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)
"""Histogram buckets in seconds for messages and mails, which pass through queues."""

PROCESS = Gauge(
    "zaiseki_process_info",
    "Always 1; the process and its version",
    ("service", "process", "version"),
)
TRIAL = Gauge(
    "zaiseki_trial_setting", "1 if a setting has a value for trials only", ("service", "setting")
)
LOOP_LAG = Histogram(
    "zaiseki_loop_lag_seconds",
    "Seconds by which the event loop was late, measured twice a second",
    ("service",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

PARTS_RESTARTED = Counter(
    "zaiseki_parts_restarted",
    "Background parts that ended and were restarted",
    ("service", "part"),
)

HTTP_REQUESTS = Counter(
    "zaiseki_http_requests", "Requests answered", ("service", "method", "route", "status")
)
HTTP_SECONDS = Histogram(
    "zaiseki_http_request_seconds",
    "Seconds from the head of a request to its answer",
    ("service", "method", "route"),
)

DEPENDENCY_UP = Gauge(
    "zaiseki_dependency_up", "1 if the dependency answered", ("service", "dependency")
)
DEPENDENCY_SECONDS = Gauge(
    "zaiseki_dependency_seconds",
    "Seconds that the dependency took to answer",
    ("service", "dependency"),
)
CLOCK_SKEW = Gauge(
    "zaiseki_clock_skew_seconds",
    "Seconds that this host's clock is ahead of auth's; negative: behind",
)
CLOCK = Gauge("zaiseki_clock_seconds", "This host's clock at the scrape, in seconds since 1970")
CLOCK.set_function(time.time)
DATABASE_CONNECTIONS = Gauge(
    "zaiseki_database_connections",
    "Connections of this process's pool: in use, idle, and the limit",
    ("service", "state"),
)

TRANSACTION_SECONDS = Histogram(
    "zaiseki_transaction_seconds",
    "Seconds that a transaction held its connection, from its beginning to its end",
    ("service", "name"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
TRANSACTIONS_CONFLICTED = Counter(
    "zaiseki_transactions_conflicted",
    "Transactions that PostgreSQL aborted for a deadlock or a serialization failure",
    ("service", "name"),
)

OUTBOX_MESSAGES = Gauge(
    "zaiseki_outbox_messages", "Messages that are not confirmed yet", ("service", "state")
)
OUTBOX_OLDEST_SECONDS = Gauge(
    "zaiseki_outbox_oldest_seconds",
    "Age of the oldest message that is neither confirmed nor parked, 0 if there is none",
    ("service",),
)
QUEUE_LENGTH = Gauge("zaiseki_queue_length", "Celery tasks that wait at the broker", ("queue",))
BROKER_MEMORY = Gauge(
    "zaiseki_broker_memory_bytes",
    "Memory of the broker: in use, and the limit, 0 if there is none",
    ("service", "state"),
)
CONSUMER_SILENT = Gauge(
    "zaiseki_consumer_silent_seconds",
    "Seconds since the last heartbeat of Celery's consumer",
    ("service",),
)

MESSAGE_SECONDS = Histogram(
    "zaiseki_message_seconds",
    "Seconds from writing a message to applying it, by the clocks of both sides",
    ("service", "name"),
    buckets=DELAYS,
)

MESSAGES_REFUSED = Counter(
    "zaiseki_messages_refused", "Messages and receipts rejected unread", ("service", "reason")
)
MESSAGES_REPEATED = Counter(
    "zaiseki_messages_repeated",
    "Repeated messages that had already been applied",
    ("service", "name"),
)
MESSAGES_FAILED = Counter(
    "zaiseki_messages_failed", "Messages that failed permanently", ("service", "name", "code")
)
MESSAGES_PARKED = Counter(
    "zaiseki_messages_parked",
    "Messages parked until an administrator releases them",
    ("service", "name"),
)

JOBS_FAILED = Counter(
    "zaiseki_jobs_failed",
    "Runs of periodic jobs that failed because of a bug",
    ("service", "name"),
)
JOBS_WAITING = Gauge(
    "zaiseki_jobs_waiting",
    "1 if the last run of a periodic job failed for a temporary reason",
    ("service", "name"),
)
