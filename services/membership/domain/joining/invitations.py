"""Invitations and their outcome (R3, R5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.membership.domain.members.members import UNKNOWN, Person
from services.membership.domain.members.trust import Asked, Session
from shared.contracts.base import Locale, Role
from shared.crypto import base64url, hmac_sha256

InvitationState = Literal["open", "waiting", "accepted", "withdrawn", "lapsed"]
"""open: not answered yet. waiting: accepted, and to be decided on, for it is probably a
second account (R4). Both hold a seat."""

LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One invitation. If accepted, the member has the same id, unless the address registered
    separately. One that `replaces` an account takes over its seat, role and history (R7).

    `person` is what the inviter entered about the invited person, as far as it was entered.
    """

    id: UUID
    customer_id: UUID
    batch_id: UUID
    email: str
    email_key: str
    role: Role
    locale: Locale
    person: Person = UNKNOWN
    state: InvitationState
    replaces: UUID | None
    invited_by: UUID | None
    created_at: datetime
    sent_at: datetime
    expires_at: datetime
    session: Session | None

    @property
    def asked(self) -> Asked:
        """The time when it was first sent, and the session."""
        return Asked(at=self.created_at, session=self.session)

    @property
    def holds_seat(self) -> bool:
        """Whether it counts among its customer's seats."""
        return self.replaces is None and self.state in ("open", "waiting")


def token(key: bytes, id: UUID) -> str:
    """The token of an invitation's link: derived, so that one sent again has the same link."""
    return base64url(hmac_sha256(key, "invitation", str(id)))
