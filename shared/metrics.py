"""What is counted, by name; Prometheus reads it."""

from prometheus_client import Counter

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
