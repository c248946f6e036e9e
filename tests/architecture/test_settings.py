"""Settings are described in their classes; the page and the example are generated from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from cli import known_settings
from cli.settings import env_example, page
from embedded import settings as embedded_settings
from shared.settings import ServiceSettings, is_secret

ROOT = Path(__file__).resolve().parents[2]
CLASSES = known_settings.classes()


def test_page_and_example_are_as_make_docs_writes_them() -> None:
    assert (ROOT / "docs/settings.md").read_text() == page()
    assert (ROOT / ".env.example").read_text() == env_example()


@pytest.mark.parametrize(
    "row",
    [
        "| `MESSAGE_PUBLIC_KEYS` | required |  | all | Verifies which service sent",
        "| `AUTH_MESSAGE_KEY` † | required |  | auth | Auth's private key (Ed25519)",
        "| `LOG_LEVEL` | `info` | debug, info, warning, error | all | Lowest log level",
        "| `MAIL_PUBLIC_KEY` | required |  | auth, membership | The notifier's public",
        "| `SESSION_IDLE` | `3600` | seconds, 60 or more | auth | How long an unused session",
        "| `HASH_THREADS` | `2` | 1 to 64 | auth | Passwords",
        "| `REDIS_URL` † | required |  | all | ",
        "| `PORT` | `8080` |  | `zaiseki up` | The customers' site",
    ],
)
def test_the_page_has_a_row_for_each_setting(row: str) -> None:
    assert f"\n{row}" in page()


def test_the_example_contains_no_secret_and_every_default() -> None:
    lines = env_example().splitlines()
    assert {
        "MESSAGE_PUBLIC_KEYS=",
        "AUTH_MESSAGE_KEY=",
        "#MESSAGE_KEYS=",
        "REDIS_URL=",
        "#BROKER_URL=",
        "#LOG_LEVEL=info",
    } <= set(lines)
    assert lines[lines.index("#HASH_THREADS=2") - 1] == (
        "# Passwords that are hashed at once. (1 to 64)"
    )


@pytest.mark.parametrize("settings", CLASSES.values())
def test_every_setting_is_described_in_a_sentence(settings: type[ServiceSettings]) -> None:
    for name, field in settings.model_fields.items():
        assert field.description, name
        assert field.description[0].isupper() or field.description[0] == "`", name
        assert field.description.endswith("."), name


@pytest.mark.parametrize("settings", CLASSES.values())
def test_no_secret_has_a_default_and_none_is_shown(settings: type[ServiceSettings]) -> None:
    """A secret is neither in the text of its class nor in a log line."""
    for name, field in settings.model_fields.items():
        sounds_secret = name.endswith(("_key", "_keys", "_password", "database_url", "smtp_url"))
        assert is_secret(field) >= (sounds_secret and "public" not in name), name
        if is_secret(field):
            assert not field.repr or field.annotation is SecretStr, name
            assert field.is_required() or field.default in (SecretStr(""), ()), name
    assert settings.model_config["frozen"]
    assert settings.model_config["hide_input_in_errors"]


def test_a_name_of_two_services_has_one_meaning() -> None:
    shown: dict[str, Any] = {}
    for settings in CLASSES.values():
        for name, field in settings.model_fields.items():
            meant = (field.default, field.annotation, field.metadata, field.description)
            assert shown.setdefault(name, meant) == meant, name


class Environment(Mapping[str, str]):
    """An empty environment that records the variables read from it."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_page_lists_the_embedded_runs_settings_and_defaults() -> None:
    environment = Environment()
    read = embedded_settings.read(environment)
    shown = {
        name: setting
        for setting in known_settings.of_the_embedded_run()
        for name in setting.name.split(", ")
    }
    files = {f"{name}_FILE" for name, setting in shown.items() if setting.secret}
    assert environment.asked == shown.keys() | files
    defaults = {name: str(port) for name, port in read.ports.items()} | {
        "STATE_DIR": embedded_settings.STATE_DIR
    }
    assert {name: shown[name].default for name in defaults} == defaults
