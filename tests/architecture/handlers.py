"""A handler reads, calls one flow and answers, and is in a row of its route table."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.architecture.purity import is_sql
from tests.architecture.source import functions, length, modules

MOST_LINES = 15
MEDIAN = 6
DECISIONS = (ast.Try, ast.For, ast.AsyncFor, ast.While)
"""What belongs to a flow. A comprehension that builds the answer is none of these."""


def handlers(root: Path) -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    """Each handler with the path of its module: a coroutine that takes a `Call`."""
    for name, tree in modules(root, "services"):
        for f in functions(tree) if "/api/" in name else ():
            takes = ast.unparse(f.args.args[0]) if f.args.args else ""
            if isinstance(f, ast.AsyncFunctionDef) and ": Call[" in takes:
                yield name, f


def lengths(root: Path) -> list[str]:
    """A handler has at most 15 lines."""
    return [
        f"{name}:{f.lineno} {f.name} has {length(f)} lines"
        for name, f in handlers(root)
        if length(f) > MOST_LINES
    ]


def median_length(root: Path) -> list[str]:
    """Half of the handlers have at most 6 lines."""
    found = median([length(f) for _, f in handlers(root)] or [0])
    return [f"the median handler has {found} lines"] if found > MEDIAN else []


def no_decisions(root: Path) -> list[str]:
    """A handler has no try, no loop and no SQL."""
    return [
        f"{name}:{node.lineno} {f.name} decides; that belongs to a flow"
        for name, f in handlers(root)
        for node in ast.walk(f)
        if isinstance(node, DECISIONS) or is_sql(node)
    ]


def routed(root: Path) -> list[str]:
    """Each handler is in a row of its service's routes.py."""
    found = []
    for name, f in handlers(root):
        table = ast.parse(((root / name).parent / "routes.py").read_text())
        rows = {ast.unparse(node) for node in ast.walk(table) if isinstance(node, ast.Attribute)}
        if f"{Path(name).stem}.{f.name}" not in rows:
            found.append(f"{name}:{f.lineno} {f.name} is in no row of routes.py")
    return found
