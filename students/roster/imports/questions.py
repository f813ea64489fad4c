"""What each import asks whatever the rows of its sheet: compiled once (foundation/prepared.py)."""

from typing import Any

from django.db.models import QuerySet

from foundation.accounts.models import Unit, UnitKind
from foundation.jobs.models import Job
from foundation.prepared import prepared
from students.roster.models import ColumnProfile, ImportBatch, ImportLayout, School, SchoolClass


@prepared
def school(*, pk: Any) -> QuerySet[School]:
    return School.objects.select_related("unit").filter(pk=pk)


@prepared
def open_schools(*, county: Any) -> QuerySet[School]:
    schools = School.objects.select_related("unit").order_by("unit_id")
    return schools.filter(unit__county_id=county, unit__is_open=True)


@prepared
def schools(*, county: Any) -> QuerySet[School]:
    return School.objects.filter(unit__county_id=county).select_related("unit")


@prepared
def layouts(*, batch: Any) -> QuerySet[ImportLayout]:
    return ImportLayout.objects.filter(batch_id=batch)


@prepared
def name_of(*, county: Any) -> QuerySet[Unit, Any]:
    return Unit.objects.filter(pk=county).values_list("region__name", flat=True)


@prepared
def villages(*, county: Any) -> QuerySet[Unit, Any]:
    rows = Unit.objects.filter(county_id=county, kind=UnitKind.VILLAGE, is_open=True)
    return rows.values_list("region__code", "region__name", "name", "parent__region__name")


@prepared
def merged_villages(*, county: Any) -> QuerySet[Unit]:
    closed = Unit.objects.filter(county_id=county, kind=UnitKind.VILLAGE, is_open=False)
    return closed.filter(region__valid_to__isnull=False).select_related("region")


@prepared
def open_homes(*, county: Any) -> QuerySet[Unit, Any]:
    kinds = (UnitKind.VILLAGE, UnitKind.TOWNSHIP)
    units = Unit.objects.filter(county_id=county, kind__in=kinds, is_open=True)
    return units.values_list("kind", "region__code", "pk", "parent_id", "name")


@prepared
def closed_classes(*, schools: Any, day: Any) -> QuerySet[SchoolClass]:
    return SchoolClass.objects.filter(school_id__among=schools, closed_on__lte=day)


@prepared
def choices(*, unit: Any) -> QuerySet[ColumnProfile, Any]:
    rows = ColumnProfile.objects.filter(unit_id=unit).order_by("id")
    return rows.values_list("heading", "taken_as")


@prepared
def stuck(*names: str, **which: Any) -> QuerySet[ImportBatch]:
    """Batches whose job failed; ``names`` are those of the conditions."""
    states = (ImportBatch.WRITING, ImportBatch.READING)
    rows = ImportBatch.objects.filter(job__state=Job.FAILED, state__in=states, **which)
    return rows.select_related("job")
