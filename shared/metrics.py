"""What is counted and measured, by name; Prometheus reads it from every process at /metrics."""

import time

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each of them

DELAYS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)
"""Seconds: what is told in these has been through a queue."""

PROCESS = Gauge(
    "zaiseki_process_info",
    "Always 1; which process this is, and of which version",
    ("service", "process", "version"),
)
TRIAL = Gauge(
    "zaiseki_trial_setting", "1 where a setting is as only trials have it", ("service", "setting")
)
LOOP_LAG = Histogram(
    "zaiseki_loop_lag_seconds",
    "Seconds that the event loop came late to something, looked at twice a second",
    ("service",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

PARTS_RESTARTED = Counter(
    "zaiseki_parts_restarted",
    "Parts that a process needs for as long as it lives, started again because they ended",
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
    "zaiseki_dependency_up", "1 where a dependency answered, as of now", ("service", "dependency")
)
DEPENDENCY_SECONDS = Gauge(
    "zaiseki_dependency_seconds", "Seconds that its answer took", ("service", "dependency")
)
CLOCK_SKEW = Gauge(
    "zaiseki_clock_skew_seconds",
    "Seconds that this host's clock is ahead of auth's, negative where it is behind",
)
CLOCK = Gauge("zaiseki_clock_seconds", "This host's clock, in seconds since 1970, as it is asked")
CLOCK.set_function(time.time)
DATABASE_CONNECTIONS = Gauge(
    "zaiseki_database_connections",
    "Connections of this process's pool: in use, idle, and how many there may be",
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
    "Transactions that PostgreSQL ended for a deadlock or a serialization failure",
    ("service", "name"),
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
BROKER_MEMORY = Gauge(
    "zaiseki_broker_memory_bytes",
    "Memory of the broker: in use, and how much there may be, 0 where nothing limits it",
    ("service", "state"),
)
CONSUMER_SILENT = Gauge(
    "zaiseki_consumer_silent_seconds", "Since Celery's consumer was heard last", ("service",)
)

MESSAGE_SECONDS = Histogram(
    "zaiseki_message_seconds",
    "Seconds from the writing of a message to its effect, by the wall clocks of both sides",
    ("service", "name"),
    buckets=DELAYS,
)

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

JOBS_FAILED = Counter(
    "zaiseki_jobs_failed",
    "Periodic jobs that failed by a fault of ours, to be tried again",
    ("service", "name"),
)
JOBS_WAITING = Gauge(
    "zaiseki_jobs_waiting",
    "1 where the last try of a periodic job met trouble that passes by itself",
    ("service", "name"),
)
