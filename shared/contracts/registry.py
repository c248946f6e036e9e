"""All messages by name, and their queues."""

from shared.contracts import auth, membership, notifier
from shared.contracts.base import Message

MESSAGES: dict[str, type[Message]] = {
    message.NAME: message
    for message in (
        auth.SyncAccount,
        auth.StartPasswordReset,
        auth.SendPasswordReset,
        membership.StartRegistration,
        membership.RecordActivity,
        membership.RecordAudit,
        membership.Distrust,
        notifier.SendMail,
        notifier.ForgetPerson,
    )
}

SERVICES = ("auth", "membership", "notifier")

QUEUES = tuple(f"{service}.now" for service in SERVICES) + SERVICES
"""Urgent queues first. Receipts also use `<service>.now`."""


def queues_of(service: str) -> tuple[str, str]:
    """The queues that a service reads, the urgent one first."""
    return f"{service}.now", service


def confirm_task(service: str) -> str:
    """The name of the task that handles receipts for messages of `service`."""
    return f"{service}.confirm_messages"


def reader_of(name: str) -> str:
    """The service that reads the message of this name."""
    return name.partition(".")[0]


def read_by(service: str) -> tuple[type[Message], ...]:
    """The messages that a service reads."""
    return tuple(message for name, message in MESSAGES.items() if reader_of(name) == service)
