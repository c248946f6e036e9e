"""How large things may be: what can be read at once can be understood at once."""

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
    """At most 300 lines, tests 500."""
    found = []
    for folder, limit in MOST_LINES.items():
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text().splitlines())
            if lines > limit:
                found.append(f"{path.relative_to(root)} has {lines} lines, more than {limit}")
    return found


def file_median(root: Path) -> list[str]:
    """Half of the files have at most 80 lines; an `__init__` does not count, it is only words."""
    lengths = [
        len(path.read_text().splitlines())
        for folder in PACKAGES
        for path in (root / folder).rglob("*.py")
        if path.name != "__init__.py"
    ]
    found = median(lengths or [0])
    return [f"the median file has {found} lines"] if found > MEDIAN_FILE else []


def function_lengths(root: Path) -> list[str]:
    """At most 50 lines."""
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
    """At most five by place, and with those by name alone at most seven."""
    found = []
    for name, f in all_functions(root):
        by_place, by_name = len(_by_place(f)), len(f.args.kwonlyargs)
        if by_place > MOST_PARAMETERS or by_place + by_name > MOST_PARAMETERS_WITH_NAMED:
            found.append(f"{name}:{f.lineno} {f.name} takes {by_place} by place, {by_name} by name")
    return found


def plain_parameters(root: Path) -> list[str]:
    """A third text or number is named at the call; a private function is read beside its calls."""
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
