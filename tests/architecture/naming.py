"""Rules for names: a name says what a thing owns or does."""

import ast
from pathlib import Path

from tests.architecture.source import modules

NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "base_service"}
LONGEST_DOCSTRING = 8

STORAGE_VERBS = {
    "find": "gives None if there is no row",
    "get": "raises if there is no row",
    "list": "gives all rows, in an order",
    "count": "gives a number",
    "is": "gives a truth value",
    "add": "inserts a row, or increments a counter",
    "upsert": "inserts a row or applies a newer state",
    "replace": "inserts a row instead of others",
    "remember": "inserts a row or keeps the existing one",
    "update": "changes the fields that its name says",
    "touch": "changes the time of the last use",
    "advance": "changes the stage of a session",
    "confirm": "changes a pending row",
    "prove": "changes an account whose holder has proven presence",
    "consume": "uses up a single-use row, in one statement",
    "take": "changes a row and gives its former state",
    "lease": "gives rows to one worker for a limited time",
    "lock": "gives a row and locks it until the commit",
    "close": "ends a row for good",
    "end": "ends a row for good",
    "cancel": "ends a row for good",
    "clear": "resets a counter",
    "erase": "removes a person's data from a row",
    "purge": "deletes rows that ended long ago",
}
"""The verbs with which a storage function may begin, and their meaning."""

ERRORS = {
    "FieldError": "a value: what is wrong with one field",
    "InternalError": "an internal error, not a fact about the caller's request",
    "SettingsError": "a startup error, for the operator",
    "MigrationError": "a startup error, for the operator",
}
ROOTS = {
    "Problem", "Unauthenticated", "Forbidden", "NotFound", "Conflict", "Invalid",
    "TooManyRequests", "Unavailable",
}  # fmt: skip


def module_names(root: Path) -> list[str]:
    """A module is named by what it owns."""
    return [
        f"{name} has a name that says nothing"
        for name, _ in modules(root)
        if set(Path(name).with_suffix("").parts) & NAMES_THAT_SAY_NOTHING
    ]


def module_docstrings(root: Path) -> list[str]:
    """Every module has a short docstring."""
    found = []
    for name, tree in modules(root):
        lines = len((ast.get_docstring(tree) or "").splitlines())
        if not 1 <= lines <= LONGEST_DOCSTRING:
            found.append(f"{name} has a docstring of {lines} lines")
    return found


def storage_verbs(root: Path) -> list[str]:
    """A storage function begins with one of the known verbs."""
    return [
        f"{name}:{f.lineno} {f.name} begins with no verb of storage"
        for name, tree in modules(root, "services")
        if "/storage/" in name
        for f in tree.body
        if isinstance(f, ast.AsyncFunctionDef | ast.FunctionDef) and not f.name.startswith("_")
        if f.name.partition("_")[0] not in STORAGE_VERBS
    ]


def fact_names(root: Path) -> list[str]:
    """A problem for callers is named as a fact: `SeatsFull`, not `SeatsFullError`."""
    return [
        f"{name}:{node.lineno} {node.name} is an error by name"
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Error", "Exception"))
        if node.name not in ERRORS
    ]


def facts_not_roots(root: Path) -> list[str]:
    """Facts are raised, never a root, whose code would be meaningless."""
    return [
        f"{name}:{node.lineno} raises a root"
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc
        if ast.unparse(node.exc).partition("(")[0].rpartition(".")[2] in ROOTS
    ]


def facts_in_use(root: Path) -> list[str]:
    """A fact that a route table declares is raised somewhere."""
    defined: dict[str, str] = {}
    named: set[str] = set()
    for name, tree in modules(root):
        promises = name.endswith("api/routes.py")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and name.endswith("errors.py"):
                defined[node.name] = f"{name}:{node.lineno} {node.name} is raised nowhere"
            named |= {node.id} if isinstance(node, ast.Name) and not promises else set()
    return [fault for fact, fault in defined.items() if fact not in named]
