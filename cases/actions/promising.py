"""A promised day of return comes back as a duty: to see that day whether the child has come."""

from dataclasses import replace
from datetime import date

from cases.actions.context import Context
from cases.actions.moves import add_deadline
from cases.duedates import promised
from cases.models import Case, Deadline
from cases.policy import PROMISE, Level, Stage, is_away

_SCHOOL = (Level.TEACHER, Level.SCHOOL)


def await_promise(
    case: Case, level: Level, told_on: date, promised_on: date | None, ctx: Context
) -> None:
    """Write the duty of the day that the family named to ``level``, in place of an earlier one.

    The last word of the family counts: a talk without a day, before the promised one, leaves the
    promise standing. A child under observation has kept it.
    """
    if promised_on is None or not is_away(Stage(case.stage)):
        return
    Deadline.objects.owed().filter(case=case, code=PROMISE.code).update(void_on=ctx.today)
    owed_by = Level.SCHOOL if level in _SCHOOL else level
    due = promised(told_on, promised_on, ctx.calendar)
    add_deadline(case, replace(PROMISE, owed_by=owed_by), due, ctx)
