"""Finds a service's database: the one in the environment, or that of the run in STATE_DIR."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.sentences import sentence

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from embedded.environment import Surroundings
    from embedded.state import StateDirectory


def dsn(service: str) -> str:
    """The DSN of a service's own role.

    Raises:
        Refused: No database is given, and there is no run in STATE_DIR.
    """
    from embedded.environment import service_dsn

    around, _ = find([service])
    return service_dsn(around, service)


def find(services: Sequence[str] | None = None) -> "tuple[Surroundings, Sequence[str]]":
    """The command's surroundings, and the named services, or all.

    Raises:
        Refused: A service's database is not given, and there is no run in STATE_DIR.
        typer.BadParameter: There is no such service.
    """
    from embedded.environment import Surroundings
    from embedded.settings import read
    from embedded.state import StateDirectory

    chosen = _chosen(services)
    settings = read(os.environ)
    state = StateDirectory(settings.state_dir)
    lacking = [name for name in chosen if name not in settings.service_database_urls]
    prepared = settings.database_url is not None and state.secrets.is_dir()
    if lacking and not prepared and not state.is_taken():
        _refuse(state.path, lacking)
    return Surroundings(settings, state, os.environ), chosen


def environments(services: Sequence[str] | None = None) -> "dict[str, Mapping[str, str]]":
    """The settings of each service's processes: from the run in STATE_DIR, or this environment.

    Raises:
        Refused: There is no run, and no database is given.
        typer.BadParameter: There is no such service.
    """
    from embedded.environment import Surroundings, service
    from embedded.settings import database_variable, read, state_dir
    from embedded.state import StateDirectory

    chosen = _chosen(services)
    state = StateDirectory(state_dir(os.environ))
    if state.is_taken():
        around = Surroundings(read(os.environ), state, os.environ)
        return {name: {**service(around, name), **told(around.state)} for name in chosen}
    variables = map(database_variable, chosen)
    if not any(os.environ.get(name) or os.environ.get(f"{name}_FILE") for name in variables):
        _refuse(state.path, chosen)
    return dict.fromkeys(chosen, os.environ)


def told(state: "StateDirectory") -> dict[str, str]:
    """Settings of the run in STATE_DIR that this command may lack: mailbox, clock and zone."""
    run = _read(state)
    if not run:
        return {}
    own = {"SMTP_URL": run["smtp"]} if run["mailbox"] else {}
    clock = "on" if run.get("trial_clock") else "off"  # a run of an earlier release has neither
    return {**own, "TRIAL_CLOCK": clock, "TIME_ZONE": run.get("time_zone", "")}


def run() -> Mapping[str, Any]:
    """What `run.json` says of the run in STATE_DIR: origins, mailbox, processes; empty if there is
    no run, or it is still starting."""
    from embedded.settings import state_dir
    from embedded.state import StateDirectory

    state = StateDirectory(state_dir(os.environ))
    return _read(state) if state.is_taken() else {}


def _read(state: "StateDirectory") -> Mapping[str, Any]:
    try:
        found: dict[str, Any] = json.loads(state.run_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def setting(name: str) -> str:
    """A setting of the run in STATE_DIR, or of this environment if there is no run; else empty."""
    from embedded.settings import state_dir
    from embedded.state import StateDirectory

    state = StateDirectory(state_dir(os.environ))
    known = told(state) if state.is_taken() else {}
    return known.get(name) or os.environ.get(name, "")


def zone() -> "ZoneInfo":
    """The time zone of days that people type or read. Raises Refusal."""
    from shared import days
    from shared.refusal import Refusal

    try:
        return days.zone_of(setting("TIME_ZONE") or days.JAPAN)
    except ValueError:
        raise Refusal(sentence("unknown_zone")) from None


def _chosen(services: Sequence[str] | None) -> Sequence[str]:
    from embedded.settings import SERVICES

    for name in services or ():
        if name not in SERVICES:
            raise typer.BadParameter(f"{name} is none of {', '.join(SERVICES)}.")
    return services or SERVICES


def _refuse(path: Path, services: Iterable[str]) -> None:
    from embedded.refusal import Refused
    from embedded.settings import database_variable

    variables = ", ".join(map(database_variable, services))
    raise Refused(sentence("nothing_runs", path=path, variables=variables))
