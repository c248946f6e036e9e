"""Days and times in mails: in TIME_ZONE, with the zone's name if readers need it.

Japanese readers assume Japan's time, so a Japanese mail shows the offset only if it differs; an
English mail always shows the zone.
"""

from datetime import datetime, timedelta

from shared.contracts.base import Locale

_JAPAN = timedelta(hours=9)
_WEEKDAYS = "月火水木金土日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(local: datetime, locale: Locale) -> tuple[str, ...]:
    """Date and time of an aware datetime, in parts that a line may not break."""
    time = f"{local:%H:%M}"
    if locale == "en":
        return f"{date(local, locale)}, {time}", _zone(local)
    note = "" if local.utcoffset() == _JAPAN else f"（{_offset(local)}）"
    return (f"{date(local, locale)}{time}{note}",)


def date(local: datetime, locale: Locale) -> str:
    """The date alone."""
    if locale == "ja":
        return f"{local.year}年{local.month}月{local.day}日（{_WEEKDAYS[local.weekday()]}）"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _zone(local: datetime) -> str:
    """`JST (UTC+9)`; only the offset if the zone has no abbreviation of letters."""
    name = local.tzname() or ""
    if name == "UTC":
        return name
    return f"{name} ({_offset(local)})" if name.isalpha() else _offset(local)


def _offset(local: datetime) -> str:
    """`UTC+9`, `UTC-3:30`."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
