"""A request for the list of members: the filter, the order, the position."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.members.members import State
from shared.contracts.base import Role

MemberOrder = Literal["joined", "name", "last_used"]


@dataclass(frozen=True, slots=True)
class Position:
    """A position in an ordered list: after the row with this key and this id."""

    key: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter of a list: `text` is a part of the search text, in its normalised spelling; without
    `department` the members of all departments are listed (B15)."""

    text: str = ""
    state: State | None = None
    role: Role | None = None
    department: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department, and the number of its members."""

    name: str
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A requested page: at most `limit` members after `after`."""

    filter: Filter
    order: MemberOrder
    after: Position | None
    limit: int
