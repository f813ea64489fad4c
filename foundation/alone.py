"""Work on one row of many: it may fail without stopping the others (S36)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import Logger

from django.db import transaction


class Tried:
    """How the work on one row ended."""

    def __init__(self) -> None:
        self.failed = False


def _never() -> bool:
    return False


@contextmanager
def alone(
    log: Logger, message: str, *args: object, done: Callable[[], bool] = _never
) -> Iterator[Tried]:
    """Run the block in a transaction of its own, and note in ``failed`` whether it was rolled back.

    A failure is logged with the message. It is none where ``done`` then says that somebody else
    has done the work meanwhile.
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
