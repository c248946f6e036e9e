"""The base of every message: a type owns its name, its queue and its fields."""

from typing import Annotated, ClassVar, Literal

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
