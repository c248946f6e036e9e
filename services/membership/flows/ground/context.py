"""The context of every flow of membership."""

from dataclasses import dataclass

from services.membership.settings import MembershipSettings
from shared.clock import Clock
from shared.db import Database
from shared.messaging.confirmations import Confirmations
from shared.messaging.mailer import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The open resources of one process of membership."""

    db: Database
    clock: Clock
    settings: MembershipSettings
    mailer: Mailer
    confirmations: Confirmations
