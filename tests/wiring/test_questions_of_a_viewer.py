"""A question prepared for a viewer finds what the viewer sees, nothing of others in the role."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from foundation.accounts.asking import prepared_for
from foundation.accounts.models import PeopleRequest, Unit
from foundation.accounts.viewer import NOBODY, Viewer
from foundation.prepared import number_of, one_of, prepared
from students.roster.models import Child, Enrolment
from tests.cast import ROLES, Cast, make_child

DAY = date(2025, 9, 12)


@pytest.fixture
def seen_by() -> Any:
    @prepared_for
    def question(viewer: Viewer, *, day: Any) -> QuerySet[Enrolment]:
        rows = Enrolment.objects.on(day).visible_to(viewer, day)
        return rows.select_related("child").order_by("pk")

    return question


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_its_own_on_either_side(cast: Cast, seen_by: Any, role: str) -> None:
    for side in (cast.here, cast.there):
        make_child(side)
    for there in (False, True):
        viewer = cast.viewer(role, DAY, there)
        wanted = Enrolment.objects.on(DAY).visible_to(viewer, DAY).order_by("pk")
        assert seen_by(viewer, day=DAY) == list(wanted)


def test_who_holds_the_same_role_elsewhere_asks_the_same_statement(cast: Cast) -> None:
    made = []

    @prepared_for
    def question(viewer: Viewer, *, day: Any) -> QuerySet[Any, Any]:
        made.append(viewer)
        return number_of(Enrolment.objects.on(day).visible_to(viewer, day))

    make_child(cast.here)
    found = [question(cast.viewer("registrar", DAY, there), day=DAY) for there in (False, True)]
    assert found == [[1], [0]]
    assert len(made) == 1
    assert question(cast.viewer("county_desk", DAY), day=DAY) == [1]
    assert question(NOBODY, day=DAY) == []
    assert len(made) == 3


def test_a_person_is_a_value_too(cast: Cast) -> None:
    @prepared_for
    def own(viewer: Viewer) -> QuerySet[PeopleRequest]:
        return PeopleRequest.objects.filter(requested_by__person=viewer.person_id)

    asked = []
    for there in (False, True):
        viewer = cast.viewer("registrar", DAY, there)
        with CaptureQueriesContext(connection) as seen:
            assert own(viewer) == []
        asked.append(seen.captured_queries[0]["sql"])
        assert str(viewer.person_id) in asked[-1]
    assert asked[0] != asked[1]


def test_a_number_is_that_of_the_rows(cast: Cast) -> None:
    @prepared
    def villages(*, county: Any) -> QuerySet[Any, Any]:
        return number_of(Unit.objects.filter(county=county, kind="village").order_by("name"))

    wanted = Unit.objects.filter(county=cast.county, kind="village").count()
    assert villages(county=cast.county.pk) == [wanted]
    assert villages(county=0) == [0]


def test_one_of_none_is_nobody(cast: Cast) -> None:
    units = Unit.objects.filter(one_of("pk", [cast.county.pk, cast.here.village.pk]))
    assert units.count() == 2
    assert not Unit.objects.filter(one_of("pk", [])).exists()


def test_a_constant_of_any_kind_is_written_out(cast: Cast) -> None:
    odd = "百分之50%'；\\ %s"
    Unit.objects.filter(pk=cast.here.village.pk).update(short_name=odd)

    @prepared
    def named(*, county: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(county=county, short_name=odd, kind__in=["village", "x%"])

    @prepared
    def constant() -> QuerySet[Unit]:
        return Unit.objects.filter(short_name__contains="50%")

    assert named(county=cast.county.pk) == constant() == [cast.here.village]


def test_a_row_is_made_as_django_makes_it(cast: Cast, django_assert_num_queries: Any) -> None:
    child = make_child(cast.here, home_village=None, home_township=None)

    @prepared
    def children(*, pk: Any) -> QuerySet[Child]:
        rows = Child.objects.filter(pk=pk).select_related("home_village", "county")
        return rows.defer("initials")

    (found,) = children(pk=child.pk)
    usual = Child.objects.defer("initials").get(pk=child.pk)
    assert {name: found.__dict__[name] for name in usual.__dict__ if name != "_state"} == {
        name: value for name, value in usual.__dict__.items() if name != "_state"
    }
    assert (found._state.db, found._state.adding) == (usual._state.db, usual._state.adding)
    with django_assert_num_queries(0):
        assert (found.home_village, found.county) == (None, cast.county)
    assert found.get_deferred_fields() == {"initials"}
    with django_assert_num_queries(1):
        assert found.initials == child.initials
    found.home_village = cast.here.village
    found.save()
    assert Child.objects.get(pk=child.pk).home_village == cast.here.village
