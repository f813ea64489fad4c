"""Who is absent three days or more, as far as one may see: the county's question of every day."""

from datetime import date, timedelta

import pytest

from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from tests.attendance.help import FRI, WED
from tests.cast import Cast, make_child


def _away(child: Child, halves: int, **facts: object) -> AbsenceSpell:
    """A spell of so many half-days that goes on unless the facts say otherwise."""
    school_class = child.enrolments.get().school_class
    return AbsenceSpell.objects.create(
        child=child,
        school_class=school_class,
        started_on=WED,
        last_missed_on=FRI,
        halves=halves,
        **facts,
    )


def _found(cast: Cast, role: str, there: bool = False, day: date = FRI) -> set[str]:
    rows = AbsenceSpell.objects.lasting(3).visible_to(cast.viewer(role, day, there), day)
    return set(rows.values_list("child__name", flat=True))


@pytest.mark.parametrize(("halves", "counts"), [(5, False), (6, True), (7, True)])
def test_three_days_are_six_half_days(cast: Cast, halves: int, counts: bool) -> None:
    _away(make_child(cast.here), halves)
    assert bool(_found(cast, "county_desk")) is counts


def test_who_is_back_is_not_absent(cast: Cast) -> None:
    _away(make_child(cast.here), 6, ended_on=FRI)
    assert _found(cast, "county_desk") == set()


def test_a_spell_that_was_corrected_away_does_not_count(cast: Cast) -> None:
    _away(make_child(cast.here), 6, is_void=True)
    assert _found(cast, "county_desk") == set()


def test_each_line_sees_its_own(cast: Cast) -> None:
    for side, name in ((cast.here, "张小明"), (cast.there, "李小红")):
        _away(make_child(side, name), 6)
    assert _found(cast, "county_desk") == {"张小明", "李小红"}
    for role in ("class_teacher", "registrar", "central_school"):
        assert _found(cast, role) == {"张小明"}, role
        assert _found(cast, role, there=True) == {"李小红"}, role
    assert _found(cast, "village_cadre") == set()


def test_who_has_left_is_still_seen_by_the_last_school_but_not_by_the_teacher(cast: Cast) -> None:
    child = make_child(cast.here)
    _away(child, 6)
    child.enrolments.update(ends_on=WED - timedelta(days=1))
    assert _found(cast, "registrar") == {"张小明"}
    assert _found(cast, "class_teacher") == set()
