"""One working day before, on, and after each due day, each exactly once, to who owes it."""

from datetime import date

import pytest

from cases.models import Reminder
from cases.policy import Act
from foundation.messaging.models import Message
from tests.cases.steps import OPENED, a_case, at, call_roll, deadline, do, event, stage, sweep_on
from tests.cast import Cast, make_child

MON, TUE, WED, THU, FRI = (date(2025, 9, day) for day in (15, 16, 17, 18, 19))


@pytest.fixture
def case(cast: Cast):
    return a_case(cast, make_child(cast.here))


@pytest.fixture
def reported(cast: Cast, case):
    return do(cast, case, Act.REPORT, "class_teacher", OPENED)


def _phases(case, code: str) -> dict[str, date]:
    rows = Reminder.objects.filter(deadline=deadline(case, code))
    return {row.phase: row.sent_on for row in rows}


def _letters(case, code: str) -> list[Message]:
    return list(Message.objects.filter(key__startswith=f"due:{deadline(case, code).pk}:"))


def test_the_day_before_the_day_and_the_day_after(reported) -> None:
    sent = {}
    for day in (MON, TUE, WED, THU, FRI):
        sweep_on(day)
        sent[day] = set(_phases(reported, "visit"))
    assert sent[MON] == set()
    assert sent[TUE] == {"before"}
    assert sent[WED] == {"before", "on"}
    assert sent[THU] == sent[FRI] == {"before", "on", "after"}


def test_each_goes_out_once_however_often_the_sweep_runs(reported) -> None:
    for day in (TUE, TUE, WED, WED, THU, THU):
        sweep_on(day)
    letters = _letters(reported, "visit")
    assert sorted(m.title for m in letters) == [
        "今日到期：入户家访",
        "即将到期：入户家访",
        "已逾期：入户家访",
    ]
    assert not any(m.is_late for m in letters)


def test_a_weekend_lies_between_the_day_before_and_the_day(cast) -> None:
    case = a_case(cast, make_child(cast.here), date(2025, 9, 17), date(2025, 9, 16))
    do(cast, case, Act.REPORT, "class_teacher", date(2025, 9, 17))
    # due on Monday the 22nd
    sweep_on(THU)
    assert _phases(case, "visit") == {}
    sweep_on(FRI)
    assert _phases(case, "visit") == {"before": FRI}
    sweep_on(date(2025, 9, 21))
    assert _phases(case, "visit") == {"before": FRI}
    sweep_on(date(2025, 9, 22))
    assert set(_phases(case, "visit")) == {"before", "on"}


def test_a_duty_of_the_same_day_has_no_day_before(reported) -> None:
    sweep_on(OPENED)
    assert set(_phases(reported, "register")) == {"on"}


def test_a_hand_over_is_announced_on_the_last_day_of_its_window(reported) -> None:
    sweep_on(TUE)
    assert _phases(reported, "ask_village") == {}
    sweep_on(WED)
    assert _phases(reported, "ask_village") == {"before": WED}


def test_what_is_done_is_not_reminded_of(cast, reported) -> None:
    do(cast, reported, Act.REGISTER, "registrar", OPENED)
    do(cast, reported, Act.CONTACT, "class_teacher", OPENED, method="visit")
    sweep_on(THU)
    assert _phases(reported, "register") == _phases(reported, "visit") == {}


def test_nobody_is_reminded_while_the_child_is_back(cast, reported) -> None:
    call_roll(cast, MON)
    sweep_on(FRI)
    assert _phases(reported, "visit") == _phases(reported, "ask_village") == {}


def test_what_silence_moved_on_is_told_as_overdue_all_the_same(case) -> None:
    sweep_on(OPENED)
    sweep_on(date(2025, 9, 13))
    assert _phases(case, "report") == {"on": OPENED}
    sweep_on(MON)
    assert _phases(case, "report") == {"on": OPENED, "after": MON}


def test_after_a_month_of_silence_each_goes_out_once_and_says_it_is_late(case) -> None:
    sweep_on(date(2025, 10, 20))
    sweep_on(date(2025, 10, 21))
    for code in ("visit", "ask_village", "answer", "report_township", "serve_order"):
        letters = _letters(case, code)
        assert len(letters) == 3, code
        row = deadline(case, code)
        assert all(m.is_late for m in letters)
        assert {m.occurred_on for m in letters} == {row.remind_on, row.due_on, row.missed_on}
    assert {len(_letters(case, code)) for code in ("report", "register", "contact")} == {2}


def test_the_teacher_is_told_by_post_and_the_others_by_unit(cast, case) -> None:
    sweep_on(date(2025, 9, 23))
    (teacher, *_), (village, *_) = _letters(case, "report"), _letters(case, "answer")
    assert teacher.to_post == cast.post("class_teacher")
    assert (village.to_post, village.to_unit) == (None, cast.here.village)


def test_a_class_without_a_teacher_is_told_to_the_school(cast, case) -> None:
    cast.here.school_class.posts.update(ends_on=date(2025, 9, 1), ended_at=at(date(2025, 9, 1)))
    sweep_on(OPENED)
    (letter,) = _letters(case, "report")
    assert (letter.to_post, letter.to_unit) == (None, cast.here.school.unit)


def test_the_county_is_told_of_a_missed_township_on_the_working_day_after(cast, case) -> None:
    missed = Message.objects.filter(to_unit=cast.county, key__startswith="missed:")
    told = missed.exclude(title__contains="书面报告")  # the school's own, told before (双报告)
    for day in (date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 8)):
        sweep_on(day)
        assert not told.exists()
    sweep_on(date(2025, 10, 9))
    assert [(m.occurred_on, m.is_late) for m in told] == [(date(2025, 10, 9), False)]


def test_a_move_tells_the_rung_that_has_it_now(cast, case) -> None:
    sweep_on(FRI)
    key = f"event:{event(case, Act.LAPSE).pk}:"
    assert stage(case) == "D3"
    told = {m.to_unit for m in Message.objects.filter(key__startswith=key)}
    assert told == {cast.here.village, cast.here.school.unit}


def test_no_letter_holds_the_name_of_a_child(case) -> None:
    sweep_on(date(2025, 10, 20))
    assert not Message.objects.filter(title__contains="张小明").exists()
    assert not Message.objects.filter(body__contains="张小明").exists()
