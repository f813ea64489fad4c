"""Doing several things at the same moment, each on its own connection."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connections

PATIENCE = 30  # seconds until a thread that hangs fails the test


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Start all deeds at once; returns what each returned, or the exception it raised."""
    gate = Barrier(len(deeds))
    ends: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait(PATIENCE)
            ends[place] = deed()
        except Exception as error:
            ends[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=one, daemon=True) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "two of them wait for each other"
    return ends
