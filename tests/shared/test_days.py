"""A day ends at the midnight of its zone, on both sides of every boundary."""

from datetime import UTC, date, datetime

import pytest

from shared import days

TOKYO = days.zone_of("Asia/Tokyo")


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        ("2026-11-30", "Asia/Tokyo", "2026-11-30T15:00:00+00:00"),
        ("2026-12-31", "Asia/Tokyo", "2026-12-31T15:00:00+00:00"),
        ("2028-02-28", "Asia/Tokyo", "2028-02-28T15:00:00+00:00"),
        ("2026-11-30", "UTC", "2026-12-01T00:00:00+00:00"),
        ("2026-03-08", "America/New_York", "2026-03-09T04:00:00+00:00"),  # a day of 23 hours
    ],
)
def test_a_day_ends_at_midnight_of_its_zone(day: str, zone: str, end: str) -> None:
    assert days.end_of(date.fromisoformat(day), days.zone_of(zone)).isoformat() == end


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        (datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC), "2026-11-30", "2026-11-30 23:59"),
        (datetime(2026, 11, 30, 15, 0, 0, tzinfo=UTC), "2026-12-01", "2026-12-01 00:00"),
    ],
)
def test_the_day_of_a_moment_changes_at_midnight_in_japan(
    moment: datetime, day: str, shown: str
) -> None:
    assert days.day_of(moment, TOKYO) == day
    assert days.shown(moment, TOKYO) == shown


def test_the_last_day_of_the_calendar_has_no_end() -> None:
    with pytest.raises(OverflowError):
        days.end_of(date.max, TOKYO)


@pytest.mark.parametrize("name", ["", "Tokyo", "../etc/passwd", "Asia", "x" * 300, "\0"])
def test_a_text_that_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="has to name a time zone"):
        days.zone_of(name)
