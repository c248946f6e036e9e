"""Where a command finds a service's database: as given, or that of what runs in STATE_DIR."""

import os
from collections.abc import Sequence
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
    from embedded.refusal import Refused
    from embedded.settings import SERVICES, database_variable, read
    from embedded.state import StateDirectory

    for name in services or ():
        if name not in SERVICES:
            raise typer.BadParameter(f"{name} is none of {', '.join(SERVICES)}.")
    chosen = services or SERVICES
    settings = read(os.environ)
    state = StateDirectory(settings.state_dir)
    lacking = [name for name in chosen if name not in settings.service_database_urls]
    prepared = settings.database_url is not None and state.secrets.is_dir()
    if lacking and not prepared and not state.is_taken():
        variables = ", ".join(map(database_variable, lacking))
        raise Refused(
            f"Nothing runs in {state.path}: start it with `make run`, or set {variables}."
        )
    return Surroundings(settings, state, os.environ), chosen
