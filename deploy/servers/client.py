"""Runs a program of PostgreSQL (pg_dump, pg_restore, psql) on the running county's database.

The address goes into the environment: everybody can read a password on a command line.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from deploy import places
from deploy.errors import LaunchError
from deploy.installing import packages
from deploy.servers import keys
from deploy.servers.postgres import ADMIN, BIN_SETTING, PROGRAM

AS_ADMIN = "--admin"  # as the administrator of our own server, outside the county's database


def run(*arguments: str) -> int:
    """Replaces this process by the program; raises LaunchError where nothing runs."""
    values = keys.read_settings(places.RUNNING)
    if not values:
        raise LaunchError("系统没有在运行；请先在另一个终端运行 make run。", "not running")
    is_admin = arguments[:1] == (AS_ADMIN,)
    program, *rest = (arguments[1:] if is_admin else arguments) or ("psql",)
    env = environment(values["DATABASE_OWNER_URL"])
    if is_admin:
        env |= _as_admin()
    path = _programs() / program
    if not path.is_file():
        raise LaunchError(f"没有这个程序：{path}。", "no such program")
    os.execve(path, [program, *rest], {**os.environ, **env})


def environment(url: str) -> dict[str, str]:
    """The parts of a database's address by the names that libpq reads."""
    parts = urlsplit(url)
    found = {
        "PGHOST": parts.hostname,
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.strip("/"),
        "PGSSLMODE": parse_qs(parts.query).get("sslmode", [""])[0],
    }
    return {name: value for name, value in found.items() if value}


def _as_admin() -> Mapping[str, str]:
    password = places.LOCAL / "servers" / "postgres.password"
    if not password.is_file():
        raise LaunchError("数据库不是自带的，请在它的服务器上办理。", "not our own server")
    return {
        "PGUSER": ADMIN,
        "PGPASSWORD": password.read_text(encoding="utf-8").strip(),
        "PGDATABASE": "postgres",
    }


def _programs() -> Path:
    if chosen := os.environ.get(BIN_SETTING):
        return Path(chosen)
    return (packages.MAIN.site_packages() / PROGRAM).parent
