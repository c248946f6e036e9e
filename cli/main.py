"""The command's entry: what starts or asks a process imports nothing that it does not need."""

import sys

LIGHT = {
    "up": "Run everything on this machine, until Ctrl-C.",
    "api": "Run the HTTP process of one service, until SIGTERM.",
    "worker": "Run the worker of one service, until SIGTERM.",
    "healthy": "Ask a process whether it is ready; the exit code says.",
    "compose-env": "Make .env and secrets/ for docker-compose.yml, as far as they are missing.",
}


def main() -> int:
    """Run `zaiseki …`; its exit code."""
    match sys.argv[1:]:
        case ["up", *arguments]:
            from cli import up

            return up.main(arguments)
        case ["api" | "worker" as process, *arguments]:
            from cli import service

            return service.main(process, arguments)
        case ["healthy", *arguments]:
            from cli import healthy

            return healthy.main(arguments)
        case ["compose-env", *arguments]:
            from cli import compose_env

            return compose_env.main(arguments)
    return _main_with_typer()


def _main_with_typer() -> int:
    import typer

    from cli import (
        approvals,
        audit,
        check,
        clock,
        customers,
        domains,
        kanji,
        members,
        messages,
        migrate,
        permissions,
        seats,
        settings,
    )
    from embedded.refusal import Refused
    from shared.refusal import Refusal

    app = typer.Typer(no_args_is_help=True, help="Zaiseki: accounts with a presence check.")
    app.add_typer(customers.app, name="customers")
    app.add_typer(domains.app, name="domains")
    app.add_typer(kanji.app, name="kanji")
    app.add_typer(members.app, name="members")
    app.add_typer(approvals.app, name="approvals")
    app.add_typer(seats.app, name="seats")
    app.add_typer(audit.app, name="audit")
    app.add_typer(clock.app, name="clock")
    app.add_typer(messages.app, name="messages")
    app.command(name="check")(check.check)
    app.command(name="migrate")(migrate.migrate)
    app.command(name="settings")(settings.show)
    app.command(name="permissions")(permissions.show)

    def listed() -> None:
        """Never called: `main` has taken these commands already."""

    for name, text in LIGHT.items():
        app.command(name=name, help=text, add_help_option=False)(listed)
    try:
        app()
    except (Refusal, Refused) as refusal:
        typer.echo(str(refusal), err=True)
        return 1
    return 0
