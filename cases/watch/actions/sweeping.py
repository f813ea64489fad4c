"""Scores all children each night, school by school. Running it twice or late is harmless."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.watch.facts import facts_of
from cases.watch.models import Reckoning, Score
from cases.watch.rules import Result, Ruleset
from cases.watch.settings import rules_on
from cases.watch.windows import Windows, windows_of
from foundation.accounts.models import Unit, UnitKind
from foundation.alone import alone
from students.calendars.loading import calendars_of
from students.calendars.workdays import Calendar
from students.roster.models import Enrolment, School

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a run did: schools scored, and schools that failed."""

    done: int = 0
    failed: int = 0


def reckon(today: date, now: datetime) -> Reckoned:
    """Score every school that has no score of today by today's rules.

    A school that fails delays only itself. The next run tries it again.
    """
    done = failed = 0
    for county in Unit.objects.filter(kind=UnitKind.COUNTY).select_related("region"):
        rules = rules_on(county.pk, today)
        calendars = calendars_of(county.pk)
        windows = _Windows(today)
        for school in _waiting(county, today, rules):
            looked_at = windows.of(calendars.of_school(school.pk))
            worked = _alone(school, looked_at, rules, county, now)
            done, failed = done + worked, failed + (not worked)
    return Reckoned(done, failed)


class _Windows:
    """The windows of a day, computed once for schools that share a calendar."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.made: dict[int, Windows] = {}

    def of(self, calendar: Calendar) -> Windows:
        """The windows of a calendar. The calendar must outlive this object."""
        if id(calendar) not in self.made:
            self.made[id(calendar)] = windows_of(calendar, self.day)
        return self.made[id(calendar)]


def _waiting(county: Unit, today: date, rules: Ruleset) -> list[School]:
    done = Reckoning.objects.filter(day=today, version=rules.version)
    schools = School.objects.filter(unit__county=county).exclude(pk__in=done.values("school_id"))
    return list(schools.order_by("pk"))


def _alone(school: School, windows: Windows, rules: Ruleset, county: Unit, now: datetime) -> bool:
    words = "school %s: the sweep goes on without it"
    with alone(log, words, school.pk, done=lambda: _is_done(school, windows.day, rules)) as tried:
        score_school(school, windows, rules, county.region.code, now)
    return not tried.failed


def _is_done(school: School, day: date, rules: Ruleset) -> bool:
    done = Reckoning.objects.filter(school=school, day=day, version=rules.version)
    return done.exists()


def score_school(
    school: School, windows: Windows, rules: Ruleset, county_region: str, now: datetime
) -> Reckoning:
    """Score a school's children and note the run. Scores that have not changed are not written."""
    day = windows.day
    members = list(
        Enrolment.objects.expected_on(day)
        .filter(school=school)
        .select_related("child", "school_class")
    )
    results = results_of(members, windows, rules, county_region)
    known = {row.child_id: row for row in Score.objects.filter(school=school, day=day)}
    rows = [
        _score(school, day, rules, child, result)
        for child, result in results.items()
        if result.score >= rules.line or child in known
    ]
    fallen = set(known) - set(results)
    rows += [_score(school, day, rules, child, Result()) for child in fallen]
    _write(rows, known)
    reckoning: Reckoning = Reckoning.objects.create(
        school=school,
        day=day,
        version=rules.version,
        children=len(members),
        warned=sum(row.score >= row.line for row in rows),
        done_at=now,
    )
    return reckoning


def results_of(
    members: Sequence[Enrolment], windows: Windows, rules: Ruleset, county_region: str
) -> dict[int, Result]:
    """The result of each child that has anything on record, by child."""
    facts = facts_of(members, windows, county_region)
    return {child: rules.result(fact) for child, fact in facts.items()}


def _score(school: School, day: date, rules: Ruleset, child: int, result: Result) -> Score:
    return Score(
        child_id=child,
        school=school,
        day=day,
        version=rules.version,
        line=rules.line,
        score=result.score,
        open_score=result.open_score,
        reasons=[
            {"code": reason.code, "points": reason.points, "words": reason.words}
            for reason in result.reasons
        ],
    )


_SAID = ("school_id", "version", "line", "score", "open_score", "reasons")


def _write(rows: Iterable[Score], known: dict[int, Score]) -> None:
    changed = [row for row in rows if row.child_id not in known or _differs(row, known)]
    Score.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["child", "day"],
        update_fields=["school", "version", "line", "score", "open_score", "reasons"],
    )


def _differs(row: Score, known: dict[int, Score]) -> bool:
    before: Any = known[row.child_id]
    return any(getattr(row, name) != getattr(before, name) for name in _SAID)
