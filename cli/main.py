"""The command's entry: `up` starts the supervisor before anything heavy is imported."""

import sys


def main() -> int:
    """Run `zaiseki …`; its exit code."""
    if sys.argv[1:2] == ["up"]:
        from cli import up

        return up.main(sys.argv[2:])
    import typer

    from cli import (
        approvals,
        audit,
        check,
        clock,
        customers,
        members,
        messages,
        migrate,
        seats,
        settings,
    )
    from embedded.refusal import Refused
    from shared.refusal import Refusal

    app = typer.Typer(no_args_is_help=True, help="Zaiseki: accounts with a presence check.")
    app.add_typer(customers.app, name="customers")
    app.add_typer(members.app, name="members")
    app.add_typer(approvals.app, name="approvals")
    app.add_typer(seats.app, name="seats")
    app.add_typer(audit.app, name="audit")
    app.add_typer(clock.app, name="clock")
    app.add_typer(messages.app, name="messages")
    app.command(name="check")(check.check)
    app.command(name="migrate")(migrate.migrate)
    app.command(name="settings")(settings.show)

    @app.command(name="up", add_help_option=False)
    def listed() -> None:
        """Run everything on this machine, until Ctrl-C."""

    try:
        app()
    except (Refusal, Refused) as refusal:
        typer.echo(str(refusal), err=True)
        return 1
    return 0
