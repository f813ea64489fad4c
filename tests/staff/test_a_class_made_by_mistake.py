"""A class made by mistake is merged into the right one, or closed when it has no pupils."""

from datetime import date, timedelta
from typing import Any

import pytest

from foundation.accounts.models import AuditEvent
from students.roster.models import ClassPost, Enrolment, SchoolClass
from students.roster.pupils.acts.pupils import assign_class, open_class
from tests.attendance.help import Caller
from tests.cast import Cast, make_child
from tests.roster.pages import signed_in, text
from tests.staff.steps import TODAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REASON = {"reason": "导入时把2班写成了21班"}


@pytest.fixture
def wrong(cast: Cast) -> SchoolClass:
    return open_class(cast.here.school, "2", 2024, 21)


@pytest.fixture
def child(cast: Cast, wrong: SchoolClass) -> Any:
    """A pupil who was put into the wrong class on the first day of term."""
    child = make_child(cast.here)
    child.enrolments.update(school_class=wrong)
    return child


def merged(client: Any, cast: Cast, wrong: SchoolClass, into: Any = "", status: int = 200) -> str:
    client = signed_in(client, cast)
    url = f"/staff/classes/merge/{wrong.pk}/"
    return text(client.post(url, REASON | {"into": into}, follow=True), status)


def seats(child: Any) -> list[tuple[int, date, date | None]]:
    rows = Enrolment.objects.filter(child=child).order_by("starts_on")
    return list(rows.values_list("school_class__number", "starts_on", "ends_on"))


def test_pupils_were_in_the_right_class_from_the_beginning(cast: Cast, client, wrong, child):
    assign_class(cast.post("class_teacher"), wrong, TODAY - DAY)

    shown = merged(client, cast, wrong, cast.here.school_class.pk)

    assert "八年级21班已经撤并。" in shown
    assert seats(child) == [(2, date(2025, 9, 1), None)]
    wrong.refresh_from_db()
    assert wrong.never_began
    assert ClassPost.objects.get(school_class=wrong).ends_on == TODAY
    event = AuditEvent.objects.get(verb="merge_class")
    assert (event.reason, event.children) == (REASON["reason"], [child.pk])


def test_a_class_whose_roll_was_called_keeps_its_days_so_far(cast: Cast, client, wrong, child):
    assign_class(cast.post("class_teacher"), wrong, TODAY - DAY)
    Caller(cast).call(TODAY, school_class=wrong)

    merged(client, cast, wrong, cast.here.school_class.pk)

    assert seats(child) == [(21, date(2025, 9, 1), TODAY), (2, TODAY + DAY, None)]
    open_on = [
        SchoolClass.objects.taught_on(day).filter(pk=wrong.pk).exists()
        for day in (TODAY - DAY, TODAY, TODAY + DAY)
    ]
    assert open_on == [True, True, False]


def test_a_class_with_pupils_is_not_closed_without_another(cast: Cast, client, wrong, child):
    assert "这个班还有1名学生，请选择并入哪个班。" in merged(client, cast, wrong, status=422)
    assert seats(child) == [(21, date(2025, 9, 1), None)]


def test_an_empty_class_is_closed_and_leaves_the_list(cast: Cast, client, wrong):
    merged(client, cast, wrong)

    shown = text(client.get(f"/staff/classes/{cast.here.school.pk}/"))
    assert "八年级2班" in shown
    assert "八年级21班" not in shown.split("<table", 1)[1]


def test_the_list_of_classes_leads_there_for_whom_may(cast: Cast, client, wrong):
    url = f"/staff/classes/merge/{wrong.pk}/"
    listing = f"/staff/classes/{cast.here.school.pk}/"

    assert url in text(signed_in(client, cast).get(listing))
    assert url not in text(signed_in(client, cast, "security_officer").get(listing))
