"""Facts for the figures, as rows: rolls called, days missed, cases and what happened to them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from cases.models import Case, CaseEvent, Deadline, Order
from cases.policy import Act, Stage
from foundation.accounts.models import Post
from foundation.files.models import StoredFile
from students.attendance.models import Absence, RollCall
from students.calendars.loading import calendar_for
from students.roster.models import Child, SchoolClass

SHANGHAI = ZoneInfo("Asia/Shanghai")
_numbers = count(1)


def school_days(county_id: int, first: date, last: date) -> list[date]:
    """The school days from ``first`` to ``last``."""
    calendar = calendar_for(county_id)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if calendar.is_school_day(day)]


def call_rolls(
    school_class: SchoolClass,
    days: Iterable[date],
    missing: Mapping[Child, Iterable[date]] | None = None,
    kind: str = "unexcused",
) -> None:
    """Call the roll of a class on each day; who is missing that day is marked, all others there."""
    away = {child: set(missed) for child, missed in (missing or {}).items()}
    absent = {day: [child for child in away if day in away[child]] for day in days}
    called = RollCall.objects.filter(school_class=school_class, session="d", day__in=absent)
    calls = {call.day: call for call in called}
    new = [
        RollCall(
            school_class=school_class,
            day=day,
            session="d",
            expected=40,
            absent=len(absent[day]),
            first_called_at=_at(day),
        )
        for day in absent
        if day not in calls
    ]
    calls |= {call.day: call for call in RollCall.objects.bulk_create(new)}
    Absence.objects.bulk_create(
        Absence(roll_call=calls[day], child=child, day=day, halves=2, kind=kind, since_version=1)
        for day, children in absent.items()
        for child in children
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI)


def open_case(child: Child, school_class: SchoolClass, first_missed_on: date, **facts: Any) -> Case:
    """A case as the roll opens it, on the second day missed unless ``opened_on`` says otherwise."""
    school = school_class.school
    facts.setdefault("last_present_on", first_missed_on - timedelta(days=1))
    facts.setdefault("opened_on", first_missed_on + timedelta(days=1))
    facts.setdefault("entered_on", facts["opened_on"])
    facts.setdefault("village", child.home_village)
    facts.setdefault("township", child.home_township or school.township)
    case = Case.objects.create(
        number=f"530999-2025-{next(_numbers):04d}",
        child=child,
        school_class=school_class,
        school=school.unit,
        school_township=school.township,
        county_id=child.county_id,
        first_missed_on=first_missed_on,
        **facts,
    )
    happen(case, Act.OPEN, case.opened_on, "", Stage.D1)
    return case


def happen(
    case: Case, act: Act, day: date, from_stage: str, to_stage: str, **data: Any
) -> CaseEvent:
    """An event of a case."""
    return CaseEvent.objects.create(
        case=case,
        act=act,
        from_stage=from_stage,
        to_stage=to_stage,
        occurred_on=day,
        recorded_on=day,
        recorded_at=_at(day),
        data=data,
    )


def bring_back(case: Case, day: date, placement: str = "same_class") -> CaseEvent:
    """The child is back: the case goes under observation."""
    rung = case.stage
    case.stage, case.back_to, case.returned_on = Stage.D9, rung, day
    case.save()
    return happen(case, Act.RETURN, day, rung, Stage.D9, placement=placement)


def close(case: Case, day: date, outcome: str) -> None:
    """The county approves the closure."""
    rung = case.stage
    case.stage, case.outcome, case.closed_on = Stage.DX, outcome, day
    case.save()
    happen(case, Act.APPROVE_CLOSURE, day, rung, Stage.DX, outcome=outcome)


def serve_order(case: Case, day: date) -> None:
    """The township serves 限期复学通知书."""
    event = happen(case, Act.SERVE_ORDER, day, Stage.D4, Stage.D5)
    Order.objects.create(
        case=case, event=event, served_on=day, method="direct", received_by="家长", due_on=day
    )


def reply_of_police(case: Case, day: date) -> None:
    """The police reply that the child cannot be found."""
    event = happen(case, Act.POLICE_REPLY, day, case.stage, case.stage)
    paper = StoredFile.objects.create(
        county_id=case.county_id,
        kind=StoredFile.IMAGE,
        file_name="复函.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        kept_by=Post.objects.filter(unit__county_id=case.county_id)[0],
    )
    case.confirmations.create(
        event=event, ground="lost", level="township", confirmed_on=day, paper=paper
    )


def owe(case: Case, due_on: date, **ends: date) -> Deadline:
    """A duty of the school that ends as ``ends`` says: met_on, void_on, lapsed_on."""
    assert case.school is not None
    return Deadline.objects.create(
        case=case,
        code="register",
        cycle=case.deadlines.count() + 1,
        level="school",
        unit=case.school,
        day0=case.opened_on,
        window_end=due_on,
        due_on=due_on,
        remind_on=due_on,
        missed_on=due_on + timedelta(days=1),
        days=0,
        day_type="working_day",
        **ends,
    )
