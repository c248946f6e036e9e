"""Days as the vendor's customers count them: in the zone of TIME_ZONE, Japan's unless it is set.

Moments are stored, sent and answered in UTC (RFC 3339); a day is what people type and read.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAPAN = "Asia/Tokyo"


def zone_of(name: str) -> ZoneInfo:
    """The zone of a name of the IANA time zone database. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError):
        raise ValueError("has to name a time zone, such as Asia/Tokyo") from None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day is over: the midnight after it. Raises OverflowError."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC)


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people read it: `2026-12-01 09:30`."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def day_of(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment: `2026-12-01`."""
    return f"{moment.astimezone(zone):%Y-%m-%d}"
