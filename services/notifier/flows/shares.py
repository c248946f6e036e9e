"""Divides the connections to the mail server, so that slow mails do not delay others.

New mails and retries share the connections; the mails of one recipient's domain, and retries, use
at most half of them each.
"""

from collections import Counter
from collections.abc import Collection

from services.notifier.domain import Mail


class Shares:
    """The shares of one process."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._half = max(1, connections // 2)
        self._tried_last = True

    def free(self, under_way: Collection[Mail]) -> bool:
        """Whether one more mail may begin."""
        return len(under_way) < self._connections

    def turns(self, under_way: Collection[Mail]) -> list[bool]:
        """The kinds that may use a connection, in this order; true stands for retries.

        First the kind that has fewer connections; if equal, the other one than the last time.
        """
        tried = sum(mail.attempt > 1 for mail in under_way)
        new = len(under_way) - tried
        if tried >= self._half:
            return [False]
        first = not self._tried_last if tried == new else tried < new
        return [first, not first]

    def without(self, under_way: Collection[Mail]) -> list[str]:
        """The domains that have their half already."""
        counted = Counter(mail.domain for mail in under_way)
        return [domain for domain, mails in counted.items() if mails >= self._half]

    def begun(self, mail: Mail) -> None:
        """Remember the kind of the last mail."""
        self._tried_last = mail.attempt > 1
