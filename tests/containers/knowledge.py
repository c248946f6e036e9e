"""Rules for settings: a container gets what it needs, and secrets only as files."""

import re
from pathlib import PurePosixPath
from typing import Any

from cli.compose_env import SETTINGS
from shared.settings import is_secret
from tests.containers.compose import CLASSES, Compose, containers, processes, settings, variables

MOUNTED = PurePosixPath("/run/secrets")

_SECRETS = {
    name.upper()
    for cls in CLASSES.values()
    for name, field in cls.model_fields.items()
    if is_secret(field)
} | {"DATABASE_URL", "POSTGRES_PASSWORD"}


def variables_are_made_and_documented(text: str, documentation: str) -> list[str]:
    """Each variable of the file is written by `make compose-env` and documented."""
    asked, written = variables(text), set(_written())
    faults = [f"{name} is not written by make compose-env" for name in asked - written]
    faults += [
        f"{name} is not in docs/deployment.md"
        for name in asked | written
        if f"`{name}`" not in documentation
    ]
    return faults + [f"{name} is a secret" for name in (asked | written) & _SECRETS]


def _written() -> list[str]:
    return re.findall(r"^(\w+)=", SETTINGS, re.MULTILINE)


def secrets_are_files(compose: Compose) -> list[str]:
    """A secret is set as the name of a file that the container gets, and it gets no other file."""
    faults = []
    for name, container in containers(compose):
        given = container.get("secrets", [])
        environment = container.get("environment", {})
        faults += [f"{name} is told {key}" for key in environment.keys() & _SECRETS]
        faults += [
            f"{name} has no file for {key}"
            for key, value in environment.items()
            if key.endswith("_FILE") and value not in {str(MOUNTED / secret) for secret in given}
        ]
        faults += [f"{name} does not use {one}" for one in given if not _uses(container, one)]
    return faults


def _uses(container: dict[str, Any], secret: str) -> bool:
    told = [*container.get("environment", {}).values(), container["command"]]
    return any(re.search(rf"{MOUNTED / secret}(\s|$)", str(text)) for text in told)


def secrets_have_files(compose: Compose) -> list[str]:
    """Each secret is the file of its name in secrets/, which is in no repository and no image."""
    return [
        f"{name} is {secret}"
        for name, secret in compose["secrets"].items()
        if secret != {"file": f"./secrets/{name}"}
    ]


def own_settings(compose: Compose) -> list[str]:
    """No process gets a setting that only another service needs, and the gateway no secret."""
    fields = {
        service: {name.upper() for name in cls.model_fields} for service, cls in CLASSES.items()
    }
    faults = []
    for name, service, _, container in processes(compose):
        others = set().union(*fields.values()) - fields[service]
        faults += [f"{name} is told {setting}" for setting in settings(container) & others]
        faults += [
            f"{name} sees {volume['target']}"
            for volume in container.get("volumes", [])
            if volume["target"] not in container["environment"].values()
        ]
    secret = compose["services"]["gateway"].get("secrets", [])
    return faults + [f"the gateway is told {name}" for name in secret]


def reads_the_settings(compose: Compose) -> list[str]:
    """Every container with a command of the product, `migrate` too, gets the settings of `.env`."""
    return [
        f"{name} is not told what .env says"
        for name, container in containers(compose)
        if container["image"].startswith("zaiseki:") and container.get("env_file") != ".env"
    ]


def migration_gets_databases_only(compose: Compose) -> list[str]:
    """The container that makes schemas and roles gets no key of the product."""
    return [
        f"migrate is told {setting}"
        for setting in settings(compose["services"]["migrate"])
        if not setting.endswith("DATABASE_URL")
    ]


def secrets_are_documented(compose: Compose, documentation: str) -> list[str]:
    """The page's table of secrets lists each secret with the containers that get it."""
    rows = re.findall(r"^\| `([\w.-]+)`[^|]*\| ([^|(]+)", documentation, re.MULTILINE)
    told = {name: set(needed.strip().split(", ")) for name, needed in rows}
    needed = {
        secret: {name for name, container in containers(compose) if secret in _given(container)}
        for secret in compose["secrets"]
    }
    return [
        f"{secret} is needed by {', '.join(sorted(names))}"
        for secret, names in needed.items()
        if told.get(secret) != names
    ]


def _given(container: dict[str, Any]) -> list[str]:
    given: list[str] = container.get("secrets", [])
    return given
