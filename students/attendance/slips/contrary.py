"""Slips beside the roll: the days of a slip that the roll calls 无故 all the same.

A slip excuses a leave only; 无故未到 stays until the roll itself is corrected (rules/leave.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.days import day_words
from students.attendance.models import Absence, LeaveSlip
from students.attendance.rules.kinds import KINDS

NO_LEAVE = tuple(kind.code for kind in KINDS if not kind.excused and not kind.present)


@dataclass(frozen=True, slots=True)
class SlipShown:
    """A slip as a page shows it. ``unexcused`` are the days in it that the roll counts as 无故."""

    slip: LeaveSlip
    unexcused: tuple[date, ...] = ()

    @property
    def words(self) -> str:
        """Which of the two counts, and what to do; "" where they agree."""
        if not self.unexcused:
            return ""
        days = "、".join(day_words(day) for day in self.unexcused)
        return f"{days}的点名按无故计，以点名为准；假条属实的，请更正点名。"


def beside_the_roll(slips: Sequence[LeaveSlip]) -> list[SlipShown]:
    """The slips with their days that are called 无故. One query; a revoked slip has none."""
    standing = [slip for slip in slips if not slip.taken_back_at]
    marks = list(_marks(standing)) if standing else []
    return [SlipShown(slip, _within(slip, marks)) for slip in slips]


def _marks(slips: Sequence[LeaveSlip]) -> Iterable[tuple[int, date]]:
    rows = (
        Absence.objects.standing()
        .counted()
        .filter(
            child__in={slip.child_id for slip in slips},
            kind__in=NO_LEAVE,
            day__gte=min(slip.first_day for slip in slips),
            day__lte=max(slip.last_day for slip in slips),
        )
    )
    return rows.order_by("day").values_list("child_id", "day").distinct()


def _within(slip: LeaveSlip, marks: Iterable[tuple[int, date]]) -> tuple[date, ...]:
    if slip.taken_back_at:
        return ()
    return tuple(
        day
        for child, day in marks
        if child == slip.child_id and slip.first_day <= day <= slip.last_day
    )
