"""Changes of address (R10): requested, confirmed at the new one, and sometimes approved."""

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
    """A new request for a change: one link confirms it, another one stops it. Both addresses are
    empty if the new one is in use, so that the change cannot take effect."""

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
    """One change of one member. While it waits: for which approver, and the reasons."""

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
        """The time since which it waits; only if it does."""
        assert self.confirmed_at is not None
        return self.confirmed_at
