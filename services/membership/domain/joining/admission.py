"""Decides whether a confirmed registration is approved automatically, or who decides, and why.

Pure: the caller reads the facts under the customer's lock; the rules of R1 and R3 to R5 are here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.membership.domain.entry.personal_domains import is_personal
from services.membership.domain.members.members import Person, is_probable_double
from shared.contracts.base import Role

Reason = Literal[
    "unknown_customer",
    "phone_mismatch",
    "personal_address",
    "foreign_domain",
    "seats_full",
    "probable_double",
]
WaitsFor = Literal["approver", "operator"]

_WAITING_PER_CUSTOMER = 20
_WAITING_WITHOUT_CUSTOMER = 200
_WAITING_FROM_A_NETWORK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """The person who confirmed a registration."""

    person: Person
    customer_phone: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The customer's current state, read under its lock. `invited`: it has invited the address,
    which permits the address and holds a seat. `people` has all members of the same name whose
    account is not closed, and may have others."""

    phone: str
    domains: frozenset[str]
    invited: bool
    free_seats: int
    people: Sequence[Person]


def reasons_to_wait(applicant: Applicant, at: Circumstances) -> tuple[Reason, ...]:
    """All reasons against automatic approval; empty if there are none."""
    reasons: list[Reason] = []
    if applicant.customer_phone != at.phone:
        reasons.append("phone_mismatch")
    if not at.invited:
        reasons += address_reasons(applicant.domain, at.domains)
    if not at.invited and at.free_seats < 1:
        reasons.append("seats_full")
    if any(is_probable_double(applicant.person, person) for person in at.people):
        reasons.append("probable_double")
    return tuple(reasons)


def address_reasons(domain: str, domains: frozenset[str]) -> tuple[Reason, ...]:
    """The reason why an address of this domain needs approval; empty if it does not (R3)."""
    if is_personal(domain):
        return ("personal_address",)
    return () if domain in domains else ("foreign_domain",)


def who_decides(reasons: Sequence[Reason], *, has_approver: bool) -> WaitsFor:
    """The customer's owner or admin if code and phone were right, otherwise the vendor (R1)."""
    return "approver" if has_approver and rightly_addressed(reasons) else "operator"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The number of registrations that wait in one queue, and of those from the same network and
    mailbox as a new one."""

    number: int
    of_network: int
    of_mailbox: int


def rightly_addressed(reasons: Sequence[Reason]) -> bool:
    """Whether code and phone were right for the company. Such registrations have a separate queue,
    so that wrong ones cannot fill it (R1)."""
    return "unknown_customer" not in reasons and "phone_mismatch" not in reasons


def may_wait(waiting: Waiting, *, with_customer: bool) -> bool:
    """Whether one more may wait in its queue; otherwise it is dropped (R1)."""
    most = _WAITING_PER_CUSTOMER if with_customer else _WAITING_WITHOUT_CUSTOMER
    return (
        waiting.number < most
        and waiting.of_network < _WAITING_FROM_A_NETWORK
        and waiting.of_mailbox < 1
    )


def first_role(accounts: int) -> Role:
    """The first account of a customer is its owner's; suspended ones count."""
    return "staff" if accounts else "owner"
