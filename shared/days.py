"""Days in the zone of TIME_ZONE, by default Japan's.

Times are stored, sent and answered in UTC (RFC 3339); days are for people who type and read them.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAPAN = "Asia/Tokyo"


def zone_of(name: str) -> ZoneInfo:
    """The zone with a name of the IANA time zone database. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError):
        raise ValueError("has to name a time zone, such as Asia/Tokyo") from None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The end of a day: the midnight after it. Raises OverflowError."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC)


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """A moment for people: `2026-12-01 09:30`."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def day_of(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment: `2026-12-01`."""
    return f"{moment.astimezone(zone):%Y-%m-%d}"
