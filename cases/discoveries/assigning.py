"""The township names the school that answers for a child on no roll (design 4)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.actions.automatic import ASSIGN_SCHOOL
from cases.actions.context import Contexts, lock
from cases.actions.letters.notices import letters_to
from cases.actions.moves import write_event
from cases.models import Case, CaseEvent
from cases.policy import Act, Level
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right, Role
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.messaging.actions import post_letters
from students.roster.models import School


def may_assign(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may name the school of the case now."""
    return case.school_id is None and case.is_open and _post_of(viewer, case) is not None


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

    The rung and its dates stay. Raises Refused where the case has a school, SomebodyWasFirst where
    it changed, PermissionDenied for whoever is neither its township nor its county.
    """
    row = lock(case.pk, seen_version)
    if row.school_id is not None:
        raise Refused("这个个案已经有责任学校。")
    doer = doer.under(_post_of(doer.viewer, row))
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
    post_letters(
        letters_to(
            row,
            Level.SCHOOL,
            key=f"event:{event.pk}",
            title="乡镇确定由贵校负责一名未就学儿童",
            body=f"案号 {row.number}。请登录查看，参加劝返并安排入学。",
            occurred_on=doer.today,
            today=doer.today,
        ),
        doer.today,
    )
    audit.record(doer.origin, ASSIGN_SCHOOL.act, "case", row.pk, children=[row.child_id])
    return event
