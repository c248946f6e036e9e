"""How things are called: a name says what a thing owns or does."""

import ast
from pathlib import Path

from tests.architecture.source import modules

NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "base_service"}
LONGEST_DOCSTRING = 8

STORAGE_VERBS = {
    "find": "gives None where there is nothing",
    "get": "raises where there is nothing",
    "list": "gives all, in an order",
    "count": "gives a number",
    "is": "gives a truth",
    "add": "makes a row, or one more of what a row counts",
    "upsert": "makes a row or takes over what is newer",
    "replace": "makes a row in the place of others",
    "remember": "makes a row or keeps the one there is",
    "update": "changes what its name says",
    "touch": "changes when it was last used",
    "advance": "changes the stage of a session",
    "confirm": "changes a pending row",
    "prove": "changes an account whose holder was there",
    "consume": "uses up what is good for one use, in one statement",
    "take": "changes a row and gives what it was",
    "lease": "gives rows that nobody else gets for a while",
    "lock": "gives a row and holds it until the commit",
    "close": "ends a row for good",
    "end": "ends a row for good",
    "cancel": "ends a row for good",
    "clear": "sets a counter back",
    "erase": "takes out what says who somebody was",
    "purge": "deletes what is long over",
}
"""What the first word of a storage function may be, and what it promises."""

ERRORS = {
    "FieldError": "a value: what is wrong with one field",
    "InternalError": "our fault, not a fact about the caller's request",
    "SettingsError": "told to whoever starts a process",
    "MigrationError": "told to whoever starts a process",
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
    """Every module says what it owns or promises, shortly."""
    found = []
    for name, tree in modules(root):
        lines = len((ast.get_docstring(tree) or "").splitlines())
        if not 1 <= lines <= LONGEST_DOCSTRING:
            found.append(f"{name} has a docstring of {lines} lines")
    return found


def storage_verbs(root: Path) -> list[str]:
    """A storage function says by its first word what it does."""
    return [
        f"{name}:{f.lineno} {f.name} begins with no verb of storage"
        for name, tree in modules(root, "services")
        if "/storage/" in name
        for f in tree.body
        if isinstance(f, ast.AsyncFunctionDef | ast.FunctionDef) and not f.name.startswith("_")
        if f.name.partition("_")[0] not in STORAGE_VERBS
    ]


def fact_names(root: Path) -> list[str]:
    """What is told to a caller is a fact: `SeatsFull`, not `SeatsFullError`."""
    return [
        f"{name}:{node.lineno} {node.name} is an error by name"
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Error", "Exception"))
        if node.name not in ERRORS
    ]


def facts_not_roots(root: Path) -> list[str]:
    """A fact is raised, never a root, whose code would say nothing."""
    return [
        f"{name}:{node.lineno} raises a root"
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc
        if ast.unparse(node.exc).partition("(")[0].rpartition(".")[2] in ROOTS
    ]


def facts_in_use(root: Path) -> list[str]:
    """A fact that nothing raises, only some route table promises, is promised for nothing."""
    defined: dict[str, str] = {}
    named: set[str] = set()
    for name, tree in modules(root):
        promises = name.endswith("api/routes.py")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and name.endswith("errors.py"):
                defined[node.name] = f"{name}:{node.lineno} {node.name} is raised nowhere"
            named |= {node.id} if isinstance(node, ast.Name) and not promises else set()
    return [fault for fact, fault in defined.items() if fact not in named]
