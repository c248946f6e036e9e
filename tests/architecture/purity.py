"""Rules for what only a few modules may do: SQL, clocks, randomness, the environment, printing.

Each exception is listed with its reason; an exception that is not needed any more is a fault.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.architecture.source import excepted, modules

_SQL = re.compile(
    r"\s*(select\s+\S|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()",
    re.IGNORECASE,
)
SQL_BESIDES_STORAGE = {
    "cli/session_proofs.py": "proves which state a connection keeps, on no service's table",
    "cli/sessions.py": "tests which state a connection keeps, on no service's table",
    "embedded/mailbox/store.py": "the mailbox's own file, not a service's database",
    "embedded/preparation.py": "the database of a run, before any table exists",
    "shared/clock.py": "business time is a function in SQL",
    "shared/idempotency.py": "a table that every service has",
    "shared/messaging/doorbell.py": "NOTIFY",
    "shared/messaging/inbox.py": "a table that every service has",
    "shared/messaging/outbox.py": "a table that every service has",
    "shared/messaging/parking.py": "a table that every service has",
    "shared/messaging/periodic.py": "the lock of a job, and purges of those tables",
    "shared/messaging/settlement.py": "NOTIFY",
    "shared/migration.py": "schemas, roles and the list of applied migrations",
    "shared/schema.py": "the list of applied migrations",
}

_CLOCK = re.compile(
    r"(datetime\.)?datetime\.(now|utcnow|today)|(datetime\.)?date\.today|time\.(time|time_ns"
    r"|localtime|gmtime|strftime|ctime)"
)
CLOCKS = {
    "embedded/keys.py": "keys are files named by their time of creation",
    "embedded/mailbox/mail.py": "the time at which a mail was received",
    "embedded/terminal.py": "the local time of the person at the terminal",
    "shared/clock.py": "the clock",
    "shared/crypto.py": "ids of rows and messages carry the wall clock",
    "shared/web/identity.py": "the difference between this host's clock and auth's",
    "shared/web/rate_limit.py": "the library gives the end of a window in wall-clock time",
}

_RANDOM_MODULES = {"random", "secrets"}
_RANDOM_CALL = re.compile(r"(uuid\.)?uuid[1-8]|os\.(urandom|getrandom)")
RANDOMNESS = {
    "embedded/keys.py": "makes keys and passwords with the standard library only",
    "embedded/mailbox/smtp.py": "ids of mails in the mailbox",
    "services/auth/domain/presence.py": "draws the hidden moment, from the kernel",
    "shared/crypto.py": "the randomness",
}

ENVIRONMENT = {
    "cli/database.py": "the command line is a composition root",
    "cli/language.py": "the terminal's own variables",
    "embedded/first_start.py": "a part of the run, with its own composition root",
    "embedded/mailbox/app.py": "a part of the run, with its own composition root",
    "embedded/preparation.py": "a part of the run, with its own composition root",
    "embedded/spawner.py": "passes each part its environment",
    "embedded/supervisor.py": "composition root of the run",
    "embedded/terminal.py": "NO_COLOR, which every program knows",
    "shared/process.py": "where every process of a service begins",
    "shared/readiness.py": "NOTIFY_SOCKET, by the protocol of sd_notify",
    "shared/tracing.py": "OTEL_*, by the specification of OpenTelemetry",
}

PRINTING = {
    "cli/": "talks to people",
    "embedded/": "talks to people",
}


def sql_in_storage(root: Path) -> list[str]:
    """SQL belongs to storage, and to the parts that every service has."""
    found = _first(root, is_sql, "has SQL; it belongs to storage")
    outside = {name: fault for name, fault in found.items() if "/storage/" not in name}
    return excepted(root, outside, SQL_BESIDES_STORAGE)


def is_sql(node: ast.AST) -> bool:
    """Whether a text is SQL."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and _SQL.match(text) is not None


def one_clock(root: Path) -> list[str]:
    """The time of day comes from shared.clock; monotonic clocks are free to use."""
    return excepted(root, _first(root, _reads_clock, "reads a clock of its own"), CLOCKS)


def _reads_clock(node: ast.AST) -> bool:
    imported = isinstance(node, ast.ImportFrom) and node.module == "time"
    return _called(node, _CLOCK) or (imported and _names(node) & {"time", "time_ns"} != set())


def one_randomness(root: Path) -> list[str]:
    """Randomness and ids come from shared.crypto."""
    return excepted(root, _first(root, _draws, "draws its own random numbers"), RANDOMNESS)


def _draws(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module in _RANDOM_MODULES
    return bool(_names(node) & _RANDOM_MODULES) or _called(node, _RANDOM_CALL)


def environment(root: Path) -> list[str]:
    """Composition roots read the environment, and settings do it for services."""
    return excepted(root, _first(root, _reads_environment, "reads the environment"), ENVIRONMENT)


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return bool(_names(node) & {"environ", "getenv"})
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")


def no_printing(root: Path) -> list[str]:
    """Services write log lines, never to the terminal."""
    found = _first(root, lambda node: _called(node, re.compile("print|breakpoint")), "prints")
    return [fault for name, fault in found.items() if not name.startswith(tuple(PRINTING))]


def small_supervisor(root: Path) -> list[str]:
    """At its start the supervisor imports only the standard library, directly or indirectly."""
    found, unread = [], ["embedded.supervisor"]
    read = set(unread)
    while unread:
        path = _file_of(root, unread.pop())
        for name in _imported_at_start(ast.parse(path.read_text())):
            if name.partition(".")[0] == "embedded":
                deeper = name if _file_of(root, name).exists() else name.rpartition(".")[0]
                unread += [] if deeper in read else [deeper]
                read.add(deeper)
            elif name.partition(".")[0] not in sys.stdlib_module_names:
                found.append(f"{path.relative_to(root)} imports {name}")
    return found


def _file_of(root: Path, module: str) -> Path:
    path = root.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _imported_at_start(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _first(root: Path, breaks: Callable[[ast.AST], bool], what: str) -> Mapping[str, str]:
    """Each module that breaks a rule, with the first line that does."""
    found: dict[str, str] = {}
    for name, tree in modules(root):
        lines = [getattr(node, "lineno", 1) for node in ast.walk(tree) if breaks(node)]
        if lines:
            found[name] = f"{name}:{min(lines)} {what}"
    return found


def _called(node: ast.AST, names: re.Pattern[str]) -> bool:
    return isinstance(node, ast.Call) and names.fullmatch(ast.unparse(node.func)) is not None


def _names(node: ast.AST) -> set[str]:
    return {a.name for a in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
