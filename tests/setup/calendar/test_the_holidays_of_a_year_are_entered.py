"""国务院的放假安排: pasted or ticked, previewed with what moves, and confirmed with the moves."""

from datetime import date
from typing import Any

import pytest

from cases.models import CaseEvent, Deadline
from cases.policy import Act
from cases.sweeping import sweep
from foundation.accounts.models import AuditEvent
from students.calendars.loading import calendar_for
from students.calendars.models import CalendarChange, CalendarDay
from tests.browsing import client_of, page
from tests.cases.steps import at, deadline, due, sweep_on
from tests.setup.calendar.pages import NOTICE, PAPER, YEAR_2027, confirm, enter_2027, preview

D = date.fromisoformat
MON, TUE, WED = D("2027-01-04"), D("2027-01-05"), D("2027-01-06")
OFF_2027 = {"01-01": "元旦放假", "02-05": "春节放假", "10-07": "国庆节放假"}


def test_the_notice_is_read_and_ticked_in_the_calendar(desk) -> None:
    words = page(desk.post(YEAR_2027, {"text": NOTICE, "step": "read"}))
    assert "从通知读出23天" in words
    assert 'value="2027-01-01" checked' in words
    assert 'value="2027-01-30" checked' in words
    assert 'value="2027-01-02" checked' not in words  # a Saturday is free anyway
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_the_preview_shows_the_deadlines_that_move_and_writes_nothing(desk, case) -> None:
    assert (due(case, "visit"), due(case, "ask_village")) == (MON, TUE)
    words = preview(desk, YEAR_2027, text=NOTICE, source_document=PAPER)
    assert "会改期的期限：2个" in words
    assert case.number in words
    assert words.index("2027-01-04") < words.index("2027-01-05")
    assert "1月1日，法定节假日，放假" in words
    assert due(case, "visit") == MON
    assert not CalendarChange.objects.exists()


def test_confirmed_it_moves_them_in_the_same_transaction(cast, desk, case) -> None:
    enter_2027(desk)
    assert (due(case, "visit"), due(case, "ask_village")) == (TUE, WED)
    calendar = calendar_for(cast.county.pk)
    assert deadline(case, "visit").calendar_version == calendar.version
    assert not calendar.is_provisional(TUE)
    moved = CaseEvent.objects.filter(case=case, act=Act.REDATE)
    assert {row.person for row in moved} == {cast.person("county_desk")}
    assert moved.count() == 2


def test_the_sweep_finds_nothing_left_to_move(desk, case) -> None:
    enter_2027(desk)
    rows = _due_days(case)
    sweep(date(2026, 12, 30), at(date(2026, 12, 30)))
    assert _due_days(case) == rows


def _due_days(case) -> list[dict[str, Any]]:
    """Every duty of the case; but whether the county was told of one that was missed long ago."""
    rows = list(map(dict, Deadline.objects.filter(case=case).order_by("pk").values()))
    return [{name: value for name, value in one.items() if name != "told_on"} for one in rows]


@pytest.mark.parametrize(
    ("entered_on", "moved_to"),
    [("2027-01-03", "2027-01-05"), ("2027-01-04", "2027-01-05"), ("2027-01-05", "2027-01-04")],
    ids=["the day before it ends", "the day itself", "the day after"],
)
def test_a_deadline_that_has_passed_stays(desk_on, case, entered_on, moved_to) -> None:
    enter_2027(desk_on(D(entered_on)))
    assert due(case, "visit") == D(moved_to)


def test_the_rows_say_paper_who_and_why(cast, desk) -> None:
    enter_2027(desk)
    row = CalendarChange.objects.get()
    assert (row.source_document, row.reason) == (PAPER, "首次登记")
    assert row.recorded_by == cast.person("county_desk")
    notes = dict(CalendarDay.objects.filter(day__year=2027).values_list("day", "note"))
    assert {day: notes[D(f"2027-{day}")] for day in OFF_2027} == OFF_2027
    assert notes[D("2027-10-09")] == "国庆节调休上班"
    assert AuditEvent.objects.filter(verb="set_arrangement").count() == 1


def test_ticked_by_hand_it_is_the_same(cast, desk) -> None:
    days = ["2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-20"]
    confirm(desk, YEAR_2027, days=days, source_document=PAPER)
    calendar = calendar_for(cast.county.pk)
    assert not calendar.is_working(D("2027-02-09"))
    assert calendar.is_working(D("2027-02-20"))
    assert calendar.is_working(D("2027-02-11"))


def test_a_correction_moves_back_and_keeps_what_stood(desk, case) -> None:
    enter_2027(desk)
    days = [row.day.isoformat() for row in CalendarDay.objects.filter(day__year=2027)]
    days.remove("2027-01-01")
    confirm(desk, YEAR_2027, days=days, source_document=PAPER, reason="元旦抄错了")
    assert (due(case, "visit"), due(case, "ask_village")) == (MON, TUE)
    first, second = CalendarChange.objects.order_by("id")
    assert second.before == first.after
    assert second.reason == "元旦抄错了"
    assert CalendarDay.objects.get(day=D("2027-01-01")).is_working  # kept, and ordinary again
    words = page(desk.get("/calendars/setup/"))
    assert "1月1日元旦放假" in words
    assert "元旦抄错了" in words


def test_a_correction_asks_for_its_reason(desk) -> None:
    enter_2027(desk)
    answer = desk.post(YEAR_2027, {"text": NOTICE, "source_document": PAPER, "step": "preview"})
    assert "请填写更正的原因" in page(answer, 422)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2027年部分", "2026年部分"), "这是2026年的通知，不是2027年的"),
        (("1月1日（周五）", "1月1日（周四）"), "2027年1月1日是星期五，不是星期四"),
        (("共7天。1月30日", "共8天。1月30日"), "写的是8天，读出来是7天"),
        (("1月30日（周六）", "1月29日（周五）"), "2027年1月29日本来就上班"),
        (("6月9日", "6月31日"), "不是一个日期"),
    ],
)
def test_what_does_not_fit_in_the_notice_is_said(desk, change, words) -> None:
    text = NOTICE.replace(*change)
    assert words in page(desk.post(YEAR_2027, {"text": text, "step": "read"}))


def test_a_sentence_that_only_recommends_is_no_holiday(desk) -> None:
    text = NOTICE.replace("五、端午节", "鼓励各单位安排职工在4月30日（周五）休息。五、端午节")
    words = page(desk.post(YEAR_2027, {"text": text, "step": "read"}))
    assert "没有用到的句子" in words
    assert 'value="2027-04-30" checked' not in words


def test_an_arrangement_without_days_is_refused(desk) -> None:
    answer = desk.post(YEAR_2027, {"source_document": PAPER, "step": "preview"})
    assert "放假的工作日太少" in page(answer, 422)


def test_what_changed_meanwhile_is_looked_at_again(desk, case) -> None:
    data = {"text": NOTICE, "source_document": PAPER}
    answer = desk.post(YEAR_2027, {**data, "step": "confirm", "seen": "0" * 64})
    assert "请再核对一遍" in page(answer, 409)
    assert due(case, "visit") == MON


def test_who_may_not_manage_the_calendar_enters_nothing(cast, desk) -> None:
    for role in ("head_teacher", "township_leader", "supervisor", "administrator"):
        answer = client_of(cast.person(role)).post(YEAR_2027, {"text": NOTICE})
        assert answer.status_code == 403


def test_the_preview_costs_the_same_with_many_cases(
    cast, desk, case, django_assert_max_num_queries
) -> None:
    sweep_on(D("2026-12-30"))
    with django_assert_max_num_queries(16):
        preview(desk, YEAR_2027, text=NOTICE, source_document=PAPER)
