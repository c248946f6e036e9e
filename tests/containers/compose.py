"""Reads docker-compose.yml for the rules: its containers and their settings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cli import known_settings

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
WITH_TLS = ROOT / "docker-compose.tls.yml"
CLASSES = known_settings.classes()
PROCESSES = {f"{service}-{process}" for service in CLASSES for process in ("api", "worker")}

_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")

Compose = dict[str, Any]


def read() -> Compose:
    """The file with its aliases resolved."""
    content: Compose = yaml.safe_load(FILE.read_text())
    return content


def changed(place: str, value: object) -> Compose:
    """The file with one value changed, or removed for None; `place` is such as `auth-api.user`."""
    compose = read()
    inside: Any = compose["services"]
    *way, last = place.split(".")
    for key in way:
        inside = inside.setdefault(key, {})
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return compose


def containers(compose: Compose) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each container with its name."""
    yield from compose["services"].items()


def processes(compose: Compose) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each container of the product: its name, service, `api` or `worker`, and the rest."""
    for name, container in containers(compose):
        if name in PROCESSES:
            service, _, process = name.partition("-")
            yield name, service, process, container


def settings(container: dict[str, Any]) -> set[str]:
    """The settings that a container gets, by value or by file."""
    return {name.removesuffix("_FILE") for name in container.get("environment", {})}


def variables(text: str) -> set[str]:
    """The variables that a text uses."""
    return {match[1] for match in _VARIABLE.finditer(text)}


def filled(text: str, values: dict[str, str]) -> str:
    """A text with its variables filled in, as Compose does."""
    return _VARIABLE.sub(lambda match: values.get(match[1]) or _default(match), text)


def _default(match: re.Match[str]) -> str:
    assert match[2] == "-", f"{match[1]} is missing"
    return match[3]


def seconds(duration: str) -> int:
    """`75s` in seconds."""
    return int(duration.removesuffix("s"))
