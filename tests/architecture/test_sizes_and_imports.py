"""Small functions, small modules, imports at the top, arrows that point down."""

import ast
import logging
from pathlib import Path

import pytest
from importlinter import cli

from tests.architecture.sources import EVERYTHING, ROOT, functions, modules, nodes, paths

MODULE, FUNCTION = 400, 40  # lines
IMPORTS = (ast.Import, ast.ImportFrom)


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(*EVERYTHING).items()
        for node in functions(tree)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION
    ]
    assert not long


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = [path for path in paths(*EVERYTHING) if _lines(ROOT / path) > MODULE]
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{path}:{inner.lineno}"
        for path, tree in modules(*EVERYTHING).items()
        for node in functions(tree)
        for inner in nodes(node)
        if isinstance(inner, IMPORTS)
    ]
    assert not hidden


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        path
        for path, tree in modules(*EVERYTHING).items()
        if not ast.get_docstring(tree) and not (path.startswith("tests/") and not tree.body)
    ]
    assert not silent


def test_the_arrows_point_down(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its own settings would silence every logger that is there, for the tests that follow.
    monkeypatch.setattr(cli, "_configure_logging", lambda verbose: None)
    log = logging.getLogger("foundation.files.actions")
    status = cli.lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert status == 0, capsys.readouterr().out
    assert not log.disabled
