"""Enters children who are due at school and not enrolled."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.protected import digest
from students.census.actions.posts import post_for
from students.census.models import Entrant
from students.census.occasions import catchment_school, villages_of
from students.census.sheet import EntrantRow
from students.roster.models import Child, Enrolment, School, SchoolClass
from students.roster.pupils.acts.pupils import add_child


@transaction.atomic
def add_entrants(
    doer: Doer,
    school: School,
    school_year: int,
    rows: Sequence[EntrantRow],
) -> list[Entrant]:
    """Put the children on the school's list for grade 1: all of them, or raises Refused.

    Adds the faults of a row to its ``problems``.
    """
    post = post_for(doer.viewer, Right.MANAGE_ENTRANTS, school)
    villages = villages_of(post.county_id)
    known = _known(post.county_id, rows)
    for row in rows:
        row.problems += _problems(row, school, school_year, villages, known, doer.today)
    if any(row.problems for row in rows):
        raise Refused("有内容需要修改，名单没有登记。请按提示改正后重新提交。")
    found = [
        _add(row, school, school_year, villages.get(row.village), known, post.id) for row in rows
    ]
    children = {entrant.child_id for entrant in found}
    audit.record(doer.under(post).origin, "add_entrants", "school", school.pk, children=children)
    return found


def _known(county_id: int, rows: Sequence[EntrantRow]) -> dict[str, Child]:
    """The county's children with one of these ID numbers, by number."""
    wanted = {digest(row.id_no, "id"): row.id_no for row in rows if row.id_no}
    found = Child.objects.filter(county_id=county_id, id_no_digest__in=wanted)
    return {wanted[child.id_no_digest]: child for child in found}


def _problems(
    row: EntrantRow,
    school: School,
    school_year: int,
    villages: dict[str, Unit],
    known: dict[str, Child],
    today: date,
) -> list[str]:
    said = []
    village = villages.get(row.village)
    if row.village and village is None:
        said.append(f"没有找到「{row.village}」，请填写本县村（居）委会名称，外县户籍留空")
    owner = catchment_school(village.pk if village else None, SchoolClass.PRIMARY, today)
    if owner is not None and owner.pk != school.pk:
        said.append(f"「{row.village}」属于{owner.unit}的学区，请由该校登记")
    child = known.get(row.id_no)
    if child is not None:
        said += _problems_of_known(child, school_year, today)
    return said


def _problems_of_known(child: Child, school_year: int, today: date) -> list[str]:
    if Entrant.objects.standing().filter(child=child, school_year=school_year).exists():
        return ["这名儿童已在新生名单中，请勿重复登记"]
    enrolment = (
        Enrolment.objects.on(today).filter(child=child).select_related("school__unit").first()
    )
    return [f"这名儿童已在{enrolment.school}在籍，不是新生"] if enrolment else []


def _add(
    row: EntrantRow,
    school: School,
    school_year: int,
    village: Unit | None,
    known: dict[str, Child],
    post_id: int,
) -> Entrant:
    child = known.get(row.id_no) or _new_child(row, school, village)
    return Entrant.objects.create(
        child=child,
        school=school,
        school_year=school_year,
        stage=SchoolClass.PRIMARY,
        village=village or child.home_village,
        township=(village and village.parent) or child.home_township or school.township,
        recorded_by_id=post_id,
    )


def _new_child(row: EntrantRow, school: School, village: Unit | None) -> Child:
    assert school.unit.county is not None
    return add_child(
        school.unit.county,
        row.name,
        id_no=row.id_no,
        id_type="1" if row.id_no else "Z",
        guardians=({"name": row.guardian, "phone": row.phone},),
        sex=row.sex,
        born_on=row.born_on,
        home_village=village,
        home_township=village.parent if village else None,
        home_region=village.region.code if village else "",
    )
