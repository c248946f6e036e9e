"""The base of every message: a type owns its name, its queue and its fields."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

Locale = Literal["ja", "en"]
Role = Literal["owner", "admin", "staff"]
RejectionReason = Literal["not_a_colleague", "not_permitted", "duplicate", "other"]
"""Why an approver turned a registration or a change of address down (R3, R4)."""

SuspensionReason = Literal["left", "on_leave", "misuse", "lost_device", "other"]
"""The reason on a suspension card (B2)."""

AuditSource = Literal["owner", "admin", "staff", "operator", "visitor", "system"]
"""Who did what the audit log has; a visitor held a mailed link, the system kept to a rule."""

AuditSubject = Literal[
    "account", "address", "approval", "company", "invitation", "mail", "member", "password",
    "presence", "registration", "role", "seats", "session",
]  # fmt: skip
"""What it was done to."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

Moment = AwareDatetime
"""A point in time with its offset from UTC."""


class Contract(BaseModel):
    """A value that crosses a boundary: frozen, and deaf to fields that it does not know yet.

    Unknown fields are ignored so that the next release can add an optional field while this one
    still runs; anything else that changes needs a new name (`..._v2`). What does not fit is not
    repeated in the error: it may be a token.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What a message locks at its reader, so that a batch can lock all of it first, in one order.

    `chains` are the audit chains of customers; `addresses` are of accounts, as they were typed.
    """

    customers: frozenset[UUID] = frozenset()
    members: frozenset[UUID] = frozenset()
    chains: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()

    def __or__(self, other: "Locks") -> "Locks":
        """The locks of both."""
        return Locks(
            customers=self.customers | other.customers,
            members=self.members | other.members,
            chains=self.chains | other.chains,
            addresses=self.addresses | other.addresses,
        )


class Message(Contract):
    """A command with one reader, delivered at least once and applied once.

    `NAME` is `<reader>.<verb>_<object>` and the Celery task's name; `QUEUE` is the reader's queue,
    with `.now` for what must not wait. `SENDERS` are the services that may send it: the relay of
    another service parks it, and the reader refuses it. `PARKS` is whether it waits for an operator
    after ten answers that it is at fault itself, instead of being tried for ever.
    """

    NAME: ClassVar[str]
    QUEUE: ClassVar[str]
    SENDERS: ClassVar[frozenset[str]]
    PARKS: ClassVar[bool] = True

    def locks(self) -> Locks:
        """What its effect locks that other messages or requests may lock as well."""
        return Locks()
