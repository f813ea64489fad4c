"""A roster import is undone from its page, unless work was done on its children since."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions.rosters import touched_by_work
from cases.policy import Act
from foundation import clock
from foundation.accounts.models import AuditEvent
from students.attendance.rolls.entries import Mark
from students.roster.models import Child, Enrolment, ImportBatch
from tests.attendance.help import Caller, at, missing
from tests.browsing import let_in
from tests.cases.steps import a_case, do
from tests.cast import Cast
from tests.roster.sheets import book, pupil
from tests.roster.steps import bring_in

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

THU, FRI, SAT = date(2025, 9, 11), date(2025, 9, 12), date(2025, 9, 13)


@pytest.fixture(autouse=True)
def nine(monkeypatch):
    """The import is written on Friday at nine; the roll of half past seven is before it."""
    monkeypatch.setattr(clock, "now", lambda: at(FRI, 9))


@pytest.fixture
def post(client, cast: Cast):
    """POST to the address of undoing a batch, as a role; returns the page that follows."""

    def send(batch: ImportBatch, role: str = "registrar", there: bool = False) -> Any:
        let_in(client, cast.person(role, there))
        return client.post(f"/roster/import/{batch.pk}/undo/", follow=True)

    return send


def words(response: Any) -> str:
    return str(response.content.decode())


def state_of(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_an_import_nobody_worked_on_is_undone(cast: Cast, post):
    batch = bring_in(cast, book(pupil(1), pupil(2)))

    shown = words(post(batch))

    assert "已撤销《名册.xlsx》的导入，名册和班级恢复到导入前的内容。" in shown
    assert state_of(batch) == ImportBatch.UNDONE
    assert not Enrolment.objects.exists()


def test_a_roll_called_since_stands_against_it_even_for_who_was_present(cast: Cast, post):
    batch = bring_in(cast, book(pupil(1), pupil(2)))
    Caller(cast).call(FRI)  # by its clock at 7:52, before the import was written
    assert touched_by_work(_children(), at(FRI, 9)) == set()
    _next_day(cast, FRI, missing(Child.objects.get(name="王小乙")))

    shown = words(post(batch))

    assert "第2、3行（共2行）的学生在写入后已有新的点名、个案或信息变动" in shown
    assert state_of(batch) == ImportBatch.DONE


def test_a_roll_of_another_class_or_another_day_does_not(cast: Cast, post):
    bring_in(cast, book(pupil(1)), THU)
    batch = bring_in(cast, book(pupil(2, 班级="3")))
    _next_day(cast, THU)

    post(batch)

    assert state_of(batch) == ImportBatch.UNDONE


def test_a_case_that_moved_since_stands_against_it(cast: Cast, post):
    bring_in(cast, book(pupil(1)), date(2025, 9, 1))
    child = Child.objects.get()
    case = a_case(cast, child)
    batch = bring_in(cast, book(pupil(1, 现住址="新村1号")))
    do(cast, case, Act.CONTACT, "class_teacher", SAT)

    assert "第2行（共1行）" in words(post(batch))
    assert state_of(batch) == ImportBatch.DONE


def test_a_case_that_only_stands_open_does_not(cast: Cast, post):
    bring_in(cast, book(pupil(1)), date(2025, 9, 1))
    a_case(cast, Child.objects.get())
    monday = at(FRI + timedelta(days=3), 9)
    batch = bring_in(cast, book(pupil(1, 现住址="新村1号")))
    ImportBatch.objects.filter(pk=batch.pk).update(done_at=monday)

    post(batch)

    assert state_of(batch) == ImportBatch.UNDONE


def test_an_absence_entered_since_stands_against_it(cast: Cast):
    bring_in(cast, book(pupil(1)))
    child = Child.objects.get()
    _next_day(cast, FRI, missing(child))

    assert touched_by_work([child.pk], at(FRI, 9)) == {child.pk}
    assert touched_by_work([child.pk], at(SAT, 9)) == set()


def test_another_school_s_import_does_not_exist_and_the_county_may_not_undo_a_school_s(
    cast: Cast, post
):
    batch = bring_in(cast, book(pupil(1)))

    assert post(batch, there=True).status_code == 404
    assert post(batch, "county_desk").status_code == 403
    assert post(batch, "class_teacher").status_code == 403
    assert state_of(batch) == ImportBatch.DONE


def test_the_county_undoes_its_own(cast: Cast, post):
    batch = bring_in(cast, book(pupil(1)), county=True)

    post(batch, "county_desk")

    assert state_of(batch) == ImportBatch.UNDONE


def test_it_is_undone_by_post_only(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1)))
    let_in(client, cast.person("registrar"))

    assert client.get(f"/roster/import/{batch.pk}/undo/").status_code == 405


def test_a_refusal_changes_nothing_and_a_success_is_audited(cast: Cast, post):
    batch = bring_in(cast, book(pupil(1)))
    post(batch)

    assert "已撤销，不能撤销" in words(post(batch))
    assert AuditEvent.objects.filter(verb="undo_roster").count() == 1


def _next_day(cast: Cast, day: date, *marks: Mark) -> None:
    """The school's desk enters the roll of a day on the Saturday after."""
    Caller(cast, "registrar").call(day, *marks, today=SAT, reason="补点")


def _children() -> list[int]:
    return list(Child.objects.values_list("pk", flat=True))
