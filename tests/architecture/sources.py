"""The product's own sources, parsed once for the rules of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("kongchuo", "foundation", "students", "cases", "reporting", "deploy")
EVERYTHING = (*PRODUCT, "tests")


@cache
def modules(*packages: str) -> dict[str, ast.Module]:
    """Path from the root → syntax tree, without migrations."""
    found = (path for name in packages for path in sorted((ROOT / name).rglob("*.py")))
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in found
        if "migrations" not in path.parts
    }


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(tree: ast.AST) -> set[str]:
    """Names of the modules that a module imports, ``from a import b`` as both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(path: str) -> str:
    """cases/policy.py → cases.policy."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def call_chain(node: ast.AST) -> list[str]:
    """The names along ``Case.objects.filter(…).order_by(…)``, from the left."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return [node.id, *reversed(names)]
        else:
            return list(reversed(names))
