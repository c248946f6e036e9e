"""The messages that membership reads."""

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
"""How far back a member's invitations and moves are withdrawn if an intruder used the account."""


class StartRegistration(Message):
    """A well-formed registration (R1), before anything was looked up; to membership itself.

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
    department: str = ""
    job_title: str = ""


class Activity(Contract):
    """The time of a member's activity."""

    member_id: UUID
    at: Moment
    kind: ActivityKind


class RecordActivity(Message):
    """Members' activities in auth: last use, first password, outcomes of presence checks."""

    NAME: ClassVar[str] = "membership.record_activity"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    items: tuple[Activity, ...]

    def locks(self) -> Locks:
        """The members."""
        return Locks(members=frozenset(item.member_id for item in self.items))


class AuditItem(Contract):
    """One action for a customer's audit log: ids and codes only, never a name or an address."""

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
    """Actions and events in auth and notifier, for membership's audit log."""

    NAME: ClassVar[str] = "membership.record_audit"
    QUEUE: ClassVar[str] = "membership"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth", "notifier"})

    items: tuple[AuditItem, ...]

    def locks(self) -> Locks:
        """The end of each customer's chain."""
        return Locks(chains=frozenset(item.customer_id for item in self.items))


class Distrust(Message):
    """A member's sessions, except the exempt one, are distrusted: their requests are withdrawn.

    These are a pending change of address, and the pending invitations and moves that the member
    sent at or after `since`: the beginning of the oldest session that ended, or `at` if none did;
    after a denied sign-in or the tenth wrong presence answer, 7 days before `at`. `at` is the time
    of the distrust, and not before the last authentication in these sessions. Requests of a session
    that was authenticated after `at` stay, however late this arrives.
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
        """The customer, the member, and the audit chain that records the withdrawals."""
        customer = frozenset({self.customer_id})
        return Locks(customers=customer, members=frozenset({self.member_id}), chains=customer)
