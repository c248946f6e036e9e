"""Fixtures of other folders that faults are caused with."""

from tests.auth.conftest import auth
from tests.membership.conftest import membership, yamato
from tests.shared.messaging.conftest import reader

__all__ = ["auth", "membership", "reader", "yamato"]
