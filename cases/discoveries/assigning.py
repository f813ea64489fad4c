"""The township names the school that answers for a child on no roll (design 4)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q, QuerySet

from cases.actions.automatic import ASSIGN_SCHOOL
from cases.actions.context import Contexts, lock
from cases.actions.letters.notices import letters_to
from cases.actions.moves import write_event
from cases.models import Case, CaseEvent
from cases.policy import Act, Level, Stage, is_away
from cases.rules.discoveries import teaching_stage
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right, Role
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.messaging.actions import post_letters
from students.roster.models import School, SchoolClass
from students.roster.rules.grades import school_year_of


def may_assign(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may name the school of the case now, or another one."""
    return _is_without_class(case) and _post_of(viewer, case) is not None


def _is_without_class(case: Case) -> bool:
    """Whether the case came of a report on D4 and no class calls the child's name yet."""
    is_new = case.is_reported and not case.registered_on
    return is_new and case.school_class_id is None and is_away(Stage(case.stage))


def schools_for(case: Case, today: date) -> QuerySet[School]:
    """The schools that may answer for the child: of its 学段, those of its township first."""
    rows = School.objects.filter(unit__county_id=case.county_id, unit__is_open=True)
    if case.child.born_on:
        stage = teaching_stage(case.child.born_on, school_year_of(today))
        taught = SchoolClass.objects.filter(stage=stage, closed_on=None).values("school_id")
        rows = rows.filter(pk__in=taught)
    is_near = Q(township_id=case.township_id)
    near = rows.annotate(near=models.Case(models.When(is_near, then=0), default=1))
    return near.select_related("unit__region", "township").order_by("near", "unit__name", "pk")


def _post_of(viewer: Viewer, case: Case) -> HeldPost | None:
    def fits(post: HeldPost) -> bool:
        role: Role = post.role
        return role.level in (Level.TOWNSHIP, Level.COUNTY) and post.unit_id in (
            case.township_id,
            case.county_id,
        )

    try:
        return post_with(viewer, Right.REPORT_CHILD, fits=fits)
    except PermissionDenied:
        return None


@transaction.atomic
def assign_school(doer: Doer, case: Case, school: School, seen_version: int | None) -> CaseEvent:
    """Let a school answer for the child from now on: contacts, return, request for closure.

    The rung and its dates stay. Named wrongly, another is named, and both hear of it. Raises
    Refused where the school cannot be changed any more, or does not change; SomebodyWasFirst where
    the case changed, PermissionDenied for whoever is neither its township nor its county.
    """
    row = lock(case.pk, seen_version)
    if not _is_without_class(row):
        raise Refused("学生已经返校或者编入班级，不能再改责任学校。")
    if row.school_id == school.unit_id:
        raise Refused("责任学校没有变化。")
    doer = doer.under(_post_of(doer.viewer, row))
    before = row.school
    ctx = Contexts(doer.today, doer.now, doer.origin).of(row)
    row.school, row.school_township = school.unit, school.township
    event = write_event(
        row,
        Act.ASSIGN_SCHOOL,
        ctx,
        occurred_on=doer.today,
        unit_id=doer.post.unit_id,
        data={"school": school.unit.name},
    )
    told = [("乡镇确定由贵校负责一名未就学儿童", "请登录查看，参加劝返并安排入学。", school.unit)]
    if before is not None:
        told.append(("一名未就学儿童改由其他学校负责", "不用再办。", before))
    for title, words, unit in told:
        _tell(row, event, (title, words), unit, doer.today)
    audit.record(doer.origin, ASSIGN_SCHOOL.act, "case", row.pk, children=[row.child_id])
    return event


def _tell(case: Case, event: CaseEvent, words: tuple[str, str], unit: Unit, today: date) -> None:
    title, body = words
    letters = letters_to(
        case,
        Level.SCHOOL,
        key=f"event:{event.pk}",
        title=title,
        body=f"案号 {case.number}。{body}",
        occurred_on=today,
        today=today,
        unit_ids=[unit.pk],
    )
    post_letters(letters, today)
