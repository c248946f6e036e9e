"""Customers: kinds, limits, and the rules for texts in the customer list."""

from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from services.membership.domain.entry.text import comparison_key

Kind = Literal["corporation", "institution", "sole_proprietor"]

KINDS: tuple[Kind, ...] = get_args(Kind)

SEAT_LIMIT = 10
"""Accounts of a customer unless operators set another limit (R5)."""

HIGHEST_SEAT_LIMIT = 10_000

_WORDS: dict[str, Kind] = {
    "法人": "corporation",
    "団体": "institution",
    "学校などの団体": "institution",
    "個人事業主": "sole_proprietor",
    **{kind: kind for kind in KINDS},
}
_KINDS_BY_WORD = {comparison_key(word): kind for word, kind in _WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """An organisation that trades with the vendor; `seat_limit` is the current limit."""

    id: UUID
    code: str
    name: str
    name_kana: str
    phone: str
    seat_limit: int

    @property
    def named(self) -> tuple[str, str, str]:
        """What auth knows of it."""
        return self.code, self.name, self.name_kana


NO_CUSTOMER = Customer(id=UUID(int=0), code="", name="", name_kana="", phone="", seat_limit=0)
"""The customer used for an unknown code; it has no members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterRecord:
    """A customer with all fields of the vendor's customer list."""

    id: UUID
    code: str
    code_key: str
    name: str
    name_kana: str
    kind: Kind
    phone: str
    seat_limit: int
    domains: frozenset[str]

    @property
    def customer(self) -> Customer:
        """The fields that members and auth use."""
        return Customer(
            id=self.id,
            code=self.code,
            name=self.name,
            name_kana=self.name_kana,
            phone=self.phone,
            seat_limit=self.seat_limit,
        )


def kind_of(word: str) -> Kind | None:
    """The kind for a word in the file (区分), if there is one."""
    return _KINDS_BY_WORD.get(comparison_key(word))
