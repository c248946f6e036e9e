"""docker-compose.yml keeps each rule, and each rule finds a planted fault; without an engine."""

import re
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from cli import compose_env
from tests.containers import confinement, knowledge, starting
from tests.containers.compose import (
    CLASSES,
    FILE,
    ROOT,
    WITH_TLS,
    Compose,
    changed,
    containers,
    filled,
    processes,
    read,
)

Rule = Callable[[Compose], list[str]]


def plant(rule: Rule, place: str, value: object, fault: str) -> object:
    """A rule, one value to change (None removes it), and the expected fault."""
    return pytest.param(rule, place, value, fault, id=f"{rule.__name__}: {fault}")


LOOPBACK = "127.0.0.1:1:1"
PLANTED = [
    plant(confinement.confined, "auth-api.read_only", False, "file system can be written"),
    plant(confinement.confined, "postgres.cap_drop", None, "postgres: it keeps capabilities"),
    plant(confinement.confined, "valkey.security_opt", [], "valkey: it may gain privileges"),
    plant(confinement.confined, "migrate.privileged", True, "migrate: privileged opens it"),
    plant(confinement.confined, "auth-api.cap_add", ["CHOWN"], "auth-api has rights back"),
    plant(confinement.no_container_is_root, "postgres.user", None, "the user of the image"),
    plant(confinement.no_container_is_root, "valkey.user", "0:999", "valkey runs as 0:999"),
    plant(confinement.reached_on_loopback_only, "postgres.ports", [LOOPBACK], "postgres publishes"),
    plant(confinement.reached_on_loopback_only, "mailpit.ports", ["1:1"], "mailpit publishes 1:1"),
    plant(confinement.networks, "gateway.networks", ["back"], "the gateway reaches"),
    plant(confinement.networks, "postgres.networks", ["back", "edge"], "postgres is on edge"),
    plant(confinement.logs_are_bounded, "mailpit.logging", None, "mailpit logs without bound"),
    plant(
        knowledge.secrets_are_files, "auth-api.environment.ADDRESS_KEY", "AAAA",
        "auth-api is told ADDRESS_KEY",
    ),
    plant(
        knowledge.secrets_are_files, "postgres.environment.POSTGRES_PASSWORD", "${PASSWORD}",
        "postgres is told POSTGRES_PASSWORD",
    ),
    plant(
        knowledge.secrets_are_files, "auth-api.secrets",
        ["redis-url", "message-public-keys", "auth-message-key", "auth-database-url",
         "address-key"],
        "auth-api has no file for PRESENCE_KEYS_FILE",
    ),
    plant(
        knowledge.secrets_are_files, "postgres.secrets", ["database-owner", "address-key"],
        "postgres does not use address-key",
    ),
    plant(
        knowledge.own_settings, "membership-api.environment.AUTH_DATABASE_URL_FILE",
        "/run/secrets/auth-database-url", "membership-api is told AUTH_DATABASE_URL",
    ),
    plant(
        knowledge.own_settings, "membership-worker.volumes", [{"target": "/run/keys/mail"}],
        "membership-worker sees /run/keys/mail",
    ),
    plant(
        knowledge.own_settings, "notifier-worker.environment.AUTH_MESSAGE_KEY_FILE",
        "/run/secrets/auth-message-key", "notifier-worker is told AUTH_MESSAGE_KEY",
    ),
    plant(knowledge.own_settings, "gateway.secrets", ["smtp-url"], "the gateway is told smtp-url"),
    plant(knowledge.reads_the_settings, "migrate.env_file", None, "migrate is not told"),
    plant(knowledge.reads_the_settings, "auth-api.env_file", "other", "auth-api is not told"),
    plant(
        knowledge.migration_gets_databases_only, "migrate.environment.AUTH_MESSAGE_KEY_FILE",
        "/run/secrets/auth-message-key", "migrate is told AUTH_MESSAGE_KEY",
    ),
    plant(starting.every_part_of_the_embedded_run, "auth-worker", None, "auth-worker is missing"),
    plant(starting.every_part_of_the_embedded_run, "mailpit", None, "mailpit is missing"),
    plant(
        starting.commands, "auth-worker.command", ["zaiseki", "api", "auth"], "auth-worker runs"
    ),
    plant(starting.health, "valkey.healthcheck", None, "valkey is not asked"),
    plant(
        starting.health, "auth-api.environment.AUTH_LISTEN", "0.0.0.0:1", "auth-api is asked by"
    ),
    plant(
        starting.health_keys_of_every_engine, "valkey.healthcheck.start_interval", "1s",
        "valkey is asked with start_interval",
    ),
    plant(starting.waits, "notifier-api.depends_on.migrate", None, "notifier-api waits for"),
    plant(starting.waits, "gateway.depends_on.auth-api", None, "does not wait for auth-api"),
    plant(starting.versions, "auth-api.image", "zaiseki", "auth-api runs zaiseki"),
    plant(starting.versions, "gateway.image", "zaiseki-gateway:0.1.0", "gateway runs zaiseki-gat"),
    plant(starting.versions, "migrate.image", None, "migrate runs None"),
    plant(starting.restarts, "postgres.restart", "no", "postgres has the policy no"),
    plant(starting.restarts, "migrate.restart", "always", "migrate has the policy always"),
    plant(starting.has_time_to_end, "auth-worker.stop_grace_period", "60s", "killed after 60s"),
    plant(starting.has_time_to_end, "auth-api.stop_grace_period", None, "killed after None"),
    plant(starting.gateway, "gateway.environment.WEB_DIST", None, "is not told WEB_DIST"),
    plant(
        starting.gateway, "gateway.environment.AUTH_UPSTREAM", "auth-api:1",
        "auth-api listens on 8081",
    ),
]  # fmt: skip
RULES = sorted({p.values[0] for p in PLANTED}, key=lambda rule: (rule.__module__, rule.__name__))  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_file_keeps_the_rule(rule: Rule) -> None:
    assert rule(read()) == []


@pytest.mark.parametrize(("rule", "place", "value", "fault"), PLANTED)
def test_the_rule_finds_a_planted_fault(rule: Rule, place: str, value: object, fault: str) -> None:
    found = rule(changed(place, value))
    assert any(fault in one for one in found), found


def test_an_opened_network_is_found() -> None:
    compose = read()
    compose["networks"]["back"] = None
    assert confinement.networks(compose) == ["back has a way out"]


def test_each_secret_is_the_file_of_its_name() -> None:
    compose = read()
    assert knowledge.secrets_have_files(compose) == []
    compose["secrets"]["address-key"] = {"environment": "ADDRESS_KEY"}
    assert knowledge.secrets_have_files(compose) == [
        "address-key is {'environment': 'ADDRESS_KEY'}"
    ]


@pytest.mark.parametrize("file", [FILE, WITH_TLS], ids=lambda file: file.name)
def test_each_variable_is_made_and_described(file: Path) -> None:
    documentation = (ROOT / "docs" / "deployment.md").read_text()
    assert knowledge.variables_are_made_and_documented(file.read_text(), documentation) == []


def test_a_planted_variable_is_found() -> None:
    documentation = (ROOT / "docs" / "deployment.md").read_text()
    found = knowledge.variables_are_made_and_documented(
        "${OTHER} ${ADDRESS_KEY:-AAAA}", documentation
    )
    assert sorted(found) == [
        "ADDRESS_KEY is a secret",
        "ADDRESS_KEY is not in docs/deployment.md",
        "ADDRESS_KEY is not written by make compose-env",
        "OTHER is not in docs/deployment.md",
        "OTHER is not written by make compose-env",
    ]


def schema_faults(file: Path) -> str:
    """The faults of a file by the schema of Compose; empty without any."""
    done = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            *("--builtin-schema", "vendor.compose-spec", file),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("file", [FILE, WITH_TLS], ids=lambda file: file.name)
def test_the_schema_of_compose_accepts_the_file(file: Path) -> None:
    assert schema_faults(file) == ""


def test_the_schema_finds_a_misspelt_key(tmp_path: Path) -> None:
    misspelt = tmp_path / "docker-compose.yml"
    misspelt.write_text(FILE.read_text().replace("read_only:", "readonly:", 1))
    assert "readonly" in schema_faults(misspelt)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh .env and secrets/."""
    folder = tmp_path_factory.mktemp("made")
    compose_env.make(folder)
    return folder


def test_the_settings_of_each_process_are_complete(made: Path) -> None:
    """A container's settings, with files read and variables filled in, satisfy its class."""
    lines = (made / ".env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
    for _, service, _, container in processes(read()):
        told = dict(values)
        for name, text in container["environment"].items():
            value = filled(str(text), values)
            if name.endswith("_FILE"):
                value = (made / "secrets" / Path(value).name).read_text().strip()
            if value.startswith("/run/keys/"):
                value = str(made / "secrets" / Path(value).name)
            told[name.removesuffix("_FILE")] = value
        fields = CLASSES[service].model_fields
        given = {field: told[field.upper()] for field in fields if field.upper() in told}
        settings = CLASSES[service].model_validate(given)
        assert settings.origin == "http://localhost:8080"


def test_each_file_that_a_container_gets_is_made(made: Path) -> None:
    compose = read()
    for name in compose["secrets"]:
        assert (made / "secrets" / name).is_file(), name
    for name, container in containers(compose):
        for volume in container.get("volumes", []):
            if isinstance(volume, dict):
                assert any((made / volume["source"]).glob("*.key")), name


def test_the_page_names_the_containers_that_need_each_secret() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    assert knowledge.secrets_are_documented(read(), page) == []
    wrong = page.replace("| valkey | last", "| postgres | last")
    assert knowledge.secrets_are_documented(read(), wrong) == ["valkey.conf is needed by valkey"]


def test_git_ignores_secrets_their_copies_and_dumps() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    made = {"secrets", *re.findall(r"secrets\.(?:before|after)\b|\b\w+\.dump\b", page)}
    assert {"secrets.before", "secrets.after", "before.dump"} <= made
    patterns = [line.strip("/") for line in ignored]
    assert [name for name in made if not any(fnmatch(name, one) for one in patterns)] == []
