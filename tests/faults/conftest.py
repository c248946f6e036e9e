"""Fixtures of other folders that the tests of faults use."""

from tests.auth.conftest import auth
from tests.membership.conftest import membership, yamato
from tests.shared.messaging.conftest import reader

__all__ = ["auth", "membership", "reader", "yamato"]
