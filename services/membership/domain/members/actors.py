"""The actor and the origin of an action for the audit log, without names and addresses."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.members.trust import Session
from shared.contracts.base import AuditSource, Role
from shared.place import NOWHERE, Place

Basis = Literal["", "after_call"]
"""The basis of an operator's action: their own decision, or a call to the registered number."""

Party = Role | Literal["operator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingMember:
    """A calling member; the role is read under the lock, not taken from the identity. Without a
    `session`, a mailed link is used in the member's name."""

    member_id: UUID
    place: Place = NOWHERE
    session: Session | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """An operator, acting on one customer."""

    customer_id: UUID
    id: UUID | None = None
    place: Place = NOWHERE
    basis: Basis = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did it."""

    source: AuditSource
    id: UUID | None = None
    place: Place = NOWHERE


SYSTEM = Actor(source="system")
VISITOR = Actor(source="visitor")
"""The holder of a mailed link, without a session."""
