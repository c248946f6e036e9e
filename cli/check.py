"""`zaiseki check`: tries the services' dependencies, and reports problems."""

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from cli import tables, words
from cli.language import speaking
from cli.sentences import sentence
from cli.vendor import AsJson

if TYPE_CHECKING:
    from cli.dependencies import Check, Finding
    from shared.settings import ServiceSettings

LONGEST_SECONDS = 15.0
COLOURS = {"ok": typer.colors.GREEN, "warning": typer.colors.YELLOW, "failed": typer.colors.RED}


def check(
    services: Annotated[
        list[str] | None,
        typer.Argument(metavar="SERVICE", help="auth, membership, notifier; all by default."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check the services' settings and dependencies, without changing anything.

    The settings are those of the run in STATE_DIR, or of this environment
    if there is no run. The exit code is 1 if a check failed.
    """
    with speaking(to_scripts=as_json):
        found = _look(services)
    if as_json:
        tables.show_json([_facts(*key, finding) for key, finding in found.items()])
    else:
        for (service, name), finding in found.items():
            _say(service, name, finding)
    raise typer.Exit(any(finding.state == "failed" for finding in found.values()))


def _look(services: list[str] | None) -> "dict[tuple[str, str], Finding]":
    from cli.database import environments
    from cli.dependencies import Finding, message_keys
    from cli.known_settings import classes
    from shared.settings import SettingsError, load

    good: dict[str, ServiceSettings] = {}
    found: dict[tuple[str, str], Finding] = {}
    for service, environ in environments(services).items():
        try:
            good[service] = load(classes()[service], environ)
            found[service, "settings"] = Finding("ok")
        except SettingsError as error:
            found[service, "settings"] = Finding("failed", str(error))
    for service, settings in good.items():
        found[service, "message keys"] = message_keys(service, settings, good)
    found |= asyncio.run(_try_all(good))
    return dict(sorted(found.items(), key=lambda one: one[0][0]))


async def _try_all(good: "Mapping[str, ServiceSettings]") -> "dict[tuple[str, str], Finding]":
    from cli.dependencies import checks

    sealed_for = {getattr(settings, "mail_public_key", b"") for settings in good.values()} - {b""}
    tried = {
        (service, name): one
        for service, settings in good.items()
        for name, one in checks(service, settings, sealed_for).items()
    }
    found = await asyncio.gather(*map(_try, tried.values()))
    return dict(zip(tried, found, strict=True))


async def _try(one: "Check") -> "Finding":
    from cli.dependencies import Finding

    began = time.perf_counter()
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            finding = await one()
    except TimeoutError:
        finding = Finding("failed", sentence("no_answer_within", seconds=f"{LONGEST_SECONDS:.0f}"))
    finding.seconds = time.perf_counter() - began
    return finding


def _facts(service: str, name: str, finding: "Finding") -> dict[str, object]:
    return {
        "service": service,
        "dependency": name,
        "state": finding.state,
        "seconds": round(finding.seconds, 3),
        "text": finding.text,
    }


def _say(service: str, name: str, finding: "Finding") -> None:
    what = tables.padded(words.shown("dependency", name), 16)
    state = typer.style(
        tables.padded(words.shown("finding", finding.state), 8), fg=COLOURS[finding.state]
    )
    text = finding.text.replace("\n", "\n  ")
    typer.echo(f"{service:<11} {what} {state}{finding.seconds:5.2f} s  {text}".rstrip())
