"""The base of every message: a type owns its name, its queue and its fields."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

Locale = Literal["ja", "en"]
Role = Literal["owner", "admin", "staff"]
RejectionReason = Literal["not_a_colleague", "not_permitted", "duplicate", "other"]
"""The reason for rejecting a registration or a change of address (R3, R4)."""

SuspensionReason = Literal["left", "on_leave", "misuse", "lost_device", "other"]
"""The reason on a suspension card (B2)."""

AuditSource = Literal["owner", "admin", "staff", "operator", "visitor", "system"]
"""The actor of an audit entry; a visitor opened a mailed link, the system applied a rule."""

AuditSubject = Literal[
    "account", "address", "approval", "company", "invitation", "mail", "member", "password",
    "presence", "registration", "role", "seats", "session",
]  # fmt: skip
"""The object of the action."""

AuditEvent = Literal[
    "account:details_changed", "account:exported", "address:change_approved",
    "address:change_rejected", "address:change_requested", "address:change_waits",
    "address:change_withdrawn", "address:changed", "address:move_started",
    "address:move_withdrawn", "approval:approved", "approval:denied", "approval:lapsed",
    "approval:listed", "approval:rejected", "approval:revealed", "company:audit_log_exported",
    "company:import_checked", "company:imported", "company:members_exported",
    "company:members_listed", "company:phone_shown", "invitation:denied", "invitation:sent",
    "invitation:sent_again", "invitation:withdrawn", "mail:refused", "member:deleted",
    "member:denied", "member:details_changed", "member:joined", "member:replaced",
    "member:resumed", "member:revealed", "member:suspended", "password:reset_asked",
    "password:set", "presence:denied", "presence:failed", "presence:missed", "role:changed",
    "seats:limit_changed", "seats:raise_lapsed", "session:denied", "session:signed_in",
]  # fmt: skip
"""Every `subject:action` that the services record. Pages and files have words for each."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

Moment = AwareDatetime
"""A point in time with its offset from UTC."""


class Contract(BaseModel):
    """A value that crosses a boundary: frozen, and ignores unknown fields.

    They are ignored so that the next release can add an optional field while this one still runs;
    any other change needs a new name (`..._v2`). Errors do not repeat invalid values, which may be
    tokens.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """The locks of a message at its reader, so that a batch can take all first, in one order.

    `chains` are the audit chains of customers; `addresses` are of accounts, as they were typed.
    """

    customers: frozenset[UUID] = frozenset()
    members: frozenset[UUID] = frozenset()
    chains: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()

    def __or__(self, other: "Locks") -> "Locks":
        """The locks of both messages."""
        return Locks(
            customers=self.customers | other.customers,
            members=self.members | other.members,
            chains=self.chains | other.chains,
            addresses=self.addresses | other.addresses,
        )


class Message(Contract):
    """A command with one reader, delivered at least once and applied once.

    `NAME` is `<reader>.<verb>_<object>` and the Celery task's name; `QUEUE` is the reader's queue,
    with `.now` for urgent messages. `SENDERS` are the services that may send it: the relay of
    another service parks it, and the reader rejects it. `PARKS`: whether it is parked for an
    administrator after ten permanent failures, instead of being tried for ever.
    """

    NAME: ClassVar[str]
    QUEUE: ClassVar[str]
    SENDERS: ClassVar[frozenset[str]]
    PARKS: ClassVar[bool] = True

    def locks(self) -> Locks:
        """The locks that it shares with other messages or requests."""
        return Locks()
