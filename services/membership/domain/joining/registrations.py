"""Registrations and their outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.membership.domain.joining.admission import Reason, WaitsFor
from services.membership.domain.members.members import Person
from shared.contracts.base import Locale

RegistrationState = Literal[
    "unsent", "unconfirmed", "waiting", "approved", "rejected", "ended", "dropped", "lapsed"
]

"""unsent: its mail waits for the mailbox's budget, and its link has no token yet."""

LINK_LIFETIME = timedelta(hours=24)
WAITS_FOR = timedelta(days=14)
"""How long a request waits for a decision; then it lapses (R3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The entered data, normalised: phones in digits, the address in its canonical form.

    `mailbox` and `network` are keyed hashes of the recipient's mailbox and the client's network.
    """

    customer_code: str
    customer_phone: str
    email: str
    email_key: str
    locale: Locale
    person: Person
    mailbox: bytes | None = None
    network: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An entry and its state. If approved, the member has the same id.

    While it waits after its confirmation: the customer, the approver, and the reasons. One from an
    invitation uses the invitation's seat.
    """

    id: UUID
    state: RegistrationState
    expires_at: datetime
    entry: Entry
    customer_id: UUID | None = None
    waits_for: WaitsFor | None = None
    reasons: tuple[Reason, ...] = ()
    confirmed_at: datetime | None = None
    invitation_id: UUID | None = None

    @property
    def since(self) -> datetime:
        """The time since which it waits; only if it does."""
        assert self.confirmed_at is not None
        return self.confirmed_at
