"""Whether a confirmed registration opens an account by itself, or who has to decide and why.

Pure: the facts are gathered under the customer's lock, the rules of R1 and R3 to R5 are here.
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
    """Who confirmed a registration."""

    person: Person
    customer_phone: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the customer is like at that moment, read under its lock. `invited`: it has asked the
    address in, which permits the address and holds a seat. `people` has everybody of
    the same name with an account that is not closed, and may have others."""

    phone: str
    domains: frozenset[str]
    invited: bool
    free_seats: int
    people: Sequence[Person]


def reasons_to_wait(applicant: Applicant, at: Circumstances) -> tuple[Reason, ...]:
    """Everything that keeps the account from opening by itself; nothing, if it opens."""
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
    """Why an address of this domain needs a permission; nothing if it needs none (R3)."""
    if is_personal(domain):
        return ("personal_address",)
    return () if domain in domains else ("foreign_domain",)


def who_decides(reasons: Sequence[Reason], *, has_approver: bool) -> WaitsFor:
    """The customer's owner or admin if number and phone were right, else the vendor (R1)."""
    return "approver" if has_approver and rightly_addressed(reasons) else "operator"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many registrations wait in one queue, and how many of them are from the network and the
    mailbox of one more."""

    number: int
    of_network: int
    of_mailbox: int


def rightly_addressed(reasons: Sequence[Reason]) -> bool:
    """Whether number and phone were right for the company. Such registrations have a queue of their
    own, so that wrong ones cannot fill it (R1)."""
    return "unknown_customer" not in reasons and "phone_mismatch" not in reasons


def may_wait(waiting: Waiting, *, with_customer: bool) -> bool:
    """Whether one more may wait in its queue; beyond that nothing is kept (R1)."""
    most = _WAITING_PER_CUSTOMER if with_customer else _WAITING_WITHOUT_CUSTOMER
    return (
        waiting.number < most
        and waiting.of_network < _WAITING_FROM_A_NETWORK
        and waiting.of_mailbox < 1
    )


def first_role(accounts: int) -> Role:
    """The first account of a customer is its owner's; suspended ones count."""
    return "staff" if accounts else "owner"
