"""The next number of a series: no gap, none twice."""

from typing import Any

from django.db.models import Max, QuerySet

from foundation.rows import lock_numbers


def next_seq(rows: QuerySet[Any], unit_id: int, year: int) -> int:
    """The number after the last of the rows, which are those of the unit's series of the year.

    Others who ask for the unit's year wait until the transaction ends. A transaction that is rolled
    back has used no number.
    """
    lock_numbers(unit_id, year)
    return (rows.aggregate(last=Max("seq"))["last"] or 0) + 1
