"""Seats of a customer: the number in use, the limit, and the movements (R5, B3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

MovementKind = Literal[
    "held", "taken", "freed", "withdrawn", "lapsed", "limit_set", "limit_raised", "raise_lapsed"
]
"""held by an invitation; taken by an account (0 where an invitation held the seat before); freed by
a deletion; withdrawn and lapsed: an invitation that was not accepted; and changes of the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Accounts, invitations that hold a seat, and the current limit."""

    accounts: int
    invitations: int
    limit: int

    @property
    def used(self) -> int:
        """The number that the limit applies to."""
        return self.accounts + self.invitations

    @property
    def free(self) -> int:
        """The free seats; 0 if the limit was lowered below the seats in use."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A row of the ledger; `used` is the number of seats in use after it."""

    id: UUID
    at: datetime
    kind: MovementKind
    change: int
    subject_id: UUID | None
    actor_id: UUID | None
    seat_limit: int | None
    until: datetime | None
    used: int
