"""Gathers what the rules ask of many children, in a fixed number of queries.

Absences are read as the roll reads them (students.attendance.rolls.facts). A leave slip past its
end, a correction or a day without a roll call means the same here as in a case.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Count

from cases.models import Case
from cases.policy import Stage
from cases.rules.codes import NO_CASE
from cases.watch.rules import ChildFacts
from cases.watch.windows import Windows
from students.attendance.models import Absence
from students.attendance.rolls.facts import facts_of as roll_of
from students.attendance.rules.spells import DayFact, spells_of
from students.roster.models import Child, Enrolment, GroupSpell, GuardianAbsence, SchoolClass
from students.roster.rules.group_kinds import lives_elsewhere
from students.roster.rules.left_behind import GuardianAway, council_finding, registry_finding

# Outcomes of cases opened by mistake: 信息错误, 非辍学·误报, a corrected roll call.
LEFT_BEHIND = "left_behind"


def facts_of(
    members: Sequence[Enrolment], windows: Windows, county_region: str
) -> dict[int, ChildFacts]:
    """The facts of enrolled children, by child. Children with nothing on record are omitted."""
    enrolments = {member.child_id: member for member in members}
    absent = _absent(enrolments, windows)
    cases = _cases(enrolments)
    known = absent | set(cases)
    rolls = roll_of(absent, windows.before, windows.day)
    children = [enrolments[child].child for child in known]
    groups = _groups(children, windows.day, county_region)
    return {
        child: _fact(rolls.get(child, []), windows, cases.get(child, 0), groups[child], member)
        for child, member in enrolments.items()
        if child in known
    }


def _absent(child_ids: Iterable[int], windows: Windows) -> set[int]:
    rows = Absence.objects.standing().filter(
        child_id__in=list(child_ids), day__range=(windows.before, windows.day)
    )
    return set(rows.values_list("child_id", flat=True).distinct())


def _cases(child_ids: Iterable[int]) -> dict[int, int]:
    rows = Case.objects.filter(child_id__in=list(child_ids), stage=Stage.DX)
    counted = rows.exclude(outcome__in=NO_CASE).order_by().values_list("child_id")
    return dict(counted.annotate(times=Count("pk")))


def _groups(
    children: Collection[Child], day: date, county_region: str
) -> dict[int, frozenset[str]]:
    """The groups of each child on the day.

    Absent guardians make a child 留守 as well, by either definition (domain 6.7).
    """
    found: dict[int, set[str]] = {child.pk: set() for child in children}
    rows = GroupSpell.objects.on(day).filter(child_id__in=list(found))
    for child, group in rows.values_list("child_id", "group"):
        found[child].add(group)
    away: dict[int, list[GuardianAway]] = {}
    for absence in GuardianAbsence.objects.on(day).filter(child_id__in=list(found)):
        away.setdefault(absence.child_id, []).append(absence.fact)
    for child in children:
        if child.pk in away and _is_left_behind(child, away[child.pk], day, county_region):
            found[child.pk].add(LEFT_BEHIND)
    return {child: frozenset(groups) for child, groups in found.items()}


def _is_left_behind(child: Child, away: list[GuardianAway], day: date, county_region: str) -> bool:
    elsewhere = lives_elsewhere(child.home_region, county_region)
    return (
        registry_finding(away, day, elsewhere=elsewhere).is_left_behind
        or council_finding(away, child.born_on, day).is_left_behind
    )


def _fact(
    roll: Sequence[DayFact],
    windows: Windows,
    cases: int,
    groups: frozenset[str],
    member: Enrolment,
) -> ChildFacts:
    recent = [fact for fact in roll if fact.day >= windows.recent]
    long = [fact for fact in roll if fact.day >= windows.long]
    before = [fact for fact in roll if fact.day < windows.recent]
    missed = [fact.day for fact in long if fact.unexcused]
    spell = next(reversed(spells_of(roll)), None)
    return ChildFacts(
        missed_now=spell.halves if spell and spell.ended_on is None else 0,
        missed_recent=sum(fact.unexcused for fact in recent),
        missed_long=sum(fact.unexcused for fact in long),
        absent_long=_absences(long),
        absent_recent=_absences(recent),
        absent_before=_absences(before),
        called_before=sum(fact.called > 0 for fact in before),
        days_missed=len(missed),
        at_week_ends=sum(windows.is_at_week_end(day) for day in missed),
        after_holidays=sum(day in windows.after_holidays for day in missed),
        cases=cases,
        is_junior=member.school_class.stage == SchoolClass.JUNIOR,
        groups=groups,
    )


def _absences(facts: Iterable[DayFact]) -> int:
    return sum(fact.unexcused + fact.excused for fact in facts)
