"""开通进度: what each unit of a county still lacks before it can be used (R100)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from foundation.accounts.models import Post, Unit, UnitKind
from foundation.accounts.querysets import posts_on
from foundation.accounts.roles import role_of
from students.roster.models import ClassPost, Enrolment, SchoolClass
from students.roster.models.querysets import in_force

# The one who answers for a unit, by its kind (R100), in the order in which the page shows them.
RESPONSIBLE = {
    UnitKind.COUNTY: "bureau_leader",
    UnitKind.SUPERVISION: "supervisor",
    UnitKind.TOWNSHIP: "township_leader",
    UnitKind.EDUCATION_OFFICE: "education_office",
    UnitKind.VILLAGE: "village_cadre",
    UnitKind.CENTRAL_SCHOOL: "central_school",
    UnitKind.SCHOOL: "head_teacher",
}
NOBODY_SIGNED_IN, NO_ROSTER = "还没有人登录过", "还没有导入名册"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit and what it still lacks, in words; nothing: it is ready."""

    unit: Unit
    town: str
    missing: tuple[str, ...]

    @property
    def kind_label(self) -> str:
        """The kind of unit in Chinese."""
        return self.unit.kind_label


def progress_of(county: Unit, today: date) -> list[UnitProgress]:
    """Every open unit of the county, those that lack something first: six queries."""
    units = Unit.objects.filter(county=county, is_open=True).select_related(
        "parent", "school__township"
    )
    posts = _posts(county, today)
    rosters, bare = _rosters(county, today), _classes_without_teacher(county, today)
    listed = list(units.order_by("name", "pk"))
    towns = {unit.region_id: str(unit) for unit in listed if unit.kind == UnitKind.TOWNSHIP}
    found = [
        UnitProgress(unit, _town(unit, towns), tuple(_missing(unit, posts[unit.pk], rosters, bare)))
        for unit in listed
    ]
    order = list(RESPONSIBLE)
    return sorted(found, key=lambda row: (not row.missing, order.index(UnitKind(row.unit.kind))))


def _posts(county: Unit, today: date) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for post in posts_on(today).filter(unit__county=county).select_related("person"):
        found[post.unit_id].append(post)
    return found


def _rosters(county: Unit, today: date) -> set[int]:
    rows = Enrolment.objects.filter(in_force(today), school__unit__county=county)
    return set(rows.values_list("school_id", flat=True).distinct())


def _classes_without_teacher(county: Unit, today: date) -> dict[int, int]:
    """How many classes with pupils of each school have no class teacher today."""
    held = ClassPost.objects.filter(
        in_force(today), school_class=OuterRef("pk"), is_substitute=False
    )
    seated = Enrolment.objects.filter(in_force(today), school_class=OuterRef("pk"))
    rows = SchoolClass.objects.taught_on(today).filter(
        ~Q(Exists(held)), Exists(seated), school__unit__county=county
    )
    counted = rows.order_by().values("school_id").annotate(classes=Count("pk"))
    return dict(counted.values_list("school_id", "classes"))


def _town(unit: Unit, towns: Mapping[int, str]) -> str:
    """The township of the unit; ``towns`` by region. A unit of the county has none."""
    school = getattr(unit, "school", None)
    if school is not None:
        return str(school.township)
    if unit.parent and unit.parent.kind == UnitKind.TOWNSHIP:
        return str(unit.parent)
    return towns.get(unit.region_id, "")


def _missing(
    unit: Unit, posts: Iterable[Post], rosters: set[int], bare: dict[int, int]
) -> Iterable[str]:
    posts = list(posts)
    kinds = [UnitKind(unit.kind)]
    if unit.office_of_id is not None:  # a central school that is 镇教管办, too
        kinds.append(UnitKind.EDUCATION_OFFICE)
    for role in (role_of(RESPONSIBLE[kind]) for kind in kinds):
        if not any(post.role == role.code for post in posts):
            yield f"没有负责人：{role.label}"
        elif all(post.asleep for post in posts if post.role == role.code):
            yield f"{role.label}待第二人确认"
    if posts and not any(post.person.last_login for post in posts):
        yield NOBODY_SIGNED_IN
    if unit.kind != UnitKind.SCHOOL:
        return
    if unit.pk not in rosters:
        yield NO_ROSTER
    elif unit.pk in bare:
        yield f"{bare[unit.pk]}个班没有班主任"
