"""Reads a source tree for the rules: its modules, their functions, its text files."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGES = ("cli", "embedded", "services", "shared")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module below the folders: its path from the root, and its tree."""
    for folder in folders or PACKAGES:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), parsed(path.read_text())


@cache
def parsed(text: str) -> ast.Module:
    """The syntax tree of a module, cached because many rules read it."""
    return ast.parse(text)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Each function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def all_functions(root: Path) -> Iterator[tuple[str, Function]]:
    """Each function of the product, with its module's path."""
    for name, tree in modules(root):
        for function in functions(tree):
            yield name, function


def length(node: Function) -> int:
    """Lines of a function's body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Each text file that belongs to the repository: its path from the root, and its text."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        installed = any(part in _NOT_OURS or part.endswith("_cache") for part in name.parts)
        if not installed and path.is_file():
            try:
                yield name.as_posix(), path.read_text()
            except UnicodeDecodeError:
                continue


_NOT_OURS = {
    ".git",
    ".venv",
    ".boot",
    ".node",
    "dist",
    ".zaiseki",
    ".hypothesis",
    "__pycache__",
    "node_modules",
}


def excepted(root: Path, found: Mapping[str, str], allowed: Mapping[str, str]) -> list[str]:
    """The findings outside of the exceptions, and exceptions that are not needed any more."""
    faults = [fault for name, fault in found.items() if name not in allowed]
    needless = [name for name in allowed if name not in found and (root / name).exists()]
    return faults + [f"{name} is excepted without need" for name in needless]
