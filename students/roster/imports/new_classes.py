"""The classes that a preview would open: a person has to say that they are new."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Min

from students.roster.models import ImportBatch, ImportRow, SchoolClass


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that the sheet names and the school does not have."""

    school_id: int
    school: str
    name: str  # everyday name on the sheet's day
    rows: int
    first_row: int

    @property
    def key(self) -> str:
        """The name of its answer in a form."""
        return f"{self.school_id}-{self.name}"


def new_classes(batch: ImportBatch) -> list[NewClass]:
    """Return the classes that writing the batch would open, by school and name."""
    rows = batch.rows.filter(action__in=ImportRow.WRITES, problems=[], school__isnull=False)
    wanted = (
        rows.order_by("school_id", "class_label")
        .values_list("school_id", "school__name", "class_label")
        .annotate(Count("pk"), Min("row_no"))
    )
    found = [NewClass(*values) for values in wanted]
    known = _known(batch, {one.school_id for one in found})
    return [one for one in found if (one.school_id, one.name) not in known]


def are_all_new(batch: ImportBatch, classes: Collection[NewClass]) -> bool:
    """Whether none of the schools has a class yet, so that one answer is enough."""
    return not _known(batch, {one.school_id for one in classes})


def _known(batch: ImportBatch, schools: Collection[int]) -> set[tuple[int, str]]:
    rows = SchoolClass.objects.filter(school_id__in=schools).taught_on(batch.as_of)
    return {(row.school_id, row.name_on(batch.as_of)) for row in rows}
