"""Every task that a job or the clock names is one the worker knows, under a name that stays.

The name of a task stands in the rows of jobs: it is written out, so that a module may move.
"""

import ast
from collections.abc import Iterator

import pytest

from kongchuo.celery import PACKAGES, SCHEDULE, app
from tests.architecture.sources import call_chain, dotted, functions, imported, modules, paths

OURS = ("kongchuo", "foundation", "students", "cases", "reporting")
JOBS = "foundation.jobs.actions"
Told = tuple[str, str]  # where, name of a task; empty where it cannot be told


def test_every_task_of_a_job_is_registered() -> None:
    told = list(_started())
    assert len({name for _, name in told}) >= 5
    assert not [where for where, name in told if not name], "which task is meant?"
    assert not [f"{where}: {name}" for where, name in told if name not in _registered()]


def test_every_task_of_the_clock_is_registered() -> None:
    named = {entry["task"] for entry in SCHEDULE.values()}
    assert named <= _registered()


def _registered() -> set[str]:
    """The tasks that the worker finds by itself, whatever a test has imported besides."""
    app.loader.import_default_modules()
    own = {f"{package}.tasks" for package in PACKAGES}
    return {name for name, task in app.tasks.items() if task.__module__ in own}


@pytest.mark.parametrize("path", [path for path in paths(*OURS) if path.endswith("/tasks.py")])
def test_a_task_writes_its_name_out(path: str) -> None:
    tree = modules(*OURS)[path]
    assert dotted(path).removesuffix(".tasks") in PACKAGES
    for function in functions(tree):
        public = not function.name.startswith("_")
        assert bool(_names(function)) is public, f"{path} {function.name}"


def _names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The name given to ``shared_task``, if the function is decorated with it."""
    return [
        str(keyword.value.value)
        for call in function.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "shared_task"
        for keyword in call.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    ]


# --- which task a call of jobs.start means --------------------------------------------------------


def _started() -> Iterator[Told]:
    for path, tree in modules(*OURS).items():
        if dotted(path) != JOBS and JOBS in imported(tree):
            for call, inside in _calls(tree, "start"):
                if _is_of_jobs(tree, call):
                    yield from _resolved(path, inside, call.args[0] if call.args else None)


def _is_of_jobs(tree: ast.Module, call: ast.Call) -> bool:
    """``jobs.start(…)``, or ``start(…)`` where that is the one of jobs."""
    package, _, module = JOBS.rpartition(".")
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            called = alias.asname or alias.name
            whole = (node.module, alias.name) == (package, module)
            if whole and ast.unparse(call.func) == f"{called}.start":
                return True
            if node.module == JOBS and alias.name == "start" and ast.unparse(call.func) == called:
                return True
    return False


def _calls(tree: ast.Module, name: str) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Calls of something of that name, and the function they stand in."""
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and call_chain(node.func)[-1:] == [name]:
                yield node, function if isinstance(function, ast.FunctionDef) else None


def _resolved(path: str, inside: ast.FunctionDef | None, given: ast.expr | None) -> Iterator[Told]:
    """A word, a constant of some module, or an argument: then each call hands one over."""
    if isinstance(given, ast.Constant):
        yield path, str(given.value)
    elif isinstance(given, ast.Name) and inside and given.id in _arguments(inside):
        yield from _handed_over(inside, given.id)
    elif isinstance(given, ast.Name):
        yield path, _constant(path, given.id)
    else:
        yield path, ""


def _arguments(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def _handed_over(function: ast.FunctionDef, argument: str) -> Iterator[Told]:
    place = _arguments(function).index(argument)
    for path, tree in modules(*OURS).items():
        for call, inside in _calls(tree, function.name):
            named = {keyword.arg: keyword.value for keyword in call.keywords}
            given = call.args[place] if place < len(call.args) else named.get(argument)
            yield from _resolved(path, inside, given)


def _constant(path: str, name: str) -> str:
    """What a name of a module stands for, there or where it is imported from."""
    for node in modules(*OURS)[path].body:
        if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
            return str(node.value.value) if isinstance(node.value, ast.Constant) else ""
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                source = f"{node.module.replace('.', '/')}.py"
                if (alias.asname or alias.name) == name and source in paths(*OURS):
                    return _constant(source, alias.name)
    return ""
