"""The entry point of `zaiseki`. Commands that start or query a process import only their needs.

Exit codes: 0 success; 1 failed or not allowed, with the reason in a sentence on stderr; 2 wrong
arguments; 130 in a shell (SIGINT) after Ctrl-C.
"""

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

LIGHT = {
    "up": "Run everything on this machine, until Ctrl-C.",
    "api": "Run the HTTP process of one service, until SIGTERM.",
    "worker": "Run the worker of one service, until SIGTERM.",
    "healthy": "Check whether a process is ready; the exit code is 0 if it is.",
    "compose-env": "Create .env and secrets/ for docker-compose.yml, if they are missing.",
}


def main() -> int:
    """Run `zaiseki …`; its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once, without a traceback
    try:
        return _run()
    except KeyboardInterrupt:  # an event loop that ended has put Python's own handler back
        return 130


def _run() -> int:
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

    from cli import failures
    from embedded.refusal import Refused
    from shared.refusal import Refusal

    try:
        application()()
    except (Refusal, Refused) as refusal:
        typer.echo(str(refusal), err=True)
        return 1
    except Exception as error:
        if (why := failures.explanation(error)) is None:
            raise
        typer.echo(why, err=True)
        return 1
    return 0


def application() -> "typer.Typer":
    """All commands."""
    import typer

    from cli import (
        approvals,
        audit,
        check,
        clock,
        customers,
        demo,
        domains,
        kanji,
        mails,
        members,
        messages,
        migrate,
        permissions,
        restored,
        seats,
        settings,
    )

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
    app.add_typer(mails.app, name="mails")
    app.command(name="demo")(demo.demo)
    app.command(name="check")(check.check)
    app.command(name="migrate")(migrate.migrate)
    app.command(name="restored")(restored.restored)
    app.command(name="settings")(settings.show)
    app.command(name="permissions")(permissions.show)

    def listed() -> None:
        """Never called, only listed: `main` handles these commands before."""

    for name, text in LIGHT.items():
        app.command(name=name, help=text, add_help_option=False)(listed)
    return app
