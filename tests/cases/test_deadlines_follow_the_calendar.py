"""The calendar is changed: open deadlines move with it, and none that has passed (domain 3.4.7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.duedates import due_of, next_day, redated, resumed
from cases.models import CaseEvent, Deadline, Reminder
from cases.policy import ALL_DUTIES, DUTIES, Act, Clock, Stage
from foundation.accounts.actions import set_parameter, shift_clock
from foundation.accounts.audit import Origin
from foundation.accounts.parameters import Parameters, defaults
from students.calendars.actions import set_override
from students.calendars.models import CalendarDay
from students.calendars.workdays import Calendar, DayType, SuspendedDays, Term
from tests.browsing import client_of
from tests.cases.steps import (
    a_case,
    at,
    call_roll,
    deadline,
    do,
    due,
    event,
    reach,
    stage,
    sweep_on,
)
from tests.cast import Cast, make_child
from tests.doers import doing

FRI, MON, TUE, WED = (date(2025, 9, n) for n in (12, 15, 16, 17))
THU, NEXT_FRI, NEXT_MON = (date(2025, 9, n) for n in (18, 19, 22))


@pytest.fixture
def child(cast: Cast):
    return make_child(cast.here)


@pytest.fixture
def case(cast: Cast, child):
    """The school has it since Friday: three days end on Wednesday, the request is due Thursday."""
    return do(cast, a_case(cast, child), Act.REPORT, "class_teacher", FRI)


def holiday(cast: Cast, day: date, off: bool = True) -> None:
    """The State Council's day is put right on the county's calendar; a revision is counted."""
    row, made = CalendarDay.objects.get_or_create(
        county=cast.county, day=day, defaults={"is_working": not off, "source": "县府办通知"}
    )
    if not made:
        row.is_working, row.revision = not off, row.revision + 1
        row.save()


def close(cast: Cast, day: date, held: bool = False, there: bool = False) -> None:
    """The county closes our school, or the next township's, on a day."""
    school = (cast.there if there else cast.here).school.unit
    viewer = cast.viewer("county_desk")
    set_override(doing(viewer, Origin()), cast.county, (day, day), held, "暴雨停课", school)


def moves(case) -> list[str]:
    """What the case's story tells of moved deadlines."""
    rows = CaseEvent.objects.filter(case=case, act=Act.REDATE).order_by("pk")
    return [row.text for row in rows]


# --- which deadlines move ----------------------------------------------------------------------


def test_a_holiday_within_the_window_moves_it_and_the_hand_over(cast, case) -> None:
    holiday(cast, TUE)
    sweep_on(MON)
    assert (due(case, "visit"), due(case, "ask_village")) == (THU, NEXT_FRI)
    assert moves(case) == [
        "校历变更，期限由9月17日改为9月18日。",
        "校历变更，期限由9月18日改为9月19日。",
    ]


def test_the_old_row_is_kept_void_and_the_new_one_knows_its_calendar(cast, case) -> None:
    before = deadline(case, "visit")
    holiday(cast, TUE)
    sweep_on(MON)
    before.refresh_from_db()
    row = deadline(case, "visit")
    assert (before.due_on, before.void_on, before.cycle) == (WED, MON, 1)
    assert (row.day0, row.days, row.cycle) == (FRI, 3, 2)
    assert row.calendar_version == before.calendar_version + 1
    assert event(case, Act.REDATE).data["duty"] == "ask_village"


@pytest.mark.parametrize(
    ("entered_on", "visit", "ask"),
    [(TUE, THU, NEXT_FRI), (WED, THU, NEXT_FRI), (THU, WED, NEXT_FRI)],
    ids=["the day before it ends", "the day itself", "the day after"],
)
def test_what_has_passed_is_not_moved(cast, case, entered_on, visit, ask) -> None:
    holiday(cast, TUE if entered_on < THU else THU)
    sweep_on(entered_on)
    assert (due(case, "visit"), due(case, "ask_village")) == (visit, ask)


def test_a_case_that_has_climbed_does_not_come_down(cast, case) -> None:
    sweep_on(NEXT_FRI)
    assert stage(case) == Stage.D3
    holiday(cast, TUE)
    sweep_on(NEXT_FRI)
    assert stage(case) == Stage.D3
    assert due(case, "ask_village") == THU
    assert deadline(case, "answer").day0 == THU


def test_a_climb_waits_for_the_day_that_the_calendar_now_says(cast, case) -> None:
    holiday(cast, TUE)
    sweep_on(MON)
    sweep_on(NEXT_FRI)
    assert stage(case) == Stage.D2
    sweep_on(date(2025, 9, 20))
    assert stage(case) == Stage.D3
    assert event(case, Act.LAPSE).occurred_on == NEXT_FRI


def test_after_the_visit_the_hand_over_still_follows_its_window(cast, case) -> None:
    do(cast, case, Act.CONTACT, "class_teacher", MON, method="visit")
    holiday(cast, TUE)
    sweep_on(TUE)
    assert due(case, "visit") == WED  # made in time, whatever the day
    assert due(case, "ask_village") == NEXT_FRI


def test_a_day_worked_after_all_moves_it_back(cast, case) -> None:
    holiday(cast, TUE)
    sweep_on(MON)
    holiday(cast, TUE, off=False)
    sweep_on(MON)
    assert (due(case, "visit"), due(case, "ask_village")) == (WED, THU)
    assert len(moves(case)) == 4


def test_nothing_is_moved_to_a_day_that_is_over(cast, case) -> None:
    holiday(cast, MON)
    holiday(cast, TUE)
    sweep_on(FRI)
    assert due(case, "visit") == NEXT_FRI
    holiday(cast, MON, off=False)
    holiday(cast, TUE, off=False)
    sweep_on(THU)  # by the calendar it had ended on Wednesday
    assert due(case, "visit") == THU
    assert due(case, "ask_village") == NEXT_FRI


def test_the_month_of_a_review_ends_on_the_next_working_day(cast, case) -> None:
    reach(cast, case, "D6")
    assert due(case, "review") == date(2025, 11, 10)
    today = date(2025, 10, 10)
    holiday(cast, date(2025, 11, 10))
    sweep_on(today)
    assert due(case, "review") == date(2025, 11, 11)
    holiday(cast, date(2025, 11, 10), off=False)
    sweep_on(today)
    assert due(case, "review") == date(2025, 11, 10)


def test_the_week_of_an_order_ends_on_the_next_working_day(cast, case) -> None:
    reach(cast, case, "D5")
    holiday(cast, date(2025, 10, 9))
    sweep_on(date(2025, 9, 30))
    assert due(case, "await_return") == date(2025, 10, 10)


def test_a_closed_day_lengthens_an_observation_and_no_other_duty(cast, case) -> None:
    reach(cast, case, "D3")
    call_roll(cast, NEXT_FRI)
    before = due(case, "request_closure")
    close(cast, NEXT_MON)
    sweep_on(NEXT_FRI)
    assert due(case, "request_closure") > before
    assert len(moves(case)) == 1


def test_a_closed_day_moves_working_days_only_where_the_county_counts_school_days(
    cast, child
) -> None:
    set_parameter(cast.county, "P4D", "school_day", date(2025, 9, 1), "县文〔2025〕1号")
    case = do(cast, a_case(cast, child), Act.REPORT, "class_teacher", FRI)
    close(cast, TUE)
    sweep_on(MON)
    assert (due(case, "visit"), due(case, "ask_village")) == (THU, NEXT_FRI)


def test_a_closed_day_leaves_working_days_alone(cast, case) -> None:
    close(cast, TUE)
    sweep_on(MON)
    assert due(case, "visit") == WED
    assert moves(case) == []


def test_the_next_school_s_closure_moves_nothing_here(cast, case) -> None:
    reach(cast, case, "D3")
    call_roll(cast, NEXT_FRI)
    before = Deadline.objects.filter(case=case).count()
    close(cast, NEXT_MON, there=True)
    sweep_on(NEXT_FRI)
    assert Deadline.objects.filter(case=case).count() == before


# --- once, and by whom -------------------------------------------------------------------------


def test_a_second_sweep_moves_nothing(cast, case) -> None:
    holiday(cast, TUE)
    sweep_on(MON)
    rows = list(Deadline.objects.filter(case=case).order_by("pk").values())
    sweep_on(MON)
    assert list(Deadline.objects.filter(case=case).order_by("pk").values()) == rows


def test_a_change_that_moves_no_day_writes_no_event(cast, case) -> None:
    holiday(cast, date(2025, 12, 1))
    sweep_on(MON)
    assert moves(case) == []
    row = deadline(case, "visit")
    assert (row.due_on, row.cycle) == (WED, 1)
    close(cast, date(2025, 12, 2))
    sweep_on(MON)
    assert deadline(case, "visit").calendar_version == row.calendar_version + 1


def test_the_reminder_days_follow_where_only_they_move(cast, case) -> None:
    holiday(cast, NEXT_FRI)
    sweep_on(MON)
    row = deadline(case, "ask_village")
    assert (row.due_on, row.missed_on, row.cycle) == (THU, NEXT_MON, 1)


def test_a_moved_deadline_is_reminded_of_by_its_own_days(cast, case) -> None:
    holiday(cast, TUE)
    sweep_on(MON)
    row = deadline(case, "visit")
    sweep_on(WED)
    assert Reminder.objects.get(deadline=row).day == WED  # a working day before Thursday


def test_a_case_that_cannot_be_redated_is_tried_again(cast, case, monkeypatch) -> None:
    holiday(cast, TUE)
    with monkeypatch.context() as broken:
        broken.setattr("cases.recount.deadlines.redated", _fail)
        sweep_on(MON)
    assert due(case, "visit") == WED
    sweep_on(MON)
    assert due(case, "visit") == THU


def _fail(*_: object) -> None:
    raise RuntimeError("no")


@pytest.fixture
def desk(cast, settings):
    """The county's browser on the Friday after."""
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(NEXT_FRI) - timezone.now())
    return client_of(cast.person("county_desk"))


def test_the_page_that_closes_a_school_moves_its_deadlines_at_once(cast, case, desk) -> None:
    reach(cast, case, "D3")
    call_roll(cast, NEXT_FRI)
    before = due(case, "request_closure")
    data = {"where": cast.here.school.pk, "held": "no", "reason": "山洪停课"}
    desk.post("/calendars/days/", {**data, "first": "2025-09-22", "last": "2025-09-22"})
    assert due(case, "request_closure") > before
    assert event(case, Act.REDATE).person == cast.person("county_desk")


def test_the_story_of_the_case_says_so(cast, case, desk) -> None:
    reach(cast, case, "D3")
    call_roll(cast, NEXT_FRI)
    close(cast, NEXT_MON)
    sweep_on(NEXT_FRI)
    page = desk.get(reverse("case", args=[case.number])).content.decode()
    assert "观察期满申请销号：期限改期" in page
    assert moves(case)[0] in page


# --- the rule, wherever it begins --------------------------------------------------------------

SEPTEMBER = date(2025, 9, 1)
DAYS = st.integers(0, 70).map(lambda n: SEPTEMBER + timedelta(days=n))
TERMS = DAYS.map(lambda day: (Term("秋季学期", SEPTEMBER, day, SEPTEMBER),))
CALENDARS = st.builds(
    Calendar,
    off=st.frozensets(DAYS.filter(lambda day: day.weekday() < 5), max_size=8),
    extra=st.frozensets(DAYS.filter(lambda day: day.weekday() >= 5), max_size=4),
    terms=st.one_of(st.just(()), TERMS),
    suspended=st.lists(st.builds(lambda day: SuspendedDays(day, day), DAYS), max_size=4).map(tuple),
    make_up_teaching=st.frozensets(DAYS, max_size=3),
)
RULES = st.builds(
    lambda kind, pause: replace(defaults(), persuade_day_type=str(kind), pause_in_vacation=pause),
    st.sampled_from([DayType.LITERAL_WEEKDAY, DayType.WORKING, DayType.SCHOOL]),
    st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(
    code=st.sampled_from(sorted(ALL_DUTIES)), day0=DAYS, rules=RULES, old=CALENDARS, new=CALENDARS
)
def test_it_is_due_as_if_the_calendar_had_been_so_from_the_start(
    code: str, day0: date, rules: Parameters, old: Calendar, new: Calendar
) -> None:
    duty = ALL_DUTIES[code]
    before = after = None
    if duty.clock is Clock.AFTER:
        first = DUTIES[duty.after][1]
        before, after = (due_of(first, day0, rules, calendar) for calendar in (old, new))
    kept = due_of(duty, day0, rules, old, before)
    expected = due_of(duty, day0, rules, new, after)
    assert redated(duty, kept, rules, new, day0, after) == expected
    handed = next_day(duty, day0, rules, old)
    assert redated(duty, handed, rules, new, day0).due_on >= day0


@settings(max_examples=300, deadline=None)
@example(  # nothing left, and due at once on a Saturday: it stays there
    code="review",
    day0=SEPTEMBER,
    paused=30,
    away=3,
    rules=defaults(),
    old=Calendar(),
    new=Calendar(),
)
@given(
    # The rung of the return itself is never fallen back to.
    code=st.sampled_from(sorted(set(DUTIES) - {"request_closure"})),
    day0=DAYS,
    paused=st.integers(0, 30),
    away=st.integers(1, 20),
    rules=RULES,
    old=CALENDARS,
    new=CALENDARS,
)
def test_what_was_left_after_a_broken_observation_is_moved_alike_and_back(
    code: str,
    day0: date,
    paused: int,
    away: int,
    rules: Parameters,
    old: Calendar,
    new: Calendar,
) -> None:
    duty = DUTIES[code][1]
    stopped, resumes = day0 + timedelta(days=paused), day0 + timedelta(days=paused + away)
    kept = resumed(duty, due_of(duty, day0, rules, old), stopped, resumes, rules, old)
    moved = redated(duty, kept, rules, new, resumes)
    assert redated(duty, moved, rules, old, resumes) == kept
