"""What membership is told."""

from datetime import timedelta
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.base import (
    AuditSource,
    AuditSubject,
    Contract,
    Locale,
    Locks,
    Message,
    Moment,
)

ActivityKind = Literal[
    "used", "signed_in", "password_set", "presence_passed", "presence_missed", "presence_denied"
]

SUSPECTED_FOR = timedelta(days=7)
"""How far back a member's invitations and moves end where somebody else acted as the member."""


class StartRegistration(Message):
    """A well-formed form (R1), before anything was looked up; membership tells itself.

    `network` is a keyed hash of the network that sent it, in hexadecimal.
    """

    NAME: ClassVar[str] = "membership.start_registration"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"membership"})

    customer_code: str
    customer_phone: str
    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    email: str
    phone: str
    locale: Locale
    network: str = ""


class Activity(Contract):
    """That a member did something, and when."""

    member_id: UUID
    at: Moment
    kind: ActivityKind


class RecordActivity(Message):
    """What auth saw members do: last use, first password, outcomes of presence checks."""

    NAME: ClassVar[str] = "membership.record_activity"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    items: tuple[Activity, ...]

    def locks(self) -> Locks:
        """The members."""
        return Locks(members=frozenset(item.member_id for item in self.items))


class AuditItem(Contract):
    """One deed for the audit log of a customer: ids and codes only, never a name or an address."""

    id: UUID
    customer_id: UUID
    at: Moment
    source: AuditSource
    subject: AuditSubject
    action: str
    actor_id: UUID | None = None
    target_id: UUID | None = None
    reason: str = ""
    network: str = ""
    browser: str = ""
    request_id: str = ""


class RecordAudit(Message):
    """What auth and notifier did or saw; the audit log is membership's."""

    NAME: ClassVar[str] = "membership.record_audit"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth", "notifier"})

    items: tuple[AuditItem, ...]

    def locks(self) -> Locks:
        """The end of each customer's chain."""
        return Locks(chains=frozenset(item.customer_id for item in self.items))


class Distrust(Message):
    """Trust in a member's sessions has ended, except in the spared one: what they asked for ends.

    That is a pending change of address, and the pending invitations and moves that the member sent
    at or after `since`: the beginning of the oldest session that ended, or `at` where none did.
    `at` is when the trust ended, and not before the last authentication in any of those sessions.
    What is asked for in a session that was authenticated after `at` stays, however late this comes.
    """

    NAME: ClassVar[str] = "membership.distrust"
    QUEUE: ClassVar[str] = "membership.now"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    member_id: UUID
    customer_id: UUID
    at: Moment
    since: Moment
    spared_session_id: UUID | None = None

    def locks(self) -> Locks:
        """The customer, the member, and the chain that tells what was withdrawn."""
        customer = frozenset({self.customer_id})
        return Locks(customers=customer, members=frozenset({self.member_id}), chains=customer)
