"""Where a command finds a service's database: as given, or that of what runs in STATE_DIR."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from embedded.environment import Surroundings


def dsn(service: str) -> str:
    """The DSN of a service's own role.

    Raises:
        Refused: None is given, and nothing runs in STATE_DIR.
    """
    from embedded.environment import service_dsn

    around, _ = find([service])
    return service_dsn(around, service)


def find(services: Sequence[str] | None = None) -> "tuple[Surroundings, Sequence[str]]":
    """What surrounds the command, and the services that are meant: those that are named, or all.

    Raises:
        Refused: A service's database is not given, and nothing runs in STATE_DIR.
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
    """What the processes of each service are told: by the run in STATE_DIR, or by this environment.

    Raises:
        Refused: Nothing runs there, and no database is given.
        typer.BadParameter: There is no such service.
    """
    from embedded.environment import Surroundings, service
    from embedded.settings import database_variable, read, state_dir
    from embedded.state import StateDirectory

    chosen = _chosen(services)
    state = StateDirectory(state_dir(os.environ))
    if state.is_taken():
        around = Surroundings(read(os.environ), state, os.environ)
        return {name: {**service(around, name), **_mailbox(around)} for name in chosen}
    variables = map(database_variable, chosen)
    if not any(os.environ.get(name) or os.environ.get(f"{name}_FILE") for name in variables):
        _refuse(state.path, chosen)
    return dict.fromkeys(chosen, os.environ)


def _mailbox(around: "Surroundings") -> dict[str, str]:
    """Where the run's own mailbox takes mails: at a port that this command was not told."""
    if around.settings.smtp_url or not around.state.run_file.exists():
        return {}
    return {"SMTP_URL": json.loads(around.state.run_file.read_text())["smtp"]}


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
    raise Refused(f"Nothing runs in {path}: start it with `make run`, or set {variables}.")
