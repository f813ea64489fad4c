"""A school year ends: leaving classes graduate together, and together it is taken back."""

from datetime import date

import pytest

from foundation.accounts.actions import Refused
from students.census import actions as census
from students.census.final_grades import is_final_grade, names_around
from students.census.models import GraduationBatch
from students.census.years import class_years, graduates_of
from students.roster.models import Child, SchoolClass
from students.roster.pupils.acts.pupils import enrol, open_class
from tests.cast import Cast
from tests.census.steps import LAST_DAY, Primary, a_leaver, make_primary
from tests.doers import doing


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school."""
    return make_primary(cast.here)


def graduate(
    primary: Primary, day: date = LAST_DAY, left_out: dict[int, str] | None = None
) -> GraduationBatch:
    """The registrar graduates the leavers of 2025–2026."""
    out = left_out or {}
    return census.graduate(
        doing(primary.viewer(day), primary.origin, today=day), primary.school, 2025, out
    )


def ends(child: Child) -> list[date | None]:
    """The last days of the child's spells."""
    return list(child.enrolments.order_by("starts_on").values_list("ends_on", flat=True))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 31), "五年级1班"),
        (date(2026, 9, 1), "六年级1班"),
        (date(2026, 9, 2), "六年级1班"),
    ],
)
def test_a_class_changes_its_name_on_1_september(primary: Primary, day: date, name: str) -> None:
    assert open_class(primary.school, "1", 2021, 1).name_on(day) == name


def test_names_before_and_after_stand_side_by_side() -> None:
    assert names_around("1", 2021, 2, 2025) == ("五年级2班", "六年级2班")
    assert names_around("1", 2020, 1, 2025) == ("六年级1班", "已毕业")


@pytest.mark.parametrize(
    ("stage", "entry", "leaves"),
    [
        ("1", 2020, True),
        ("1", 2021, False),
        ("1", 2019, False),
        ("2", 2023, True),
        ("2", 2024, False),
    ],
)
def test_grade_6_and_9_leave(stage: str, entry: int, leaves: bool) -> None:
    assert is_final_grade(stage, entry, 2025) is leaves


def test_the_year_shows_each_class_with_its_pupils(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    classes = SchoolClass.objects.filter(school=primary.school)
    (row,) = class_years(classes, 2025, LAST_DAY)
    assert (row.before, row.after, row.pupils, row.is_last) == ("六年级1班", "已毕业", 1, True)


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2026, 7, 9), False), (LAST_DAY, True), (date(2026, 7, 11), True)],
)
def test_graduation_waits_for_the_last_day(
    cast: Cast, primary: Primary, day: date, allowed: bool
) -> None:
    child = a_leaver(cast.here, primary)
    if allowed:
        graduate(primary, day)
        assert ends(child) == [LAST_DAY]
    else:
        with pytest.raises(Refused, match="到这一天才能"):
            graduate(primary, day)


def test_who_is_left_out_stays_on_the_roll(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    missing = a_leaver(cast.here, primary, "赵未归")
    batch = graduate(primary, left_out={missing.pk: "个案尚未销号"})
    assert ends(missing) == [None]
    assert [row.child.name for row in batch.rows.all()] == ["李六年"]
    found = graduates_of(primary.school, 2025, {missing.pk: "个案尚未销号"})
    assert (found.left_out[-1][0].child, found.left_out[-1][1]) == (missing, "个案尚未销号")


def test_a_school_graduates_its_leavers_once_a_year(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    graduate(primary)
    a_leaver(cast.here, primary, "后来人")
    with pytest.raises(Refused, match="不能重复办理"):
        graduate(primary)


def test_taken_back_it_is_as_if_nobody_had_left(cast: Cast, primary: Primary) -> None:
    child = a_leaver(cast.here, primary)
    batch = graduate(primary)
    census.undo_graduation(
        doing(primary.viewer(LAST_DAY), primary.origin, today=LAST_DAY), batch.pk
    )
    assert ends(child) == [None]
    assert graduate(primary).pk != batch.pk


def test_once_a_child_has_gone_on_it_cannot_be_taken_back(cast: Cast, primary: Primary) -> None:
    child = a_leaver(cast.here, primary)
    batch = graduate(primary)
    enrol(child, open_class(cast.here.school, "2", 2026, 1), date(2026, 8, 31))
    with pytest.raises(Refused, match="不能整批撤销"):
        census.undo_graduation(
            doing(primary.viewer(LAST_DAY), primary.origin, today=LAST_DAY), batch.pk
        )
    assert ends(child)[0] == LAST_DAY
