"""Opens cases, by the roll or by a finding: at most one a child, numbered within the county."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.again import away_by_roll, goes_on, open_again
from cases.actions.automatic import OPEN
from cases.actions.closing import BACK
from cases.actions.context import Context
from cases.actions.letters.notices import tell_move
from cases.actions.moves import owe, write_event
from cases.findings import Finding
from cases.models import Case, CaseEvent
from cases.policy import STEPS, Act, Stage
from cases.rules.codes import WITHDRAWN
from foundation.accounts.models import Unit
from foundation.prepared import prepared
from foundation.rows import lock_numbers, unless_taken
from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from students.roster.rules.grades import school_year_of

ONE_OPEN = "one_open_case_a_child"


def open_case(child: Child, spell: AbsenceSpell, ctx: Context) -> Case | None:
    """Open a case at D1, or the last one again (again.py). Returns None if the child has one open.

    The absence dates the spell, the day of recording is day 0 of the clocks (design 4, Counting).
    The database allows one open case a child, under concurrent reports too.
    """
    last = last_closed(child)
    if last is not None and _is_dealt_with(last, spell):
        return None
    if last is not None and goes_on(last, ctx):
        return open_again(last.pk, away_by_roll(spell), ctx, ONE_OPEN)
    school_class = spell.school_class
    unit = school_class.school.unit
    township = school_class.school.township
    with unless_taken(ONE_OPEN) as taken:
        case = Case.objects.create(
            number=next_number(unit, ctx.today),
            child=child,
            school_class=school_class,
            school=unit,
            village=child.home_village,
            township=child.home_township or township,
            school_township=township,
            county_id=child.county_id,
            entered_on=ctx.today,
            opened_on=ctx.today,
            first_missed_on=spell.started_on,
            last_present_on=spell.last_present_on,
        )
    if taken:
        return None
    owe(case, STEPS[Stage.D1].duties, ctx.today, ctx)
    event = _opened(case, spell, ctx)
    tell_move(case, OPEN.letter, event.pk, ctx.today, ctx.today)
    return case


def open_found(finding: Finding, ctx: Context) -> Case | None:
    """Open a case at D1 for a child that no roll call can miss.

    Returns None if the child has an open case, or if this finding has opened one before. Day 0 is
    the day on which it was due to be found, also where the sweep comes later (补发).
    """
    if Case.objects.filter(finding=finding.key).exists():
        return None
    with unless_taken(ONE_OPEN) as taken:
        case = _found_case(finding)
    if taken:
        return None
    owe(case, STEPS[Stage.D1].duties, finding.found_on, ctx)
    event = write_event(
        case,
        Act.OPEN,
        ctx,
        occurred_on=finding.found_on,
        unit_id=case.school_id,
        text=finding.words,
        data={"first_missed_on": finding.first_missed_on.isoformat(), "source": finding.source},
    )
    tell_move(case, OPEN.letter, event.pk, finding.found_on, ctx.today)
    return case


def _found_case(finding: Finding) -> Case:
    child, school = finding.child, finding.school
    return Case.objects.create(
        number=next_number(school.unit, finding.found_on),
        child=child,
        school_class=finding.school_class,
        school=school.unit,
        village=child.home_village,
        township=child.home_township or school.township,
        school_township=school.township,
        county_id=child.county_id,
        source=finding.source,
        finding=finding.key,
        entered_on=finding.found_on,
        opened_on=finding.found_on,
        first_missed_on=finding.first_missed_on,
        last_present_on=finding.last_present_on,
    )


def last_closed(child: Child) -> Case | None:
    """The child's last case that was closed and not withdrawn."""
    last: Case | None = next(iter(_closed_of(child=child.pk)), None)
    if last is not None:
        last.child = child
    return last


@prepared
def _closed_of(*, child: Any) -> QuerySet[Case]:
    closed = Case.objects.filter(child_id=child, stage=Stage.DX).exclude(outcome=WITHDRAWN)
    return closed.order_by("-pk")[:1]


def _is_dealt_with(last: Case, spell: AbsenceSpell) -> bool:
    """Whether the child's last case was closed in knowledge of this very absence.

    A child placed elsewhere may be marked missing until the roster follows: that opens no new case.
    An absence opens one if the last case was withdrawn, or if it began after the return.
    """
    assert last.closed_on is not None
    if last.outcome == BACK:
        return spell.started_on < (last.returned_on or last.closed_on)
    return spell.started_on <= last.closed_on


def _opened(case: Case, spell: AbsenceSpell, ctx: Context) -> CaseEvent:
    return write_event(
        case,
        Act.OPEN,
        ctx,
        occurred_on=ctx.today,
        unit_id=case.school_id,
        data={"first_missed_on": spell.started_on.isoformat(), "halves": spell.halves},
    )


def next_number(unit: Unit, day: date) -> str:
    """``{county6}-{school year}-{seq}`` (domain 6.1), in sequence within the unit's county."""
    year = school_year_of(day)
    county = unit.county_id or unit.pk
    lock_numbers(county, year)
    prefix = f"{unit.region.code[:6]}-{year}-"
    last = Case.objects.filter(number__startswith=prefix).order_by("-id").first()
    following = int(last.number.rsplit("-", 1)[1]) + 1 if last else 1
    return f"{prefix}{following:04d}"
