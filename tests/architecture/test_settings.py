"""`.env.example` says of each setting what the classes say: its name, its default, no secret."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from services.auth.settings import AuthSettings
from services.membership.settings import MembershipSettings
from services.notifier.settings import NotifierSettings
from shared.settings import ServiceSettings

EXAMPLE = (Path(__file__).resolve().parents[2] / ".env.example").read_text()
CLASSES = (AuthSettings, MembershipSettings, NotifierSettings)
GIVEN_ALL_THE_SAME = {"REDIS_URL"}
"""Has a default only so that the broker and the cache may be named instead."""


def faults(text: str, classes: Sequence[type[ServiceSettings]]) -> list[str]:
    """Where the example and the classes differ."""
    shown, known = dict(_lines(text)), dict(_settings(classes))
    found = [f"{name} is missing" for name in known.keys() - shown.keys()]
    found += [f"{name} is no setting" for name in shown.keys() - known.keys()]
    return found + [
        f"{name} is {shown[name]}, and should be {known[name]}"
        for name in shown.keys() & known.keys()
        if shown[name] != known[name]
    ]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and " " not in name:
            yield name.removeprefix("#"), f"#{value}" if line.startswith("#") else f"={value}"


def _settings(classes: Sequence[type[ServiceSettings]]) -> Iterator[tuple[str, str]]:
    for settings in classes:
        for name, field in settings.model_fields.items():
            given = field.is_required() or name.upper() in GIVEN_ALL_THE_SAME
            yield name.upper(), "=" if given else f"#{_shown(field)}"


def _shown(field: FieldInfo) -> str:
    default = field.default
    text = default.get_secret_value() if isinstance(default, SecretStr) else default
    return "" if text is None else str(text)


def test_the_example_says_what_the_classes_say() -> None:
    assert faults(EXAMPLE, CLASSES) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("#LOG_LEVEL=info\n", "", "LOG_LEVEL is missing"),
        ("#LOG_LEVEL=info\n", "#LOG_LEVEL=debug\n", "LOG_LEVEL is #debug, and should be #info"),
        ("#LOG_LEVEL=info\n", "LOG_LEVEL=info\n", "LOG_LEVEL is =info, and should be #info"),
        ("\nADDRESS_KEY=\n", "\nADDRESS_KEY=AAAA\n", "ADDRESS_KEY is =AAAA, and should be ="),
        ("\nADDRESS_KEY=\n", "\nADDRESS_KEY=\nOTHER=\n", "OTHER is no setting"),
    ],
)
def test_a_planted_difference_is_noticed(old: str, new: str, fault: str) -> None:
    assert old in EXAMPLE
    assert faults(EXAMPLE.replace(old, new), CLASSES) == [fault]


@pytest.mark.parametrize("settings", CLASSES)
def test_no_secret_has_a_default_and_none_is_shown(settings: type[ServiceSettings]) -> None:
    """What a class keeps for itself is neither in its text nor in a log line."""
    for name, field in settings.model_fields.items():
        secret = name.endswith(("_key", "_keys", "database_url", "smtp_url"))
        if secret:
            assert field.is_required(), name
            assert not field.repr or field.annotation is SecretStr, name
    assert settings.model_config["frozen"]
    assert settings.model_config["hide_input_in_errors"]


def test_two_services_mean_the_same_by_one_name() -> None:
    shown: dict[str, str] = {}
    for name, value in _settings(CLASSES):
        assert shown.setdefault(name, value) == value, name
