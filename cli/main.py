"""The command's entry: `up` starts the supervisor before anything heavy is imported."""

import sys


def main() -> int:
    """Run `zaiseki …`; its exit code."""
    if sys.argv[1:2] == ["up"]:
        from embedded import supervisor

        return supervisor.main()
    import typer

    from cli import clock, customers, messages

    app = typer.Typer(no_args_is_help=True, help="Zaiseki: accounts with a presence check.")
    app.add_typer(customers.app, name="customers")
    app.add_typer(clock.app, name="clock")
    app.add_typer(messages.app, name="messages")

    @app.command()
    def up() -> None:
        """Run everything on this machine, until Ctrl-C."""

    app()
    return 0
