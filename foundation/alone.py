"""Runs the work on one row of many, so that its failure does not stop the others (S36)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import Logger

from django.db import transaction


class Tried:
    """The result of the work on one row."""

    def __init__(self) -> None:
        self.failed = False


def _never() -> bool:
    return False


@contextmanager
def alone(
    log: Logger, message: str, *args: object, done: Callable[[], bool] = _never
) -> Iterator[Tried]:
    """Run the block in its own transaction, and note in ``failed`` whether it was rolled back.

    A failure is logged with the message. It is not counted as one where ``done`` then says that
    another process has done the work meanwhile.
    """
    tried = Tried()
    try:
        with transaction.atomic():
            yield tried
    except Exception:
        if done():
            return
        log.exception(message, *args)
        tried.failed = True
