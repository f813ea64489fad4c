"""A squashed migration makes what the ones it replaces make, and takes their databases over."""

import subprocess
import sys
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.databases import drop, server
from tests.schema import schema_of
from tests.stepwise import without_squashed
from tests.walks import WHOLE

Key = tuple[str, str]  # app, name


def _planned(applied: list[Key]) -> list[Key]:
    """What ``migrate`` would do where these are recorded; refused where it would be confused."""
    with patch.object(
        MigrationRecorder, "applied_migrations", lambda _: dict.fromkeys(applied, None)
    ):
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert not executor.loader.detect_conflicts()
    return [(migration.app_label, migration.name) for migration, _ in plan]


@pytest.fixture(scope="module")
def step_by_step() -> list[Key]:
    """The migrations that were, in their order."""
    with without_squashed():
        return _planned([])


def _is_squashed(key: Key) -> bool:
    return "_squashed_" in key[1]


def test_an_empty_database_takes_the_squashed_ones(step_by_step: list[Key]) -> None:
    plan = _planned([])
    apps = {app for app, name in plan if _is_squashed((app, name))}
    assert apps == {"accounts", "files", "roster", "attendance", "cases"}
    assert len(plan) < len(step_by_step)


def test_a_filled_database_has_nothing_to_do(step_by_step: list[Key]) -> None:
    assert _planned(step_by_step) == []


def test_a_database_half_way_goes_on_as_it_began(step_by_step: list[Key]) -> None:
    for done in range(1, len(step_by_step)):
        before, after = step_by_step[:done], step_by_step[done:]
        begun = {app for app, _ in before}
        plan = _planned(before)
        rest = [key for key in plan if key[0] in begun]
        assert sorted(rest) == sorted(key for key in after if key[0] in begun), before[-1]
        assert {app for app, _ in plan} == {app for app, _ in after}, before[-1]


@pytest.fixture
def made_step_by_step(django_db_setup: None) -> Iterator[str]:
    name = f"{settings.TEST_DATABASE}_stepwise"
    subprocess.run([sys.executable, "-m", "tests.stepwise", name], check=True)
    yield name
    with server() as there:
        drop(there, name)


@pytest.mark.skipif(not WHOLE, reason="takes half a minute: make test-long")
def test_both_make_the_same_tables(made_step_by_step: str) -> None:
    """Names, types, constraints, indexes, triggers, functions, grants; not the columns' order."""
    before, now = schema_of(made_step_by_step), schema_of(settings.TEST_DATABASE)
    for what, rows in before.items():
        assert now[what] == rows, what
