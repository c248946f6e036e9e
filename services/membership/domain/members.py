"""Members: who they are, what state the lists show, and when two are probably one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.membership.domain.text import comparison_key
from shared.contracts.base import Locale, Role

State = Literal["active", "suspended", "closed"]
ShownState = Literal["active", "suspended", "closed", "opening", "suspending", "deleting"]

_ON_THE_WAY: dict[State, ShownState] = {
    "active": "opening",
    "suspended": "suspending",
    "closed": "deleting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody says of themselves; names tidied, the reading in katakana, phone in digits."""

    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    phone: str

    @property
    def name(self) -> str:
        """Family name and given name, as mails and lists write it."""
        return f"{self.family_name} {self.given_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceStanding:
    """How presence checks went lately (R9)."""

    last_passed_at: datetime | None
    missed_in_a_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person's account inside a customer."""

    id: UUID
    customer_id: UUID
    email: str
    email_key: str
    person: Person
    role: Role
    state: State
    locale: Locale
    version: int
    state_version: int
    confirmed_version: int
    first_password_sha256: bytes
    first_password_expires_at: datetime
    password_set_at: datetime | None
    last_used_at: datetime | None
    presence: PresenceStanding
    created_at: datetime

    @property
    def shown_state(self) -> ShownState:
        """The state that is true: on the way until auth has confirmed the version that made it."""
        return shown_state(self.state, self.state_version, self.confirmed_version)


def shown_state(state: State, state_version: int, confirmed_version: int) -> ShownState:
    """The state as lists show it, given the version that made it and the one that auth has."""
    return _ON_THE_WAY[state] if confirmed_version < state_version else state


def is_probable_double(one: Person, other: Person) -> bool:
    """Same name and phone, or same name and reading (R4); a reading left out is not the same."""
    if comparison_key(one.family_name + one.given_name) != comparison_key(
        other.family_name + other.given_name
    ):
        return False
    reading = comparison_key(one.family_name_kana + one.given_name_kana)
    same_reading = comparison_key(other.family_name_kana + other.given_name_kana) == reading
    return one.phone == other.phone or (reading != "" and same_reading)
