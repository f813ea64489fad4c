"""The ledger category of a case on a day, derived from attendance alone (domain 3.1 axis B).

It is not the handling stage: a child at D1 is no dropout in any figure (design 4.2).
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from foundation.accounts.parameters import Parameters


class Category(StrEnum):
    """台账类别 of a child with an open case that is not back at school."""

    BELOW = "below"  # a case is open, neither threshold is reached
    SUSPECTED = "suspected"
    DROPOUT = "dropout"


LABELS = {
    Category.BELOW: "未达疑似",
    Category.SUSPECTED: "疑似辍学",
    Category.DROPOUT: "辍学",
}


def category_on(
    day: date,
    last_present_on: date,
    missed: Sequence[date],
    rules: Parameters,
    in_vacation: int = 0,
) -> Category:
    """The category on ``day`` of a child last at school on ``last_present_on``.

    ``missed`` are the unexcused school days since, each whole day once. P11: more than 7 calendar
    days **and** at least 5 missed school days; P12: at least 20 missed school days. Both clocks
    stand still in a vacation (domain 3.5): ``in_vacation`` is how many of the days since were such.
    """
    days = sum(1 for one in missed if last_present_on < one <= day)
    if days >= rules.dropout_missed:
        return Category.DROPOUT
    away = (day - last_present_on).days - in_vacation
    if away > rules.suspected_days and days >= rules.suspected_missed:
        return Category.SUSPECTED
    return Category.BELOW
