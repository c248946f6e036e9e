"""The caller: resolved once for each request, then only this value is passed on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.contracts.base import Role

Stage = Literal["second_factor", "enrol", "presence", "active"]
"""The stage of a sign-in; only auth sees sessions below `active`."""

OperatorRole = Literal["auditor", "support", "manager"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymous:
    """A client without a session. `network` is the client's address at the gateway, or empty."""

    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a customer, signed in on the customers' site; `role` is that in the session."""

    id: UUID
    session_id: UUID
    customer_id: UUID
    role: Role
    authenticated_at: datetime
    stage: Stage = "active"
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """An operator, that is a member of the vendor staff, signed in on the vendor staff's site."""

    id: UUID
    session_id: UUID
    role: OperatorRole
    authenticated_at: datetime
    stage: Stage = "active"
    network: str = ""


SignedIn = Member | Operator
Caller = Anonymous | Member | Operator
