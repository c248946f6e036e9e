"""Limits for the sizes of files and functions."""

import ast
from pathlib import Path
from statistics import median

from tests.architecture.source import PACKAGES, Function, all_functions, length

MOST_LINES = {**dict.fromkeys(PACKAGES, 300), "bench": 300, "tests": 500}
MEDIAN_FILE = 80
MOST_LINES_OF_A_FUNCTION = 50
MEDIAN_FUNCTION = 10
MOST_PARAMETERS = 5
MOST_PARAMETERS_WITH_NAMED = 7
MOST_PLAIN_PARAMETERS = 2
PLAIN = {"str", "int", "float", "bool", "bytes"}


def file_lengths(root: Path) -> list[str]:
    """A file has at most 300 lines, a test file 500."""
    found = []
    for folder, limit in MOST_LINES.items():
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text().splitlines())
            if lines > limit:
                found.append(f"{path.relative_to(root)} has {lines} lines, more than {limit}")
    return found


def file_median(root: Path) -> list[str]:
    """Half of the files have at most 80 lines, not counting `__init__.py`."""
    lengths = [
        len(path.read_text().splitlines())
        for folder in PACKAGES
        for path in (root / folder).rglob("*.py")
        if path.name != "__init__.py"
    ]
    found = median(lengths or [0])
    return [f"the median file has {found} lines"] if found > MEDIAN_FILE else []


def function_lengths(root: Path) -> list[str]:
    """A function has at most 50 lines."""
    return [
        f"{name}:{f.lineno} {f.name} has {length(f)} lines"
        for name, f in all_functions(root)
        if length(f) > MOST_LINES_OF_A_FUNCTION
    ]


def function_median(root: Path) -> list[str]:
    """Half of the functions have at most 10 lines."""
    found = median([length(f) for _, f in all_functions(root)] or [0])
    return [f"the median function has {found} lines"] if found > MEDIAN_FUNCTION else []


def parameters(root: Path) -> list[str]:
    """A function has at most five positional parameters, and at most seven in all."""
    found = []
    for name, f in all_functions(root):
        by_place, by_name = len(_by_place(f)), len(f.args.kwonlyargs)
        if by_place > MOST_PARAMETERS or by_place + by_name > MOST_PARAMETERS_WITH_NAMED:
            found.append(f"{name}:{f.lineno} {f.name} takes {by_place} by place, {by_name} by name")
    return found


def plain_parameters(root: Path) -> list[str]:
    """From the third text or number on, parameters of public functions are keyword-only."""
    found = []
    for name, f in all_functions(root):
        plain = [argument.arg for argument in _by_place(f) if _plain(argument.annotation)]
        if len(plain) > MOST_PLAIN_PARAMETERS and not f.name.startswith("_"):
            found.append(f"{name}:{f.lineno} {f.name} takes {', '.join(plain)} by place")
    return found


def _by_place(f: Function) -> list[ast.arg]:
    every = [*f.args.posonlyargs, *f.args.args]
    return [argument for argument in every if argument.arg not in ("self", "cls")]


def _plain(annotation: ast.expr | None) -> bool:
    parts = ast.unparse(annotation).split(" | ") if annotation else ["object"]
    return set(parts) - {"None"} <= PLAIN
