"""Short words for what happens in a case, so that the tests read as the regulation does."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.following import follow
from cases.acts.performing import Deed, perform
from cases.acts.registry import CASE_ACTS
from cases.models import Case, CaseEvent, Deadline
from cases.policy import Act, Stage, acts_of
from cases.rules.contacts import is_face_to_face
from cases.sweeping import sweep
from foundation.accounts.audit import Origin
from foundation.accounts.querysets import viewer_on
from foundation.prepared import prepared
from students.attendance.models import Absence
from students.calendars.loading import calendar_for
from students.calendars.workdays import DayType
from students.roster.models import Child, School
from tests.attendance.help import Caller, missing
from tests.cases.orders import serve
from tests.cast import Cast
from tests.doers import doing

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_PRESENT, FIRST_MISSED, OPENED = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)

EVIDENCE: dict[Act, dict[str, Any]] = {
    Act.REPORT: {
        "last_seen_on": LAST_PRESENT,
        "contact_tried": "三次打父亲电话未接",
        "cause": "02",
    },
    Act.REGISTER: {"left_on": FIRST_MISSED},
    Act.CONTACT: {
        "method": "phone",
        "participants": "班主任甲",
        "content": "说明义务教育法要求，动员返校",
        "contact_result": "hesitates",
    },
    Act.ASK_VILLAGE: {"content": "请协助入户劝返并反馈"},
    Act.ANSWER: {"visited": True, "met": "祖父", "answer_result": "no_effect"},
    Act.REPORT_TOWNSHIP: {"cause": "02", "content": "学校和村委会多次劝返无效"},
    Act.RECEIVE: {},
    Act.SERVE_ORDER: {"service_method": "direct", "received_by": "张父"},
    Act.REVIEW: {
        "participants": "镇班子",
        "content": "研究了下一步办法",
        "next_step": "继续劝返",
    },
    Act.RETURN: {"placement": "same_class"},
    Act.REQUEST_CLOSURE: {"outcome": "C01", "evidence_note": "观察期点名记录"},
    Act.CONFIRM_CLOSURE: {"opinion": "经核实已到校，情况属实"},
    Act.APPROVE_CLOSURE: {"opinion": "材料齐全，同意销号"},
    Act.REFUSE_CLOSURE: {"opinion": "佐证材料不足，请补点名记录"},
}


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day in the county."""
    return datetime.combine(day, time(hour), SHANGHAI)


def a_case(cast: Cast, child: Child, opened_on: date = OPENED, first: date = FIRST_MISSED) -> Case:
    """A case as the roll opens it on the second missed day."""
    call_roll(cast, first, *_away(first), child)
    call_roll(cast, opened_on, *_away(opened_on), child)
    return the_case(child)


def _away(day: date) -> list[Child]:
    """Who is marked missing on the day already."""
    return [row.child for row in _missing(day=day)]


@prepared
def _missing(*, day: Any) -> QuerySet[Absence]:
    return Absence.objects.standing().filter(day=day).select_related("child").order_by("pk")


def do(cast: Cast, case: Case, act: Act, role: str, day: date, **data: Any) -> Case:
    """The role does the act on the day, with evidence that suffices unless the test says else."""
    if act is Act.SERVE_ORDER and act in acts_of(Stage(case.stage)):
        serve(cast, case, day, data.get("occurred_on"), role)
        case.refresh_from_db()
        return case
    post = cast.post(role)
    known = EVIDENCE[act] if act in EVIDENCE else CASE_ACTS[act].example(case)
    evidence = {"occurred_on": day, **known, **data}
    if act is Act.CONTACT and is_face_to_face(evidence["method"], evidence["contact_result"]):
        evidence.setdefault("met", "祖母")
    deed = Deed(case.pk, act, None, evidence)
    origin = Origin(post.person_id, post.pk)
    perform(doing(viewer_on(post.person, day), origin, today=day, now=at(day)), deed)
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


def call_roll(
    cast: Cast,
    day: date,
    *away: Child,
    today: date | None = None,
    kind: str = "unexcused",
    until: date | None = None,
    session: str = "d",
    there: bool = False,
) -> None:
    """The class's roll of the day: everybody is there but those named. Cases follow at once."""
    today = today or day
    role = "class_teacher" if today == day else "registrar"
    caller = Caller(cast, role, there)
    side = cast.there if there else cast.here
    marks = [missing(child, kind, until) for child in away]
    by = Origin(cast.person(role, there).pk, cast.post(role, there).pk)
    with transaction.atomic():
        result = caller.call(
            day,
            *marks,
            today=today,
            session=session,
            school_class=side.school_class,
            reason="" if today == day else "补点",
        )
        follow(result.members | result.touched, today, at(today), by)


def take_roll_back(cast: Cast, day: date) -> None:
    """The teacher takes back the roll just sent. Cases follow at once."""
    by = Origin(cast.person("class_teacher").pk, cast.post("class_teacher").pk)
    with transaction.atomic():
        result = Caller(cast).take_back(day)
        follow(result.members | result.touched, day, at(day), by, result.touched)


def by_half_days(cast: Cast) -> None:
    """From now on the school calls mornings and afternoons."""
    School.objects.filter(pk=cast.here.school.pk).update(marks_half_days=True)
    cast.here.school_class.school.refresh_from_db()


def school_days(cast: Cast, first: date, n: int) -> list[date]:
    """The first school day on or after a day, and those that follow it, ``n`` in all."""
    calendar = calendar_for(cast.county.pk)
    days = [calendar.first_teaching_day_on_or_after(first)]
    while len(days) < n:
        days.append(calendar.nth_day_after(days[-1], 1, DayType.SCHOOL))
    return days


def deadline(case: Case, code: str) -> Deadline:
    """The newest deadline of a duty."""
    row: Deadline = Deadline.objects.filter(case=case, code=code).latest("cycle")
    return row


def event(case: Case, act: Act) -> CaseEvent:
    """The newest event of an act."""
    row: CaseEvent = CaseEvent.objects.filter(case=case, act=act).latest("pk")
    return row


def the_case(child: Child) -> Case:
    """The child's newest case."""
    row: Case = Case.objects.filter(child=child).latest("pk")
    return row


def reach(cast: Cast, case: Case, rung: str) -> date:
    """Let silence, and for D5 an order, carry the case to the rung; returns the day it is then."""
    days = {"D1": OPENED, "D2": date(2025, 9, 13), "D3": date(2025, 9, 19)}
    days |= {"D4": date(2025, 9, 25), "D5": date(2025, 9, 30), "D6": date(2025, 10, 10)}
    sweep_on(min(days[rung], date(2025, 9, 29)))
    if rung in ("D5", "D6"):
        for day in (date(2025, 9, 25), date(2025, 9, 26), date(2025, 9, 28)):
            do(cast, case, Act.CONTACT, "township_officer", day, method="visit")
        do(cast, case, Act.SERVE_ORDER, "township_officer", date(2025, 9, 30))
        sweep_on(days[rung])
    assert stage(case) == rung
    return days[rung]
