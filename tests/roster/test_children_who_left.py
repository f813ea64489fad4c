"""离校学生: read by the last school and those above it, by no class teacher, by nobody else."""

from datetime import date

import pytest

from foundation import clock
from students.roster.models import Child
from students.roster.pupils.acts.pupils import enrol, open_class
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

pytestmark = pytest.mark.django_db
LAST = date(2025, 9, 11)
TODAY = date(2025, 9, 12)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def leaver(cast: Cast) -> Child:
    child = make_child(cast.here)
    child.enrolments.update(ends_on=LAST)
    return child


@pytest.mark.parametrize(
    "role", ["registrar", "head_teacher", "central_school", "county_desk", "supervisor"]
)
def test_the_last_school_and_those_above_it_read_who_left(cast: Cast, leaver: Child, role: str):
    client = client_of(cast.person(role))
    listed = page(client.get("/roster/leavers/"))
    assert f"/pupils/{leaver.pk}/" in listed
    assert "2025-09-11" in listed
    assert client.get(f"/pupils/{leaver.pk}/").status_code == 200


def test_a_class_teacher_reads_nobody_who_left_the_class(cast: Cast, leaver: Child):
    client = client_of(cast.person("class_teacher"))
    assert f"/pupils/{leaver.pk}/" not in page(client.get("/roster/leavers/"))
    assert client.get(f"/pupils/{leaver.pk}/").status_code == 404


def test_another_school_reads_nobody_who_left_this_one(cast: Cast, leaver: Child):
    client = client_of(cast.person("registrar", there=True))
    assert f"/pupils/{leaver.pk}/" not in page(client.get("/roster/leavers/"))
    assert client.get(f"/pupils/{leaver.pk}/").status_code == 404


def test_on_the_last_day_of_enrolment_nobody_has_left_yet(cast: Cast, leaver: Child):
    leaver.enrolments.update(ends_on=TODAY)
    client = client_of(cast.person("registrar"))
    assert f"/pupils/{leaver.pk}/" not in page(client.get("/roster/leavers/"))


def test_who_moved_to_another_school_is_that_school_s_from_its_first_day(cast, leaver):
    enrol(leaver, cast.there.school_class, TODAY)
    here, there = client_of(cast.person("registrar")), client_of(cast.person("registrar", True))
    assert here.get(f"/pupils/{leaver.pk}/").status_code == 404
    assert f"/pupils/{leaver.pk}/" not in page(here.get("/roster/leavers/"))
    assert there.get(f"/pupils/{leaver.pk}/").status_code == 200


def test_until_the_new_school_s_first_day_the_old_one_still_reads(cast: Cast, leaver: Child):
    enrol(leaver, cast.there.school_class, date(2025, 9, 13))
    assert client_of(cast.person("registrar")).get(f"/pupils/{leaver.pk}/").status_code == 200
    there = client_of(cast.person("registrar", there=True))
    assert there.get(f"/pupils/{leaver.pk}/").status_code == 404


def test_who_changed_class_within_the_school_has_not_left(cast: Cast, leaver: Child):
    other = open_class(cast.here.school, "2", 2024, 3)
    enrol(leaver, other, TODAY)
    client = client_of(cast.person("registrar"))
    assert f"/pupils/{leaver.pk}/" not in page(client.get("/roster/leavers/"))
    assert f"/pupils/{leaver.pk}/" in page(client.get("/roster/"))
