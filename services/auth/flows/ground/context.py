"""The context of every flow of auth."""

from dataclasses import dataclass
from datetime import timedelta

from services.auth.domain.identity import Signer
from services.auth.domain.presence import Schedule, Secrets
from services.auth.flows.ground.hashing import Hasher
from services.auth.settings import AuthSettings
from shared.clock import Clock
from shared.crypto import hmac_sha256
from shared.db import Database
from shared.messaging.confirmations import Confirmations
from shared.messaging.mailer import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The open resources of one process of auth."""

    db: Database
    clock: Clock
    settings: AuthSettings
    mailer: Mailer
    confirmations: Confirmations
    hasher: Hasher
    signer: Signer
    schedule: Schedule
    secrets: Secrets

    @property
    def asks_for_presence(self) -> bool:
        """Whether presence checks are enabled."""
        return self.settings.presence_mode == "enforced"

    @property
    def idle(self) -> timedelta:
        """How long a session may stay unused."""
        return timedelta(seconds=self.settings.session_idle)

    @property
    def absolute(self) -> timedelta:
        """How long a session may last."""
        return timedelta(seconds=self.settings.session_absolute)

    def address_hmac(self, email_key: str) -> bytes:
        """The keyed hash of an address for counters; people type passwords into the wrong field."""
        return hmac_sha256(self.settings.address_key, "failures", email_key)
