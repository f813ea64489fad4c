"""Opens a case again whose child is away again in the school year of its closure (domain 3.7).

The same number goes on at D3, with the persuasion and the papers of before in sight, whatever its
outcome was. Where the outcome said that no absence ever was (信息错误, 误报), nothing can go on. A
case that the roll closed by itself never reached the village: another absence opens a new one.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.actions.automatic import AGAIN
from cases.actions.context import Context, lock
from cases.actions.letters.notices import tell_move
from cases.actions.moves import enter, owe, write_event
from cases.models import Case
from cases.policy import DUTIES, Act, Stage
from cases.rules.codes import NO_CASE
from foundation.rows import unless_taken
from students.attendance.models import AbsenceSpell
from students.roster.models import School, SchoolClass
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that opens a closed case again: since when, and which class and school miss it.

    ``said`` goes into the event. Without a school that of the case goes on.
    """

    since: date
    school_class: SchoolClass | None
    school: School | None
    said: dict[str, Any] = field(default_factory=dict)


def away_by_roll(spell: AbsenceSpell) -> Away:
    """The absence that the roll of a class shows."""
    school_class = spell.school_class
    return Away(spell.started_on, school_class, school_class.school, {"halves": spell.halves})


def goes_on(case: Case, ctx: Context) -> bool:
    """Whether another absence today goes on under the closed case's number."""
    if case.outcome in NO_CASE or case.closed_on is None:
        return False
    is_this_year = school_year_of(case.closed_on) == school_year_of(ctx.today)
    return is_this_year and case.closures.filter(approved=True).exists()


def open_again(pk: int, away: Away, ctx: Context, one_open: str) -> Case | None:
    """Put the closed case on D3, with the class that misses the child now.

    Returns None if the child has an open case, as the constraint ``one_open`` says.
    """
    case = lock(pk)
    _clear(case, away, ctx)
    with unless_taken(one_open) as taken:
        case.save()
    if taken:
        return None
    enter(case, Stage.D3, ctx.today, ctx)
    owe(case, (DUTIES["dual_report"][1],), ctx.today, ctx)  # of this absence, which skips D2
    event = write_event(
        case,
        Act.AGAIN,
        ctx,
        occurred_on=ctx.today,
        from_stage=Stage.DX,
        unit_id=case.school_id,
        data={"first_missed_on": away.since.isoformat(), **away.said},
    )
    tell_move(case, AGAIN.letter, event.pk, ctx.today, ctx.today)
    return case


def _clear(case: Case, away: Away, ctx: Context) -> None:
    """Take the closing and the return off the case, and date it by the new absence."""
    case.stage, case.outcome, case.closed_on, case.sampled = Stage.D3, "", None, False
    case.back_to, case.returned_on = "", None
    case.again_missed_on, case.reopened_on = away.since, ctx.today
    if away.school is not None:
        case.school_class, case.school = away.school_class, away.school.unit
        case.school_township = away.school.township
