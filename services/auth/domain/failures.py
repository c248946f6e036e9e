"""The delays after wrong passwords: uniform, and without locking the owner out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

FREE_TRIES = 10
LAST_TRY = 100
LONGEST_PAUSE = 60.0

ANY_UNKNOWN_BROWSER = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Counter:
    """Wrong passwords in a row for one address: by all unknown browsers, or by one known device."""

    device_id: UUID
    wrong: int
    last_wrong_at: datetime | None

    @property
    def closed(self) -> bool:
        """Unknown browsers have used up their 100 tries (NIST SP 800-63B-4, section 3.2.2)."""
        return self.device_id == ANY_UNKNOWN_BROWSER and self.wrong >= LAST_TRY

    def wait(self, now: datetime) -> float:
        """Seconds until the next attempt: 0 before the 10th wrong one, then 1 doubling to 60."""
        if self.wrong < FREE_TRIES or self.last_wrong_at is None:
            return 0.0
        pause = min(LONGEST_PAUSE, 2.0 ** min(self.wrong - FREE_TRIES, 10))
        return (self.last_wrong_at + timedelta(seconds=pause) - now).total_seconds()
