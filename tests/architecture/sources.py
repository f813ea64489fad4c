"""The product's own sources, parsed once for the rules of the house."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("kongchuo", "foundation", "students", "cases", "reporting", "deploy")
EVERYTHING = (*PRODUCT, "tests")


def paths(*packages: str) -> list[str]:
    """Where the modules of packages lie, from the root; without migrations. Parses none."""
    found = (path for name in packages for path in sorted((ROOT / name).rglob("*.py")))
    return [str(path.relative_to(ROOT)) for path in found if "migrations" not in path.parts]


@cache
def tree_of(path: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def modules(*packages: str) -> dict[str, ast.Module]:
    """Path from the root → syntax tree, without migrations.

    For use inside a test only: to parse everything takes seconds, which each runner would pay while
    it collects.
    """
    return {path: tree_of(path) for path in paths(*packages)}


def forget() -> None:
    """Drop the trees: a million objects that live on slow every collection of garbage."""
    for kept in (tree_of, nodes, functions):
        kept.cache_clear()


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a tree, the tree itself first. To walk takes longer than to parse."""
    return tuple(ast.walk(tree))


@cache
def functions(tree: ast.Module) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    """Every function and method of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return tuple(node for node in nodes(tree) if isinstance(node, kinds))


def imported(tree: ast.AST) -> set[str]:
    """Names of the modules that a module imports, ``from a import b`` as both a and a.b."""
    names: set[str] = set()
    for node in nodes(tree):
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
