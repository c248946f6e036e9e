"""The messages that auth reads."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.base import (
    Contract,
    Locale,
    Locks,
    Message,
    Moment,
    Role,
    Sha256,
    SuspensionReason,
)


class Suspension(Contract):
    """The part of a suspension card that its member may read (B2)."""

    reason: SuspensionReason
    note: Annotated[str, Field(examples=["貸与端末の返却待ちです"])]
    since: Moment
    until: Moment | None = None


class FirstPassword(Contract):
    """The hash of the token that sets the first password, and when the token ends."""

    sha256: Sha256
    expires_at: Moment


class SyncAccount(Message):
    """The complete state of a member in membership; auth applies it if it is newer.

    With `state="closed"` it has ids and version only. If a part of the name or a reading is None,
    the sender's release does not know it, and auth keeps its value. Receiving versions 3, 1, 3, 2
    leads to the same state as 1, 2, 3: `state_version` is the version that set the state, which
    shows a suspension between two versions.
    """

    NAME: ClassVar[str] = "auth.sync_account"
    QUEUE: ClassVar[str] = "auth.now"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"membership"})
    PARKS: ClassVar[bool] = False

    member_id: UUID
    version: int
    state: Literal["active", "suspended", "closed"]
    state_version: int | None = None
    customer_id: UUID
    customer_code: str = ""
    customer_name: str = ""
    email: str = ""
    name: str = ""
    family_name: str | None = None
    given_name: str | None = None
    reading: str | None = None
    customer_reading: str | None = None
    role: Role = "staff"
    locale: Locale = "ja"
    suspension: Suspension | None = None
    first_password: FirstPassword | None = None

    def locks(self) -> Locks:
        """The account of the member."""
        return Locks(members=frozenset({self.member_id}))


class StartPasswordReset(Message):
    """A reset was asked for this address, whether it has an account or not (R7); to auth itself."""

    NAME: ClassVar[str] = "auth.start_password_reset"
    QUEUE: ClassVar[str] = "auth"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"auth"})

    email: str
    locale: Locale
    browser: str

    def locks(self) -> Locks:
        """The account that has the address."""
        return Locks(addresses=frozenset({self.email}))


class SendPasswordReset(Message):
    """An owner or admin asked for a reset link for a colleague (B17); it goes to the address that
    auth has for the member. The name is that of the person who asked, as the mail writes it."""

    NAME: ClassVar[str] = "auth.send_password_reset"
    QUEUE: ClassVar[str] = "auth"
    SENDERS: ClassVar[frozenset[str]] = frozenset({"membership"})

    member_id: UUID
    asked_by_name: str
    asked_by_role: Role
    asked_at: Moment

    def locks(self) -> Locks:
        """The account of the member."""
        return Locks(members=frozenset({self.member_id}))
