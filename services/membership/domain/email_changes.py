"""Changes of address (R10): asked for, confirmed at the new one, sometimes permitted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.membership.domain.admission import Reason, WaitsFor

EmailChangeState = Literal["unconfirmed", "waiting", "done", "rejected", "ended", "lapsed"]

LINK_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChange:
    """One change of one member. While it waits: for whom, and why."""

    id: UUID
    member_id: UUID
    customer_id: UUID
    email: str
    email_key: str
    state: EmailChangeState
    expires_at: datetime
    waits_for: WaitsFor | None
    reasons: tuple[Reason, ...]
    confirmed_at: datetime | None

    @property
    def since(self) -> datetime:
        """Since when it waits; only of one that does."""
        assert self.confirmed_at is not None
        return self.confirmed_at
