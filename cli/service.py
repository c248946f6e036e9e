"""`zaiseki api` and `zaiseki worker`: one process of one service, as containers run it."""

import argparse
import importlib
from collections.abc import Sequence

from embedded.settings import SERVICES

MODULES = {"api": "app", "worker": "worker"}


def main(process: str, arguments: Sequence[str]) -> int:
    """Run until SIGTERM, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog=f"zaiseki {process}",
        description=f"Run the {process} of one service, until SIGTERM.",
        epilog="The settings come from the environment: .env.example lists them.",
    )
    parser.add_argument("service", choices=SERVICES)
    service = parser.parse_args(arguments).service
    importlib.import_module(f"services.{service}.{MODULES[process]}").main()
    return 0
