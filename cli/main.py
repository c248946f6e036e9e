"""The command's entry: `up` starts the supervisor before anything heavy is imported."""

import sys


def main() -> int:
    """Run `zaiseki …`; its exit code."""
    if sys.argv[1:2] == ["up"]:
        from cli import up

        return up.main(sys.argv[2:])
    import typer

    from cli import clock, customers, messages, settings

    app = typer.Typer(no_args_is_help=True, help="Zaiseki: accounts with a presence check.")
    app.add_typer(customers.app, name="customers")
    app.add_typer(clock.app, name="clock")
    app.add_typer(messages.app, name="messages")
    app.command(name="settings")(settings.show)

    @app.command(name="up", add_help_option=False)
    def listed() -> None:
        """Run everything on this machine, until Ctrl-C."""

    app()
    return 0
