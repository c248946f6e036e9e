"""deploy/replace.sh: no container stops before its successor is healthy; without an engine."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.containers.compose import ROOT, processes, read

DOCKER = """#!/bin/sh
# Containers are the files of $STATE/SERVICE; $STATE/calls has what was asked for.
echo "$*" >> "$STATE/calls"
case "$1 ${2-}" in
"compose ps") ls "$STATE/$5" ;;
"compose create") touch "$STATE/$6/new" ;;
"inspect --format") cat "$STATE/health" ;;
"rm --force") rm "$STATE"/*/"$3" ;;
rm*) rm "$STATE"/*/"$2" ;;
esac
"""


class Machine:
    """A folder for containers, and a record of the script's commands."""

    def __init__(self, folder: Path, *, health: str) -> None:
        self.folder = folder
        commands = folder / "bin"
        commands.mkdir()
        for name, text in {"docker": DOCKER, "sleep": "#!/bin/sh\n"}.items():
            (commands / name).write_text(text)
            (commands / name).chmod(0o755)
        (folder / "health").write_text(health)

    def run(self, name: str, *containers: str) -> None:
        (self.folder / name).mkdir()
        for container in containers:
            (self.folder / name / container).touch()

    def runs(self, name: str) -> set[str]:
        return {path.name for path in (self.folder / name).iterdir()}

    def replace(self, *names: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return subprocess.run(
            [ROOT / "deploy" / "replace.sh", *names],
            env={"PATH": path, "STATE": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        calls = self.folder / "calls"
        return calls.read_text().splitlines() if calls.exists() else []


def test_the_old_container_is_removed_once_the_new_one_is_healthy(tmp_path: Path) -> None:
    machine = Machine(tmp_path, health="healthy")
    machine.run("auth-api", "old")
    done = machine.replace("auth-api")
    assert done.returncode == 0, done.stderr
    assert machine.runs("auth-api") == {"new"}
    calls = machine.calls()
    assert "compose create --no-recreate --scale auth-api=2 auth-api" in calls
    steps = [calls.index(call) for call in ("start new", "stop old", "rm old")]
    asked = calls.index("inspect --format {{.State.Health.Status}} new")
    assert steps[0] < asked < steps[1] < steps[2]


def test_the_next_up_recreates_no_container(
    tmp_path: Path,
) -> None:
    machine = Machine(tmp_path, health="healthy")
    machine.run("auth-api", "old")
    machine.replace("auth-api")
    assert machine.calls()[-1] == "compose rm --force migrate"


@pytest.mark.parametrize("health", ["unhealthy", "starting"])
def test_the_old_container_stays_if_the_new_one_is_not_healthy(tmp_path: Path, health: str) -> None:
    machine = Machine(tmp_path, health=health)
    machine.run("auth-worker", "old")
    machine.run("auth-api", "other")
    done = machine.replace("auth-worker", "auth-api")
    assert done.returncode == 1
    assert "The new auth-worker did not become healthy and was removed" in done.stderr
    assert machine.runs("auth-worker") == {"old"}
    assert machine.runs("auth-api") == {"other"}


def test_a_missing_container_is_started(tmp_path: Path) -> None:
    machine = Machine(tmp_path, health="healthy")
    machine.run("auth-api")
    assert machine.replace("auth-api").returncode == 0
    assert machine.runs("auth-api") == {"new"}


def test_all_containers_of_an_interrupted_run_are_replaced(tmp_path: Path) -> None:
    machine = Machine(tmp_path, health="healthy")
    machine.run("auth-api", "older", "old")
    assert machine.replace("auth-api").returncode == 0
    assert machine.runs("auth-api") == {"new"}
    assert "compose create --no-recreate --scale auth-api=3 auth-api" in machine.calls()


@pytest.mark.parametrize(
    "name",
    sorted(set(read()["services"]) - {name for name, *_ in processes(read())} - {"migrate"}),
)
def test_a_container_that_can_exist_only_once_is_not_replaced(tmp_path: Path, name: str) -> None:
    machine = Machine(tmp_path, health="healthy")
    done = machine.replace(name)
    assert done.returncode == 1
    assert done.stderr == (
        f"There can be only one {name}: docker compose up --detach --wait {name}\n"
    )
    assert machine.calls() == []
