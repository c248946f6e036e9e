"""Who does something, and from where: as the audit log keeps it, without names and addresses."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.members.trust import Session
from shared.contracts.base import AuditSource, Role
from shared.place import NOWHERE, Place

Basis = Literal["", "after_call"]
"""On what an operator acts: on their own, or after a call back on the number of the master."""

Party = Role | Literal["operator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A member who asks for something; the role is found under the lock, not believed. Without a
    `session` a mailed link is used in the member's name."""

    member_id: UUID
    place: Place = NOWHERE
    session: Session | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One of the vendor's staff, at work on one customer."""

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
