"""Short words for what happens in a case, so that the tests read as the regulation does."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cases.actions import Deed, perform, sweep
from cases.actions.context import context_for
from cases.actions.opening import open_case
from cases.models import Case, Deadline
from cases.policy import Act
from foundation.accounts.audit import Origin
from foundation.accounts.querysets import viewer_on
from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from tests.cast import Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_PRESENT, FIRST_MISSED, OPENED = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)

EVIDENCE: dict[Act, dict[str, Any]] = {
    Act.REPORT: {"last_seen_on": LAST_PRESENT, "contact_tried": "电话未接", "cause": "02"},
    Act.REGISTER: {"left_on": FIRST_MISSED},
    Act.CONTACT: {
        "method": "phone",
        "participants": "班主任甲",
        "content": "说明义务教育法要求，动员返校",
        "contact_result": "hesitates",
    },
    Act.ASK_VILLAGE: {"content": "请协助入户劝返"},
    Act.ANSWER: {"visited": True, "met": "祖父", "answer_result": "no_effect"},
    Act.REPORT_TOWNSHIP: {"cause": "02", "content": "多次劝返无效"},
    Act.RECEIVE: {},
    Act.SERVE_ORDER: {"service_method": "direct", "received_by": "张父"},
    Act.REVIEW: {"participants": "镇班子", "content": "会商", "next_step": "继续劝返"},
    Act.RETURN: {"placement": "same_class"},
    Act.REQUEST_CLOSURE: {"outcome": "C01", "evidence_note": "观察期点名记录"},
    Act.CONFIRM_CLOSURE: {"opinion": "情况属实"},
    Act.APPROVE_CLOSURE: {"opinion": "同意销号"},
    Act.REFUSE_CLOSURE: {"opinion": "佐证材料不足"},
}


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day in the county."""
    return datetime.combine(day, time(hour), SHANGHAI)


def a_case(cast: Cast, child: Child, opened_on: date = OPENED, first: date = FIRST_MISSED) -> Case:
    """A case as the roll opens it on the second missed day."""
    spell = AbsenceSpell.objects.create(
        child=child,
        school_class=cast.here.school_class,
        started_on=first,
        last_missed_on=opened_on,
        halves=4,
        last_present_on=LAST_PRESENT,
    )
    ctx = context_for(cast.county.pk, cast.here.school.pk, opened_on, at(opened_on), Origin())
    case = open_case(child, spell, ctx)
    assert case is not None
    return case


def do(cast: Cast, case: Case, act: Act, role: str, day: date, **data: Any) -> Case:
    """The role does the act on the day, with evidence that suffices unless the test says else."""
    post = cast.post(role)
    evidence = {"occurred_on": day, **EVIDENCE[act], **data}
    deed = Deed(case.pk, act, None, evidence)
    origin = Origin(post.person_id, post.pk)
    perform(deed, viewer_on(post.person, day), origin, day, at(day))
    case.refresh_from_db()
    return case


def night_after(day: date) -> date:
    """Sweep on the morning after the day; returns that morning's date."""
    morning = date.fromordinal(day.toordinal() + 1)
    sweep(morning, at(morning, 1))
    return morning


def sweep_on(day: date) -> None:
    """The tick on that day."""
    sweep(day, at(day))


def due(case: Case, code: str) -> date:
    """The due day of the newest deadline of a duty."""
    return Deadline.objects.filter(case=case, code=code).latest("cycle").due_on


def stage(case: Case) -> str:
    """The rung as stored now."""
    case.refresh_from_db()
    return str(case.stage)
