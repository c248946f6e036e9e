"""Where a command finds a service's database: as given, or that of what runs in STATE_DIR."""

import os

import typer


def dsn(service: str) -> str:
    """The DSN of a service's own role.

    Raises:
        typer.Exit: None is given, and nothing runs in STATE_DIR; one sentence says so.
    """
    from embedded.environment import Surroundings, service_dsn
    from embedded.refusal import Refused
    from embedded.settings import database_variable, read
    from embedded.state import StateDirectory

    variable = database_variable(service)
    if given := os.environ.get(variable):
        return given
    try:
        settings = read(os.environ)
        state = StateDirectory(settings.state_dir)
        if settings.embeds_postgres and not state.is_taken():
            raise Refused(
                f"Nothing runs in {state.path}: start it with `make run`, or set {variable}."
            )
        return service_dsn(Surroundings(settings, state, os.environ), service)
    except Refused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
