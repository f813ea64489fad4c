"""学籍变动月报: what every grade gained and lost, and that it adds up (F05, forms 1.6)."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation import clock
from students.roster.changes.acts.recording import withdraw_change
from students.roster.changes.figures import HEADS, ChildSeat, Course, GradeRow, grade_rows
from students.roster.changes.months import MonthOfChanges, changes_in_month, month_of
from students.roster.models import Change, Enrolment, SchoolClass
from students.roster.pupils.acts.pupils import add_child, enrol
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, a_class, arrive, by, let_go, record, suspend

GRADES = ("七年级", "八年级", "九年级")
seats = st.none() | st.builds(
    ChildSeat, st.sampled_from(GRADES), st.sampled_from([1, 2]), st.booleans(), st.booleans()
)
kinds = st.lists(
    st.sampled_from(["transfer_within", "transfer_out", "suspension", "return", "repeat"]),
    max_size=3,
).map(tuple)
courses = st.builds(Course, seats, seats, kinds, st.booleans(), st.booleans())


@given(st.lists(courses, max_size=40))
def test_the_balance_holds_whatever_happens(month: list[Course]):
    rows = grade_rows(month, GRADES)

    assert all(row.is_balanced for row in rows)
    assert rows[-1].end == sum(c.after is not None and c.after.in_class for c in month)
    assert rows[-1].moves["expelled"] == 0


def test_each_row_has_a_cell_for_each_head():
    assert len(GradeRow("七年级").cells) == len(HEADS)


# --- out of the register -----------------------------------------------------------------------


def october(cast: Cast, there: bool = False, day: date = date(2025, 10, 31)) -> MonthOfChanges:
    """The month as a school's registrar reads it."""
    return month_as(cast, date(2025, 10, 1), day, there)


def month_as(cast: Cast, first: date, day: date, there: bool = False) -> MonthOfChanges:
    """A month up to a day."""
    viewer = cast.viewer("registrar", day, there)
    return changes_in_month(
        SchoolClass.objects.visible_to(viewer, day),
        Change.objects.visible_to(viewer, day),
        *month_of(first, day),
        lambda children, days: {one: set() for one in days},  # nobody has dropped out
    )


def moved(month: MonthOfChanges, grade: str = "八年级") -> dict[str, int]:
    """The columns of a grade that are not 0."""
    row = next(row for row in month.rows if row.grade == grade)
    named = zip(map(_words, HEADS), row.cells, strict=True)
    return {head: number for head, number in named if number}


def _words(head: tuple[str, str]) -> str:
    """增加·新生, 增加合计, 月末在校."""
    group, label = head
    return f"{group}{label}" if label == "合计" or not group else f"{group}·{label}"


OCT = date(2025, 10, 13)


@pytest.mark.django_db
def test_a_quiet_month(cast: Cast):
    make_child(cast.here)

    assert moved(october(cast)) == {"月初在校": 1, "月末在校": 1, "月末在籍": 1}


@pytest.mark.django_db
def test_a_transfer_leaves_one_school_and_comes_to_the_other(cast: Cast):
    child = make_child(cast.here)
    change = let_go(cast, child, OCT)
    waiting = october(cast, day=OCT)
    assert moved(waiting) == {
        "月初在校": 1,
        "减少·转出（县内）": 1,
        "减少合计": 1,
        "在籍不在校": 1,
        "月末在籍": 1,
    }
    arrive(cast, change, date(2025, 10, 14))

    assert moved(october(cast)) == {"月初在校": 1, "减少·转出（县内）": 1, "减少合计": 1}
    assert moved(october(cast, there=True)) == {
        "增加·转入（县内）": 1,
        "增加合计": 1,
        "月末在校": 1,
        "月末在籍": 1,
    }


@pytest.mark.django_db
def test_the_suspended_stay_on_the_roll_and_come_back(cast: Cast):
    child = make_child(cast.here)
    suspend(cast, child, OCT, date(2026, 3, 1), OCT)
    month = moved(october(cast))
    assert (month["减少·休学"], month["在籍不在校"], month["月末在籍"]) == (1, 1, 1)
    assert "月末在校" not in month
    day = date(2025, 11, 3)
    record(cast, "return", child, day, to_class_id=cast.here.school_class.pk)

    november = moved(month_as(cast, date(2025, 11, 1), date(2025, 11, 28)))
    assert (november["增加·复学"], november["月末在校"]) == (1, 1)


@pytest.mark.django_db
def test_a_move_within_the_grade_is_no_movement_and_a_repeat_is_two(cast: Cast):
    first, second = make_child(cast.here), make_child(cast.here, "李小红")
    record(cast, "class_move", first, OCT, to_class_id=a_class(cast.here).pk)
    lower = a_class(cast.here, entry_year=2025)
    record(cast, "repeat", second, OCT, to_class_id=lower.pk)

    assert moved(october(cast))["减少·其他"] == 1
    assert moved(october(cast), "七年级")["增加·其他"] == 1
    assert october(cast).is_balanced


@pytest.mark.django_db
def test_death_and_going_abroad_have_their_own_columns(cast: Cast):
    record(cast, "death", make_child(cast.here), OCT)
    record(cast, "abroad", make_child(cast.here, "李小红"), OCT, outside_place="邻国")

    month = moved(october(cast))
    assert (month["减少·死亡"], month["减少·出国（境）"], month["减少合计"]) == (1, 1, 2)


@pytest.mark.django_db
def test_an_application_that_nobody_has_filed_moves_nobody(cast: Cast):
    child = make_child(cast.here)
    record(cast, "suspension", child, OCT, until=date(2026, 3, 1), reason="10")

    assert moved(october(cast)) == {"月初在校": 1, "月末在校": 1, "月末在籍": 1}
    assert october(cast).changes == []


@pytest.mark.django_db
def test_those_who_enter_the_stage_are_new_and_leavers_graduate(cast: Cast):
    entering = a_class(cast.here, entry_year=2025)
    enrol(add_child(cast.county, "新生甲"), entering, date(2025, 9, 1))
    september = moved(month_as(cast, date(2025, 9, 1), date(2025, 9, 30)), "七年级")
    assert september == {"增加·新生": 1, "增加合计": 1, "月末在校": 1, "月末在籍": 1}

    leaving = a_class(cast.here, entry_year=2023)
    child = add_child(cast.county, "毕业甲")
    enrol(child, leaving, date(2025, 9, 1))
    Enrolment.objects.filter(child=child).update(ends_on=date(2026, 7, 10))
    july = moved(month_as(cast, date(2026, 7, 1), date(2026, 7, 31)), "九年级")
    assert july == {"月初在校": 1, "减少·毕业": 1, "减少合计": 1}


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_children(cast: Cast, count_queries: Any):
    let_go(cast, make_child(cast.here), OCT)
    with count_queries(connection) as few:
        october(cast)
    for name in ("李一", "李二", "李三"):
        let_go(cast, make_child(cast.here, name), OCT)
    with count_queries(connection) as many:
        october(cast)

    assert len(many) == len(few)


@pytest.mark.django_db
def test_the_workbook_says_what_the_page_says_and_a_formula_stays_text(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "today", lambda: FRI)
    let_go(cast, make_child(cast.here, '=HYPERLINK("x")'))
    client = client_of(cast.person("registrar"))
    assert "2025年9月学籍变动情况月报表" in page(client.get("/changes/months/?month=2025-09"))

    answer = client.get("/changes/months/book.xlsx?month=2025-09")

    book = load_workbook(BytesIO(answer.content))
    groups, labels = book["变动月报"][4], book["变动月报"][5]
    assert {"增加", "减少"} < {cell.value for cell in groups}
    assert [cell.value for cell in labels[2:-3]] == [label for group, label in HEADS if group]
    name = book["异动名册"]["B5"]
    assert (name.value, name.data_type) == ('=HYPERLINK("x")', "s")
    assert book["变动月报"]["A1"].value == "2025年9月学籍变动情况月报表"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["2025-13", "下个月", "2099-01", ""])
def test_a_month_that_is_none_or_has_not_come_is_the_running_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, asked: str
):
    monkeypatch.setattr(clock, "today", lambda: FRI)

    words = page(client_of(cast.person("registrar")).get("/changes/months/", {"month": asked}))

    assert "2025年9月学籍变动情况月报表" in words


@pytest.mark.django_db
def test_who_only_supervises_reads_masked_names(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "today", lambda: FRI)
    change = let_go(cast, make_child(cast.here))
    client = client_of(cast.person("supervisor"))

    for url in ("/changes/months/", "/changes/", f"/changes/{change.pk}/"):
        words = page(client.get(url))
        assert "张**" in words
        assert "张小明" not in words
    withdraw_change(by(cast, "registrar", FRI), change.pk, "不转了")
