"""The spans of a message: created with its row, processed by its reader, settled by the receipt.

Names and attributes are OpenTelemetry's semantic conventions for messaging.
"""

from contextlib import AbstractContextManager
from typing import Literal
from uuid import UUID

from shared import tracing

Operation = Literal["create", "process", "settle"]


def span_of(
    operation: Operation, name: str, *, queue: str, id: UUID, attempt: int
) -> AbstractContextManager[tracing.Span]:
    """A span for the message `id` with this `name`, at its dispatch number `attempt`."""
    return tracing.span(
        f"{operation} {name}",
        "producer" if operation == "create" else "consumer",
        {
            "messaging.system": "zaiseki",
            "messaging.operation.name": operation,
            "messaging.operation.type": operation,
            "messaging.destination.name": queue,
            "messaging.message.id": str(id),
            "zaiseki.message.name": name,
            "zaiseki.message.attempt": attempt,
        },
    )
