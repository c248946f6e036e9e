"""The audit log as rows of a file for people, in words.

The words are in audit_words.json, from which `make docs` also makes those of the page.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from services.membership.domain.company.audit import Entry
from services.membership.flows.company.audit_log import Page
from shared.contracts.base import Locale

_UNNAMED = {
    "approval:denied": "unnamed",
    "invitation:denied": "unnamed",
    "member:denied": "unnamed",
    "approval": "applicant",
    "invitation": "invited",
    "mail": "unnamed",
}
"""The words for a target without a name, by event or by subject; else a member who has left."""

WORDS: Mapping[str, Mapping[str, Mapping[Locale, str]]] = json.loads(
    Path(__file__).with_name("audit_words.json").read_text(encoding="utf-8")
)
"""The words for events, subjects, sources, reasons (codes of all kinds), people, and columns."""


def heads(locale: Locale) -> list[str]:
    """The column heads."""
    return [words[locale] for words in WORDS["columns"].values()]


def rows(page: Page, *, zone: ZoneInfo, locale: Locale) -> Iterator[Sequence[object]]:
    """The column heads, and all entries, the newest first."""
    yield heads(locale)
    for link in page.links:
        entry = link.entry
        yield (
            link.number,
            f"{entry.at.astimezone(zone):%Y/%m/%d %H:%M:%S}",
            _actor(entry, page.names, locale),
            WORDS["sources"][entry.source][locale],
            _event(entry, locale),
            _target(entry, page.names, locale),
            reason(entry.reason, locale),
            entry.network,
            entry.browser,
            entry.request_id,
        )


def reason(codes: str, locale: Locale) -> str:
    """The words for the codes of a reason; a number is a limit of accounts, and codes without words
    are left out."""
    words = []
    for code in codes.split(","):
        if code.isdecimal():
            words.append(WORDS["people"]["seats"][locale].format(n=code))
        elif code in WORDS["reasons"]:
            words.append(WORDS["reasons"][code][locale])
    return ("、" if locale == "ja" else ", ").join(words)


def _actor(entry: Entry, names: Mapping[UUID, str], locale: Locale) -> str:
    others = {"operator": "vendor", "system": "system", "visitor": "visitor"}
    name = names.get(entry.actor_id) if entry.actor_id else None
    return name or WORDS["people"][others.get(entry.source, "gone")][locale]


def _event(entry: Entry, locale: Locale) -> str:
    return (WORDS["events"][entry.event] if entry.event else WORDS["people"]["unknown"])[locale]


def _target(entry: Entry, names: Mapping[UUID, str], locale: Locale) -> str:
    people = WORDS["people"]
    if entry.target_id is None:
        return people["company"][locale]
    if entry.target_id == entry.actor_id:
        return people["oneself"][locale]
    unnamed = _UNNAMED.get(entry.event or "") or _UNNAMED.get(entry.subject, "gone")
    return names.get(entry.target_id) or people[unnamed][locale]
