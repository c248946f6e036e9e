"""Members: their details, their displayed state, and probable duplicates.

A state counts as reached when auth has confirmed the version that set it (R18).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.membership.domain.entry.text import comparison_key
from services.membership.domain.members.trust import Distrust, Session
from shared.contracts.base import Locale, Role, SuspensionReason
from shared.person_names import written

State = Literal["active", "suspended", "closed"]
ShownState = Literal[
    "active", "suspended", "closed", "opening", "resuming", "suspending", "deleting", "changing"
]

_ON_THE_WAY: dict[State, ShownState] = {
    "active": "resuming",
    "suspended": "suspending",
    "closed": "deleting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person's details; names normalised, the reading in katakana, phone in digits. Department
    and job title (部署・役職) may be empty (B15)."""

    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    phone: str
    department: str = ""
    job_title: str = ""

    @property
    def name(self) -> str:
        """Family name and given name, for lists."""
        return f"{self.family_name} {self.given_name}"

    def name_for(self, locale: Locale) -> str:
        """The name in a mail in this language."""
        return written(self.family_name, self.given_name, locale)

    @property
    def reading(self) -> str:
        """The reading of both, as far as it is known."""
        return f"{self.family_name_kana} {self.given_name_kana}".strip()

    def with_details_of(self, other: "Person") -> "Person":
        """The person, with the department and job title of `other` where they are empty here."""
        return replace(
            self,
            department=self.department or other.department,
            job_title=self.job_title or other.job_title,
        )


UNKNOWN = Person(family_name="", given_name="", family_name_kana="", given_name_kana="", phone="")
"""An invited person about whom the inviter said nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceStanding:
    """The recent presence checks (R9)."""

    last_passed_at: datetime | None
    missed_in_a_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionCard:
    """The reason of a suspension, and the three notes about it (B2): for the member, for the
    company's owners and admins, for the vendor. `until` only triggers a reminder."""

    reason: SuspensionReason
    until: datetime | None = None
    for_member: str = ""
    for_company: str = ""
    for_vendor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A current card, with its beginning and its author."""

    card: SuspensionCard
    since: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person's account inside a customer. `changed_version` made its latest change of role or
    address; a `welcomed` one gets its first password by mail once auth has the account (R3)."""

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
    changed_version: int = 0
    confirmed_version: int
    first_password_sha256: bytes
    first_password_expires_at: datetime
    password_set_at: datetime | None
    welcomed: bool = False
    last_used_at: datetime | None
    presence: PresenceStanding
    suspension: Suspension | None = None
    distrust: Distrust | None = None
    created_at: datetime

    def trusts(self, session: Session | None) -> bool:
        """Whether this session is not distrusted; a mailed link has no session."""
        return session is None or self.distrust is None or not self.distrust.covers(session)

    @property
    def shown_state(self) -> ShownState:
        """The state that is true now, as every list shows it."""
        if self.confirmed_version == 0 and self.state == "active":
            return "opening"
        if self.confirmed_version < self.state_version:
            return _ON_THE_WAY[self.state]
        if self.confirmed_version < self.changed_version and self.state == "active":
            return "changing"
        return self.state

    @property
    def settled(self) -> bool:
        """Whether auth has confirmed all changes of the account."""
        return self.shown_state == self.state


def is_probable_double(one: Person, other: Person) -> bool:
    """Same name and phone, or same name and reading (R4); a reading left out is not the same."""
    if comparison_key(one.family_name + one.given_name) != comparison_key(
        other.family_name + other.given_name
    ):
        return False
    reading = comparison_key(one.family_name_kana + one.given_name_kana)
    same_reading = comparison_key(other.family_name_kana + other.given_name_kana) == reading
    return one.phone == other.phone or (reading != "" and same_reading)


def searched(person: Person, email: str) -> str:
    """The search text of a member, in the normalised spelling of searches; it begins with the
    name."""
    names = person.family_name + person.given_name
    reading = person.family_name_kana + person.given_name_kana
    details = (comparison_key(person.department), comparison_key(person.job_title))
    return " ".join((comparison_key(names), comparison_key(reading), email.lower(), *details))
