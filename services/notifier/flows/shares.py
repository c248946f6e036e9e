"""Who gets the next connection to the mail server, so that a few slow ones delay only themselves.

Mails that were never tried and mails that are tried again share the connections; those of one
recipient's domain, and those that are tried again, have half of them at the most.
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
        """Which may have it, in this order: true for those that were tried before.

        First the kind that has fewer connections; where both have the same, the other one than the
        last time.
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
        """Remember whose turn it was."""
        self._tried_last = mail.attempt > 1
