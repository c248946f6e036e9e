"""Changes of address (R10): asked for, confirmed at the new one, sometimes permitted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.membership.domain.joining.admission import Reason, WaitsFor
from services.membership.domain.members.trust import Asked, Session

EmailChangeState = Literal["unconfirmed", "waiting", "done", "rejected", "ended", "lapsed"]

LINK_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A change that is asked for now: one link confirms it, another one stops it. Both addresses
    are empty where the new one is in use, so that nothing can come of it."""

    id: UUID
    member_id: UUID
    email: str
    email_key: str
    token_sha256: bytes
    stop_token_sha256: bytes
    expires_at: datetime
    session: Session | None


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
    asked: Asked

    @property
    def since(self) -> datetime:
        """Since when it waits; only of one that does."""
        assert self.confirmed_at is not None
        return self.confirmed_at
