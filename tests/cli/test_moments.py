"""A time that an operator types without an offset is in the vendor's zone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from cli import moments


@pytest.fixture(autouse=True)
def _nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))


@pytest.mark.parametrize(
    ("zone", "text", "hour"),
    [
        ("", "2026-11-29T11:00", 2),
        ("Asia/Tokyo", "2026-11-29T11:00", 2),
        ("Europe/Berlin", "2026-11-29T11:00", 10),
        ("Europe/Berlin", "2026-11-29T11:00+09:00", 2),
        ("Europe/Berlin", "2026-11-29T11:00Z", 11),
        ("America/New_York", "2026-11-29", 5),
    ],
)
def test_a_time_without_an_offset_is_in_the_vendors_zone(
    monkeypatch: pytest.MonkeyPatch, zone: str, text: str, hour: int
) -> None:
    monkeypatch.setenv("TIME_ZONE", zone)
    assert moments.read(text) == datetime(2026, 11, 29, hour, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_time_that_is_not_in_the_past_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        moments.read(text)
