"""A prepared question means what its queryset means, for whatever values, at whatever asking."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.accounts.models import AuditEvent, Parameter, Post, Unit
from foundation.prepared import SHORT, ask, prepared, store
from tests.cast import Cast

OWN = '%"id" DESC, %"name" DESC, %"kind" ASC'
ASKED = 8  # past the executions after which the database may keep one plan for all values


@pytest.fixture
def units_of() -> Any:
    @prepared
    def question(*, kind: Any, parent: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(kind=kind, parent=parent).select_related("region").order_by("id")

    return question


@pytest.fixture
def own_of() -> Any:
    """A question whose statement nobody else asks."""

    @prepared
    def question(*, kind: Any, parent: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(kind=kind, parent=parent).order_by("-id", "-name", "kind")

    return question


def test_it_finds_what_the_queryset_finds_with_what_is_joined(
    cast: Cast, units_of: Any, django_assert_num_queries: Any
) -> None:
    wanted = Unit.objects.filter(kind="township", parent=cast.county).order_by("id")
    found = units_of(kind="township", parent=cast.county.pk)
    assert found == list(wanted) != []
    assert [vars(unit)["name"] for unit in found] == [unit.name for unit in wanted]
    with django_assert_num_queries(0):
        regions = [unit.region.code for unit in found]
    assert regions == [unit.region.code for unit in wanted]


def test_other_values_find_other_rows_however_often_it_was_asked(cast: Cast, units_of: Any) -> None:
    for _ in range(ASKED):
        assert cast.here.township in units_of(kind="township", parent=cast.county.pk)
        assert units_of(kind="village", parent=cast.here.township.pk) == [cast.here.village]
        assert units_of(kind="village", parent=cast.there.township.pk) == [cast.there.village]
        assert units_of(kind="village", parent=None) == []


def test_a_row_written_since_is_found(cast: Cast, units_of: Any) -> None:
    for _ in range(ASKED):
        units_of(kind="village", parent=cast.here.township.pk)
    cast.there.village.parent = cast.here.township
    cast.there.village.save()
    assert len(units_of(kind="village", parent=cast.here.township.pk)) == 2


def test_it_is_compiled_once_for_each_shape(cast: Cast) -> None:
    compiled = []

    @prepared
    def question(role: str, /, *, unit: Any) -> QuerySet[Post]:
        compiled.append(role)
        return Post.objects.filter(role=role, unit=unit)

    for _ in range(2):
        assert {post.role for post in question("class_teacher", unit=cast.here.school.pk)} == {
            "class_teacher"
        }
        assert {post.role for post in question("head", unit=cast.here.school.pk)} <= {"head"}
    assert compiled == ["class_teacher", "head"]


def test_values_come_as_they_are_asked_for(cast: Cast) -> None:
    @prepared
    def pairs(*, county: Any) -> QuerySet[Any, Any]:
        return Unit.objects.filter(county=county).order_by("id").values_list("name", "kind")

    @prepared
    def names(*, county: Any) -> QuerySet[Any, Any]:
        return Unit.objects.filter(county=county).order_by("id").values_list("name", flat=True)

    units = Unit.objects.filter(county=cast.county).order_by("id")
    assert pairs(county=cast.county.pk) == [(unit.name, unit.kind) for unit in units] != []
    assert names(county=cast.county.pk) == [unit.name for unit in units]


def test_a_column_that_python_reads_is_read(cast: Cast) -> None:
    Parameter.objects.create(
        county=cast.county, code="P18", value={"1": 60}, valid_from="2025-01-01", source="—"
    )

    @prepared
    def rows(*, county: Any) -> QuerySet[Parameter]:
        return Parameter.objects.filter(county=county)

    @prepared
    def values(*, county: Any) -> QuerySet[Any, Any]:
        return Parameter.objects.filter(county=county).values_list("value", flat=True)

    assert [row.value for row in rows(county=cast.county.pk)] == [{"1": 60}]
    assert values(county=cast.county.pk) == [{"1": 60}]


def test_among_is_a_list_of_any_length(cast: Cast) -> None:
    @prepared
    def units(*, ids: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(pk__among=ids).order_by("id")

    @prepared
    def below(*, parents: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(parent__among=parents, kind="village").order_by("id")

    both = [cast.here.village.pk, cast.there.village.pk]
    townships = [cast.here.township.pk, cast.there.township.pk]
    for ids in ([], both[:1], both):
        assert [unit.pk for unit in units(ids=ids)] == ids
    assert [unit.pk for unit in below(parents=townships)] == both
    assert below(parents=[]) == []


def test_a_long_list_is_planned_for_its_length(cast: Cast) -> None:
    @prepared
    def units(*, ids: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(short_name="", pk__among=ids)

    long = [*range(-SHORT, 0), cast.county.pk]
    assert units(ids=long) == units(ids=long) == units(ids=long) == [cast.county]
    assert not _kept_plans('%ANY%"short_name" = %')
    assert units(ids=long[1:]) == units(ids=long[1:]) == [cast.county]
    assert _kept_plans('%ANY%"short_name" = %')


def test_a_lock_needs_a_transaction(own_database: str) -> None:
    @prepared
    def locked(*, unit: Any) -> QuerySet[Unit]:
        return Unit.objects.filter(pk=unit).select_for_update()

    with transaction.atomic():
        assert locked(unit=0) == []
    with pytest.raises(TransactionManagementError):
        locked(unit=0)


def test_a_row_is_stored_as_its_save_would(cast: Cast) -> None:
    facts: dict[str, Any] = {
        "at": timezone.now(),
        "person_id": None,
        "address": "10.0.0.1",
        "verb": "read",
        "object_id": 2**40,
        "children": [3, 2**40],
        "details": {"说明": "一", "n": 1},
    }
    rows = [AuditEvent(**facts), AuditEvent(**facts), AuditEvent(**{**facts, "children": []})]
    rows[0].save()
    for row in rows[1:]:
        store(row)
        assert row.pk
        assert not row._state.adding
    saved, stored, empty = AuditEvent.objects.order_by("-pk")[:3][::-1]
    names = [field.attname for field in AuditEvent._meta.concrete_fields if not field.primary_key]
    for name in names:
        assert getattr(stored, name) == getattr(saved, name), name
    assert stored.pk == rows[1].pk
    assert empty.children == []


def test_a_row_that_the_database_refuses_is_an_error_of_django_s(cast: Cast) -> None:
    wordy = AuditEvent(at=timezone.now(), verb="x" * 41)
    with pytest.raises(DataError), transaction.atomic():
        store(wordy)


def test_what_can_find_nobody_finds_nobody(cast: Cast) -> None:
    @prepared
    def nobody(*, unit: Any) -> QuerySet[Post]:
        return Post.objects.filter(unit=unit, role__in=[])

    assert nobody(unit=cast.here.school.pk) == []
    assert nobody(unit=cast.here.school.pk) == []


def test_the_database_keeps_one_plan_for_numbers_of_any_size(cast: Cast, own_of: Any) -> None:
    for parent in (cast.county.pk, 2**20, 2**40):
        own_of(kind="township", parent=parent)
    assert [custom for (custom,) in _kept_plans(OWN)] == [0]


def test_it_knows_what_is_annotated(cast: Cast) -> None:
    @prepared
    def units(*, kind: Any, than: Any) -> QuerySet[Unit]:
        earlier = Exists(Unit.objects.filter(kind=OuterRef("kind"), pk__lt=than))
        rows = Unit.objects.filter(kind=kind).select_related("region")
        return rows.annotate(has_earlier=earlier, town=F("parent__name")).order_by("id")

    for _ in range(2):
        found = units(kind="village", than=cast.there.village.pk)
        assert [unit.town for unit in found] == [
            cast.here.township.name,
            cast.there.township.name,
        ]
        assert [unit.has_earlier for unit in found] == [True, True]
        assert not units(kind="village", than=0)[0].has_earlier


def test_it_stays_prepared_when_a_part_is_taken_back(cast: Cast, own_of: Any) -> None:
    own_of(kind="township", parent=cast.county.pk)
    before = _names(OWN)
    with transaction.atomic():
        own_of(kind="village", parent=cast.here.township.pk)
        transaction.set_rollback(True)
    assert own_of(kind="village", parent=cast.here.township.pk) == [cast.here.village]
    assert _names(OWN) == before
    assert len(before) == 1


def test_it_stays_prepared_when_all_is_taken_back(own_database: str, own_of: Any) -> None:
    with transaction.atomic():
        own_of(kind="township", parent=0)
        transaction.set_rollback(True)
    before = _names(OWN)
    assert own_of(kind="township", parent=0) == []
    assert _names(OWN) == before
    assert len(before) == 1


def test_a_refused_row_leaves_the_statement_to_the_next_one(cast: Cast) -> None:
    before: list[Any] = []
    for verb in ("x" * 41, "y", "x" * 41, "z"):
        with suppress(DataError), transaction.atomic():
            store(AuditEvent(at=timezone.now(), verb=verb))
        before = before or _names("INSERT%accounts_auditevent%")
    assert AuditEvent.objects.filter(verb__in="yz").count() == 2
    assert before
    assert _names("INSERT%accounts_auditevent%") == before


def _names(like: str) -> list[Any]:
    return ask("SELECT name FROM pg_prepared_statements WHERE statement LIKE %s", [like])


def _kept_plans(like: str) -> list[Any]:
    kept = "SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
    return ask(kept, [like])


def test_where_statements_are_logged_it_says_its_own(cast: Cast, units_of: Any) -> None:
    plain = units_of(kind="township", parent=cast.county.pk)
    with CaptureQueriesContext(connection) as seen:
        assert units_of(kind="township", parent=cast.county.pk) == plain
    (statement,) = seen.captured_queries
    assert f'"parent_id" = ({cast.county.pk})' in statement["sql"]
