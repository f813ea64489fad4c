"""Which child a report means, and which unit answers for it (R13, R24; design 4)."""

from dataclasses import dataclass
from datetime import date

from cases.models import Case
from cases.rules.discoveries import teaching_stage
from foundation.protected import digest
from students.census.mobilising import mobilising_school
from students.census.models import Entrant
from students.census.occasions import catchment_school
from students.roster.models import Child, Enrolment, School, SchoolClass
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class Answerable:
    """The school that answers for a child, and the class that calls its name; both may be None."""

    school: School | None = None
    school_class: SchoolClass | None = None


def child_meant(county_id: int, name: str, born_on: date | None, id_no: str) -> Child | None:
    """The child on record with this ID number; without one, the only one of this name and birth."""
    known = Child.objects.filter(county_id=county_id)
    if id_no:
        found = known.filter(id_no_digest=digest(id_no, "id")).first()
        if found is not None:
            return found
    same = known.filter(name=name, born_on=born_on) if born_on else known.none()
    if id_no:  # another number is another child
        same = same.filter(id_no_digest="")
    rows = list(same[:2])
    return rows[0] if len(rows) == 1 else None


def has_open_case(child: Child) -> bool:
    """Whether a case of the child is open, wherever it is held."""
    return Case.objects.open().filter(child=child).exists()


def seat_of(child: Child, village_id: int | None, today: date) -> Answerable:
    """Its class; else the school that must fetch it; else the school of its village's 学区."""
    return _enrolled(child, today) or _due(child, today) or _of_village(child, village_id, today)


def _enrolled(child: Child, today: date) -> Answerable | None:
    rows = Enrolment.objects.on(today).filter(child=child)
    row = rows.select_related("school__unit__region", "school__township", "school_class").first()
    return Answerable(row.school, row.school_class) if row else None


def _due(child: Child, today: date) -> Answerable | None:
    """R24: the primary school, until the child has registered at the junior high."""
    rows = Entrant.objects.standing().filter(child=child, school_year=school_year_of(today))
    row = (
        rows.with_standing(today)
        .select_related("school__unit__region", "school__township")
        .select_related("from_school__unit__region", "from_school__township")
        .first()
    )
    if row is None:
        return None
    schools = {one.pk: one for one in (row.school, row.from_school) if one is not None}
    answers = mobilising_school(row.school_id, row.from_school_id, row.arrived_on, today)
    return Answerable(schools[answers])


def _of_village(child: Child, village_id: int | None, today: date) -> Answerable:
    if child.born_on is None:
        return Answerable()
    stage = teaching_stage(child.born_on, school_year_of(today))
    return Answerable(catchment_school(child.home_village_id or village_id, stage, today))
