"""Writes rows that compete: consecutive numbers, and rows that may exist only once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction


def lock_numbers(unit_id: int, year: int) -> None:
    """Lock the numbers of a unit's year until the transaction ends, so that none is given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [unit_id % 2**31, year])


class Taken:
    """Tells whether another row already stood where one was to be written."""

    def __init__(self) -> None:
        self._refused = False

    def __bool__(self) -> bool:
        return self._refused

    def refuse(self) -> None:
        """Note that the row was refused."""
        self._refused = True


@contextmanager
def unless_taken(constraint: str = "") -> Iterator[Taken]:
    """Write in a savepoint; Taken notes a row that the named constraint refused, rolled back.

    Without a name every constraint counts. Another constraint's IntegrityError is raised.
    """
    taken = Taken()
    try:
        with transaction.atomic():
            yield taken
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        taken.refuse()
