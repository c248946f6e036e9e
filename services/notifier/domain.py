"""The delivery of a mail: its states, the outcomes of attempts, and the pauses between them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.notifier.errors import UnsafeAddress
from shared.addresses import Address, InvalidAddress
from shared.contracts.base import Locale

State = Literal["queued", "sending", "accepted", "refused", "expired", "key_missing", "unknown"]
"""queued → sending → accepted | refused | unknown, or back to queued; expired when its contents
are; key_missing while no private key opens them; unknown if it was possibly delivered."""

OutcomeKind = Literal[
    "accepted",
    "gone",
    "full",
    "later",
    "ours",
    "unsendable",
    "unreachable",
    "unknown",
    "key_missing",
]
"""The outcome of an attempt.

- gone: the server says that this mailbox, or its domain, does not exist or is disabled.
- full: the mailbox is full. later: another temporary reason.
- ours: rejected because of our server or domain (policy, blocklist, DMARC, authentication).
- unsendable: the message that requested the mail is faulty.
- unreachable: the connection failed before the server could judge this mail.
- unknown: the contents were sent and no reply came, so the server may have the mail (RFC 5321,
  section 6.1).
"""

LEASE = timedelta(seconds=10)
"""How long a mail belongs to the process that sends it; renewed each second during the attempt."""

MOST_UNKNOWN = 3
"""Attempts without a reply until a mail is not tried again: at most two additional copies."""

_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=15)
_FIRST_PAUSE_UNREACHED = timedelta(seconds=1)
_LONGEST_PAUSE_UNREACHED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was leased for one attempt, with sealed parameters."""

    id: UUID
    template: str
    subject_id: UUID
    customer_id: UUID | None
    to_address: str
    locale: Locale
    key_id: str
    sealed_params: str
    attempt: int
    first_attempt_at: datetime
    request_id: str
    traceparent: str | None
    unknown: int = 0
    """The number of earlier attempts with an unknown outcome."""

    @property
    def domain(self) -> str:
        """The recipient's domain, in lower case."""
        return self.to_address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Held:
    """A mail that is held back, for administrators; `to_address` is not masked yet."""

    id: UUID
    template: str
    to_address: str
    state: State
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an attempt; `answer` can be stored: bounded, with addresses masked."""

    kind: OutcomeKind
    code: int | None = None
    answer: str = ""


def state_after(mail: Mail, outcome: Outcome) -> State:
    """The state of the mail after an attempt."""
    match outcome.kind:
        case "accepted" | "key_missing":
            return outcome.kind
        case "gone" | "unsendable":
            return "refused"
        case "unknown" if mail.unknown + 1 >= MOST_UNKNOWN:
            return "unknown"
        case _:
            return "queued"


def pause(outcome: Outcome, attempt: int) -> timedelta:
    """How long to wait after the attempt with this number (from 1): doubling, up to a limit.

    An unreachable server is not the mail's problem, so these pauses stay short.
    """
    first, longest = _FIRST_PAUSE, _LONGEST_PAUSE
    if outcome.kind == "unreachable":
        first, longest = _FIRST_PAUSE_UNREACHED, _LONGEST_PAUSE_UNREACHED
    return min(longest, first * (1 << min(attempt - 1, 16)))


def sendable(address: str) -> str:
    """The address as it goes on the wire: unchanged, and one address only.

    Raises:
        UnsafeAddress: It is none, or not written as we store addresses.
    """
    try:
        parsed = Address.parse(address)
    except InvalidAddress:
        parsed = None
    if parsed is None or parsed.key != address.lower():
        raise UnsafeAddress
    return address
