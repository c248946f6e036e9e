"""Lets schemathesis look for contradictions between a running service and a document of it."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from yarl import URL

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@dataclass(frozen=True)
class Sessions:
    """The sessions that callers send in turn, and where the server reads them."""

    place: Literal["cookie", "header"]
    name: str
    values: Sequence[str]


async def contradictions(
    url: URL,
    document: dict[str, Any],
    *,
    sessions: Sessions,
    headers: Mapping[str, str],
    folder: Path,
) -> str:
    """The report of schemathesis; empty if it finds no contradiction. `folder` is for its files."""
    if not document["paths"]:
        return ""
    scheme = {"type": "apiKey", "in": sessions.place, "name": sessions.name}
    components = {**document["components"], "securitySchemes": {"session": scheme}}
    (folder / "openapi.json").write_text(json.dumps({**document, "components": components}))
    (folder / "sessions").write_text("\n".join(sessions.values))
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("schemathesis"),
        f"--config-file={CONFIGURATION}",
        *("run", "openapi.json", f"--url={url}", "--checks=all", "--no-color"),
        *(f"--header={name}: {value}" for name, value in headers.items()),
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "SESSIONS": "sessions"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return output.decode() if process.returncode else ""
