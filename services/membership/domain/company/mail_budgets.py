"""The budgets of mails that other people cause: per recipient, and per company.

Notices about the recipient's own account are never counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from shared.addresses import Address
from shared.crypto import hmac_sha256

Cause = Literal["stranger", "member"]
Kind = Literal[
    "registration", "registration_known", "invitation", "move", "email_change", "password_reset"
]

HOUR = timedelta(hours=1)
FOR_A_READER = 3
"""Mails per hour to one mailbox, separately for each cause."""

WAITING_FROM_A_NETWORK = 20
"""Mails to one mailbox that may wait per network; further requests of the network are ignored."""

PAUSE = timedelta(seconds=60)
"""The minimum interval between two mails of one kind to one mailbox."""

WAITS_FOR = timedelta(days=7)
"""How long a mail may wait for its budget; then it is dropped."""

LEAST_FOR_A_COMPANY = 60
"""Mails per hour that every company may cause."""

FOR_A_SEAT = 2
"""Mails per hour that a company may cause for each of its seats, if that is more."""


@dataclass(frozen=True, slots=True)
class Caused:
    """A mail that was sent in the last hour, or is waiting; then `at` is now."""

    kind: Kind
    at: datetime


def network(key: bytes, network: str) -> bytes:
    """The keyed hash of a client's network."""
    return hmac_sha256(key, "network", network)


def mailbox(key: bytes, email: str) -> bytes:
    """The keyed hash of an address's mailbox, without the plus part."""
    return hmac_sha256(key, "mailbox", Address.parse(email).mailbox)


def wait_of_mailbox(
    caused: Sequence[Caused], kind: Kind, now: datetime, *, number: int = 1
) -> float:
    """Seconds until `number` more mails of this kind may be sent to a mailbox; 0 if now.

    Several may never be sent at once, so for them it is at least the interval between two.
    """
    free_from = [one.at + PAUSE for one in caused if one.kind == kind]
    if number > 1:
        free_from.append(now + PAUSE)
    excess = len(caused) + number - FOR_A_READER
    if excess > 0:
        hour = [one.at for one in sorted(caused, key=lambda one: one.at)] or [now]
        free_from.append(hour[min(excess, len(hour)) - 1] + HOUR)
    return max((moment - now).total_seconds() for moment in [now, *free_from])


def room_of_company(sent: int, seats: int) -> int:
    """The number of mails that a company may still cause in this hour."""
    return max(LEAST_FOR_A_COMPANY, FOR_A_SEAT * seats) - sent


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMail:
    """A mail that waits until its budget has room."""

    id: UUID
    mailbox: bytes
    kind: Kind
    subject_id: UUID
    asked_at: datetime
