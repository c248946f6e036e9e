"""How the list of members is asked for: whom it is about, in which order, from where on."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.membership.domain.members.members import State

MemberOrder = Literal["joined", "name", "last_used"]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an ordered list: behind the row with this key and this id."""

    key: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whom a list is about: `text` is a part of what a search looks through, in its spelling."""

    text: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page that is asked for: at most `limit` members from the one behind `after` on."""

    filter: Filter
    order: MemberOrder
    after: Position | None
    limit: int
