"""Changes of address (R10): requested, confirmed at the new one, and sometimes approved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.membership.domain.joining.admission import Reason, WaitsFor
from services.membership.domain.joining.registrations import WAITS_FOR
from services.membership.domain.members.trust import Asked, Session

EmailChangeState = Literal["unconfirmed", "waiting", "done", "rejected", "ended", "lapsed"]

LINK_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A new request for a change: one link confirms it, another one stops it.

    If another account has the new address, `email_key` is empty and the confirming link is not
    mailed, so the change cannot take effect. `email` is what was typed, for the caller's own page.
    """

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

    @property
    def ends_at(self) -> datetime:
        """The time when it ends unless it is confirmed, or approved if it waits for that."""
        return self.since + WAITS_FOR if self.state == "waiting" else self.expires_at
