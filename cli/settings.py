"""`zaiseki settings`: prints every setting of this version; docs/settings.md and .env.example.

`make docs` writes both files, and a test compares them.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from cli import known_settings, tables
from cli.known_settings import Setting
from cli.vendor import AsJson

PAGE = """\
# Settings

Made by `make docs` from the classes that read them; `zaiseki settings` prints it too.

Settings are read from the environment once, at startup; an empty variable counts as not set.
A process with missing or invalid settings lists all of them on stderr, without their values,
and ends with exit code 1. `zaiseki check` reports them too, and tries the dependencies.

† marks a secret. Instead of the variable you may name a file that has the secret, as containers
do: `NAME_FILE=/run/secrets/name`. Keys are 32 bytes in base64: `head -c 32 /dev/urandom | base64`.
"""

EXAMPLE = """\
# The settings of the services, for starting them without `make run`, which sets its own.
# Required settings have an empty value; settings with a default are commented out.
# Keys are 32 bytes in base64: head -c 32 /dev/urandom | base64
# A secret can be in a file instead: NAME_FILE=/run/secrets/name
# Made by `make docs`; docs/settings.md says which service reads which setting.
"""


def show(
    *,
    example: Annotated[
        bool, typer.Option("--example", help="Print a file of variables to fill in.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print every setting: name, default, unit, readers and meaning."""
    if as_json and example:
        raise typer.BadParameter("--example prints a file of variables, not JSON.")
    if as_json:
        rows = [
            {"section": title, **asdict(row)} for title, rows in _sections().items() for row in rows
        ]
        tables.show_json(rows)
    else:
        typer.echo(env_example() if example else page(), nl=False)


def _sections() -> dict[str, Sequence[Setting]]:
    return {
        **known_settings.of_services(),
        "The embedded run": known_settings.of_the_embedded_run(),
        "Common variables": known_settings.CONVENTIONS,
    }


def page() -> str:
    """docs/settings.md."""
    return PAGE + "".join(f"\n## {title}\n\n{_table(rows)}" for title, rows in _sections().items())


def env_example() -> str:
    """.env.example."""
    sections = known_settings.of_services().items()
    return EXAMPLE + "".join(f"\n## {title}\n{_variables(rows)}" for title, rows in sections)


def _table(rows: Iterable[Setting]) -> str:
    head = [["setting", "default", "unit, range", "read by", "meaning"], ["---"] * 5]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [*head, *map(_cells, rows)])


def _cells(row: Setting) -> list[str]:
    names = ", ".join(f"`{name}`" for name in row.name.split(", "))
    default = "required" if row.default is None else row.default and f"`{row.default}`"
    return [f"{names} †" if row.secret else names, default, row.unit, row.readers, row.meaning]


def _variables(rows: Iterable[Setting]) -> str:
    return "".join(f"\n{_comment(row)}\n{_variable(row)}\n" for row in rows)


def _comment(row: Setting) -> str:
    text = f"{row.meaning} ({row.unit})" if row.unit else row.meaning
    return textwrap.fill(
        text.replace("`", ""),
        width=100,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
    )


def _variable(row: Setting) -> str:
    return f"{row.name}=" if row.default is None else f"#{row.name}={row.default}"
