"""Programs of PostgreSQL get their address in the environment, never on their command line."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from deploy import places
from deploy.errors import LaunchError
from deploy.servers import client, keys

URL = "postgres://owner:p%40ss@db.example:5433/kongchuo?sslmode=require"
TOLD = {
    "PGHOST": "db.example",
    "PGPORT": "5433",
    "PGUSER": "owner",
    "PGPASSWORD": "p@ss",
    "PGDATABASE": "kongchuo",
    "PGSSLMODE": "require",
}


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be run."""
    found: list[Any] = []
    (tmp_path / "pg_dump").touch()
    (tmp_path / "psql").touch()
    (tmp_path / "servers").mkdir()
    (tmp_path / "servers" / "postgres.password").write_text("secret\n")
    monkeypatch.setenv("KONGCHUO_PG_BIN", str(tmp_path))
    monkeypatch.setattr(places, "LOCAL", tmp_path)
    monkeypatch.setattr(places, "RUNNING", tmp_path / "running.env")
    monkeypatch.setattr(os, "execve", lambda *told: found.append(told))
    return found


def test_the_address_goes_into_the_environment(started: list[Any]) -> None:
    keys.write_settings(places.RUNNING, {"DATABASE_OWNER_URL": URL})
    client.run("pg_dump", "--format=custom")
    _, argv, env = started[0]
    assert argv == ["pg_dump", "--format=custom"]
    assert {name: env[name] for name in TOLD} == TOLD


def test_the_administrator_s_password_too(started: list[Any]) -> None:
    keys.write_settings(places.RUNNING, {"DATABASE_OWNER_URL": URL})
    client.run("--admin", "psql", "-c", "SELECT 1")
    _, argv, env = started[0]
    assert argv == ["psql", "-c", "SELECT 1"]
    assert (env["PGUSER"], env["PGPASSWORD"], env["PGDATABASE"]) == (
        "postgres",
        "secret",
        "postgres",
    )


def test_where_nothing_runs_it_says_so(started: list[Any]) -> None:
    with pytest.raises(LaunchError, match="没有在运行"):
        client.run("pg_dump")
    assert started == []


def test_the_manual_puts_no_address_on_a_command_line() -> None:
    manual = (places.ROOT / "docs" / "运维.md").read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.*?)```", manual, re.DOTALL)
    assert commands
    for line in "\n".join(commands).splitlines():
        if not line.lstrip().startswith("export "):
            assert "_URL" not in line, line
            assert "postgres://" not in line, line
