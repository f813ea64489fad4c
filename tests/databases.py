"""Databases made for a test and dropped after it."""

import os
import time
from itertools import count
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.errors import InsufficientPrivilege

ALIASES = ("default", "owner", "progress")
PATIENCE = 30  # tries, a second apart


def as_owner() -> None:
    """Every connection signs in as the owner, who may make databases; SET ROLE follows.

    Through the socket of the tests' server, where it has one.
    """
    owner = settings.DATABASES["owner"]
    owner["HOST"] = os.environ.get("KONGCHUO_TEST_SOCKET") or owner["HOST"]
    for alias in ("default", "progress"):
        settings.DATABASES[alias].update(
            USER=owner["USER"], PASSWORD=owner["PASSWORD"], HOST=owner["HOST"]
        )


def hang_up() -> None:
    """Close the connections, as a database is copied only while nobody is in it."""
    for alias in ALIASES:
        connections[alias].close()


def make_migrated(name: str) -> None:
    """A database with all tables and nothing else; one of that name is replaced."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.settings_dict.setdefault("TEST", {})["NAME"] = name
    try:
        default.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        hang_up()
        default.settings_dict["NAME"] = before


def drop(there: Any, name: str) -> None:
    """Drop a database with whoever is still connected to it.

    A vacuum worker of the server may be in it for a moment: its owner may not end that one, so it
    is waited for.
    """
    for tried in count(1):
        try:
            there.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except InsufficientPrivilege:
            if tried == PATIENCE:
                raise
            time.sleep(1)
        else:
            return


def server(database: str = "postgres") -> "psycopg.Connection[Any]":
    """The server as the owner of the databases, outside any of them if none is named."""
    owner = connections["default"].settings_dict
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"] or 5432,
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname=database,
        autocommit=True,
    )
