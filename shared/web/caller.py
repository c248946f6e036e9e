"""Who calls: resolved once per request, then only this value is passed on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.contracts.base import Role

Stage = Literal["second_factor", "enrol", "presence", "active"]
Realm = Literal["member", "operator", "anonymous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever sent the request; `anonymous` unless a session says otherwise.

    `stage` is how far the sign-in has come; only auth ever sees one below `active`.
    """

    realm: Realm = "anonymous"
    stage: Stage | None = None
    member_id: UUID | None = None
    session_id: UUID | None = None
    customer_id: UUID | None = None
    role: Role | None = None
    authenticated_at: datetime | None = None
    network: str = ""

    @property
    def member(self) -> UUID:
        """The member that the route's declaration promises; only on routes that need one."""
        assert self.member_id is not None
        return self.member_id

    @property
    def session(self) -> UUID:
        """The session that the route's declaration promises; only on routes that need one."""
        assert self.session_id is not None
        return self.session_id

    @property
    def customer(self) -> UUID:
        """The customer that the route's declaration promises; only on routes that need one."""
        assert self.customer_id is not None
        return self.customer_id
