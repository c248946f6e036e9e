"""The rules of style that have a test: each reads a tree and says what breaks it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

PACKAGES = ("cli", "embedded", "services", "shared")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base_service"}
STORAGE_VERBS = {
    "add", "advance", "clear", "close", "confirm", "consume", "count", "cancel", "end", "find",
    "get", "is", "lease", "list", "lock", "prove", "purge", "remember", "replace", "take", "touch",
    "update", "upsert",
}  # fmt: skip
CLOCKS = re.compile(r"^(datetime\.(now|utcnow|today)|date\.today|time\.time|uuid\.uuid\d|uuid\d)$")
RANDOM_MODULES = {"random", "secrets"}
MAY_DRAW = {
    "services/auth/domain/presence.py",  # the hidden moment is drawn from the kernel's randomness
}
SQL = re.compile(
    r"^\s*(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\s", re.I | re.S
)
OUTSIDE_STORAGE = ("api", "flows", "tasks", "domain")


def modules(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module below the folders: its path from the root, and its tree."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def sizes(root: Path) -> list[str]:
    """Files of at most 300 lines (tests 500), functions of at most 50."""
    found = []
    for folder, limit in (*((p, 300) for p in PACKAGES), ("tests", 500)):
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text().splitlines())
            if lines > limit:
                found.append(
                    f"{path.relative_to(root)} has {lines} lines; split it by what it owns"
                )
    for name, tree in modules(root, *PACKAGES):
        found += [
            f"{name}: {f.name} has {length(f)} lines" for f in functions(tree) if length(f) > 50
        ]
    return found


def medians(root: Path) -> list[str]:
    """Half of the files have at most 80 lines, half of the functions at most 10."""
    files = [len(p.read_text().splitlines()) for f in PACKAGES for p in (root / f).rglob("*.py")]
    bodies = [length(f) for _, tree in modules(root, *PACKAGES) for f in functions(tree)]
    found = []
    if files and median(files) > 80:
        found.append(f"the median file has {median(files)} lines")
    if bodies and median(bodies) > 10:
        found.append(f"the median function has {median(bodies)} lines")
    return found


def names(root: Path) -> list[str]:
    """A module is named by what it owns."""
    return [
        f"{name}: a name that says nothing"
        for name, _ in modules(root, *PACKAGES)
        if set(Path(name).with_suffix("").parts) & FORBIDDEN_NAMES
    ]


def docstrings(root: Path) -> list[str]:
    """Every module says what it owns or promises."""
    return [
        f"{n}: no docstring" for n, tree in modules(root, *PACKAGES) if not ast.get_docstring(tree)
    ]


def handlers(root: Path) -> list[str]:
    """Read, call one flow, answer: at most 15 lines, no try, no loop."""
    found = []
    for name, handler in _handlers(root):
        if length(handler) > 15:
            found.append(f"{name}: {handler.name} has {length(handler)} lines")
        if any(
            isinstance(n, ast.Try | ast.For | ast.While | ast.AsyncFor) for n in ast.walk(handler)
        ):
            found.append(f"{name}: {handler.name} decides; that belongs to a flow")
    bodies = [length(handler) for _, handler in _handlers(root)]
    if bodies and median(bodies) > 8:
        found.append(f"the median handler has {median(bodies)} lines")
    return found


def _handlers(root: Path) -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    for name, tree in modules(root, "services"):
        if "/api/" in name:
            for f in functions(tree):
                takes_call = f.args.args and "Call[" in ast.unparse(f.args.args[0].annotation or f)
                if isinstance(f, ast.AsyncFunctionDef) and takes_call:
                    yield name, f


def routes(root: Path) -> list[str]:
    """Every handler is a row of its service's route table."""
    found = []
    for name, handler in _handlers(root):
        table = (root / name).parent / "routes.py"
        if f"{Path(name).stem}.{handler.name}" not in table.read_text():
            found.append(f"{name}: {handler.name} is in no row of routes.py")
    return found


def sql(root: Path) -> list[str]:
    """SQL stands in storage only."""
    found = []
    for name, tree in modules(root, "services"):
        if any(f"/{layer}/" in name for layer in OUTSIDE_STORAGE):
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and SQL.match(node.value)
                ):
                    found.append(f"{name}:{node.lineno} has SQL; it belongs to storage")
    return found


def time_and_randomness(root: Path) -> list[str]:
    """Services take time from shared.clock and randomness from shared.crypto."""
    found = []
    for name, tree in modules(root, "services"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and CLOCKS.match(ast.unparse(node.func)):
                found.append(f"{name}:{node.lineno} reads a clock of its own")
            drawn = isinstance(node, ast.Import) and {a.name for a in node.names} & RANDOM_MODULES
            if drawn and name not in MAY_DRAW:
                found.append(f"{name}:{node.lineno} draws its own random numbers")
    return found


def environment(root: Path) -> list[str]:
    """Nothing in a service reads the environment but through its settings."""
    return [
        f"{name}:{node.lineno} reads the environment"
        for name, tree in modules(root, "services")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]


def storage_verbs(root: Path) -> list[str]:
    """A storage function says by its first word what it does."""
    found = []
    for name, tree in modules(root, "services"):
        if "/storage/" in name:
            for f in tree.body:
                public = isinstance(f, ast.AsyncFunctionDef) and not f.name.startswith("_")
                if public and f.name.partition("_")[0] not in STORAGE_VERBS:
                    found.append(f"{name}: {f.name} begins with no verb of storage")
    return found


def migrations(root: Path) -> list[str]:
    """Numbered without gaps, each saying whether it runs before or after the code."""
    found = []
    for folder in [root / "shared/sql", *sorted(root.glob("services/*/storage/migrations"))]:
        for number, path in enumerate(sorted(folder.glob("*.sql")), start=1):
            if not path.name.startswith(f"{number:04d}_"):
                found.append(f"{path.relative_to(root)} should have the number {number:04d}")
            if path.read_text().partition("\n")[0] not in ("-- before", "-- after"):
                found.append(f"{path.relative_to(root)} does not say when it runs")
    return found


def lock_files(root: Path) -> list[str]:
    """Every locked package has a hash, and no lock names a place."""
    found = []
    for path in sorted(root.glob("requirements*.lock")):
        text = path.read_text()
        if re.search(r"https?://|file:|--index-url|--find-links", text):
            found.append(f"{path.name} names a place")
        blocks = re.split(r"\n(?=[a-z0-9])", text)
        found += [
            f"{path.name}: {block.splitlines()[0]} has no hash"
            for block in blocks
            if re.match(r"[a-z0-9].*==", block) and "--hash=sha256:" not in block
        ]
    return found


def unfinished(root: Path) -> list[str]:
    """Nothing is left for later inside the code."""
    mark = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    return [
        f"{path.relative_to(root)} has something unfinished"
        for folder in PACKAGES
        for path in sorted((root / folder).rglob("*.py"))
        if mark.search(path.read_text())
    ]
