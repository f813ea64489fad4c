"""The page of a pupil: what the roll and the cases add to the register, each to who may see it."""

from datetime import date

import pytest
from django.db import connection

from cases.models import Case
from foundation import clock
from foundation.accounts.models import AuditEvent
from students.attendance.models import Absence, RollCall
from students.roster.models import Child
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from tests.browsing import client_of, page
from tests.cases.steps import at
from tests.cast import Cast, make_child

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 12)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def absent(cast: Cast, child: Child, day: date, kind: str = "sick", session: str = "d") -> None:
    call, _ = RollCall.objects.get_or_create(
        school_class=cast.here.school_class,
        day=day,
        session=session,
        defaults={"expected": 10, "absent": 1, "first_called_at": at(day)},
    )
    Absence.objects.create(
        roll_call=call,
        child=child,
        day=day,
        halves=2 if session == "d" else 1,
        kind=kind,
        since_version=1,
    )


def shown(cast: Cast, child: Child, role: str = "registrar") -> str:
    return page(client_of(cast.person(role)).get(f"/pupils/{child.pk}/"))


def test_absences_are_counted_by_term_and_kind_in_days(cast: Cast):
    child = make_child(cast.here)
    absent(cast, child, date(2025, 9, 8))
    absent(cast, child, date(2025, 9, 9), session="am")
    absent(cast, child, date(2025, 9, 10), kind="unexcused")
    words = shown(cast, child)
    assert "2025—2026学年秋季学期" in words
    assert "2.5天" in words
    assert "病假1.5天、无故未到1天" in words
    assert "2025年9月10日" in words


def test_a_corrected_absence_is_not_counted(cast: Cast):
    child = make_child(cast.here)
    absent(cast, child, date(2025, 9, 8))
    Absence.objects.update(until_version=2)
    assert "点名记录中没有缺勤" in shown(cast, child)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 1, 16), "2025—2026学年秋季学期"),
        (date(2026, 1, 17), "学期以外"),
        (date(2026, 3, 1), "学期以外"),
        (date(2026, 3, 2), "2025—2026学年春季学期"),
    ],
)
def test_a_day_belongs_to_the_term_that_holds_it(cast: Cast, day: date, label: str):
    child = make_child(cast.here)
    absent(cast, child, day)
    assert f'data-label="学期">{label}<' in shown(cast, child)


def test_a_case_is_linked_for_who_may_see_it(cast: Cast):
    child = make_child(cast.here)
    case = Case.objects.create(
        number="530999-2025-00001",
        child=child,
        school=cast.here.school.unit,
        school_class=cast.here.school_class,
        township=cast.here.township,
        county=cast.county,
        entered_on=TODAY,
        opened_on=TODAY,
        first_missed_on=date(2025, 9, 10),
    )
    assert f"/cases/{case.number}/" in shown(cast, child)
    # A case of the school where the child was before is not the new school's to read.
    Case.objects.filter(pk=case.pk).update(
        school=cast.there.school.unit, school_class=cast.there.school_class
    )
    assert case.number not in shown(cast, child)
    assert case.number in shown(cast, child, "county_desk")


def test_former_classes_keep_the_names_of_their_time(cast: Cast):
    child = add_child(cast.county, "赵旧生")
    school_class = open_class(cast.here.school, "2", 2023, 1)
    before = enrol(child, school_class, date(2024, 9, 1))
    before.ends_on = date(2025, 7, 10)
    before.save()
    enrol(child, school_class, date(2025, 9, 1))
    words = shown(cast, child)
    assert "八年级1班" in words  # 2024–2025
    assert "九年级1班" in words  # today


def test_the_number_of_queries_does_not_grow_with_the_history(cast: Cast, count_queries):
    child = make_child(cast.here, guardians=({"name": "甲"}, {"name": "乙"}))
    client = client_of(cast.person("registrar"))

    def queries() -> int:
        with count_queries(connection) as seen:
            page(client.get(f"/pupils/{child.pk}/"))
        return len(seen)

    def live(day: int) -> None:
        absent(cast, child, date(2025, 9, day))
        child.boards = not child.boards
        child.save()

    live(1)
    queries()
    few = queries()
    for day in range(2, 11):
        live(day)
    assert queries() == few


def test_reading_the_page_is_in_the_audit(cast: Cast):
    child = make_child(cast.here)
    shown(cast, child)
    assert AuditEvent.objects.get(verb="read_pupil").children == [child.pk]


def test_the_next_township_s_school_gets_404(cast: Cast):
    child = make_child(cast.here)
    answer = client_of(cast.person("registrar", there=True)).get(f"/pupils/{child.pk}/")
    assert answer.status_code == 404
