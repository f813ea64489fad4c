"""Databases made for a test and dropped after it."""

import time
from itertools import count
from typing import Any

from psycopg.errors import InsufficientPrivilege

PATIENCE = 30  # tries, a second apart


def drop(server: Any, name: str) -> None:
    """Drop a database with whoever is still connected to it.

    A vacuum worker of the server may be in it for a moment: its owner may not end that one, so it
    is waited for.
    """
    for tried in count(1):
        try:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except InsufficientPrivilege:
            if tried == PATIENCE:
                raise
            time.sleep(1)
        else:
            return
