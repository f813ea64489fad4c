"""Explains a due day: counts the days of a deadline one by one, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.models import Deadline
from cases.policy import Clock
from foundation.accounts.parameters import BY_CODE
from foundation.days import ONE_DAY, weekday_words
from students.calendars.workdays import Calendar, DayType

DAY_TYPE_WORDS = {
    "literal_weekday": "天（不含周六、周日）",
    "working_day": "个工作日（按国务院节假日安排，含调休上班日）",
    "school_day": "个上课日（按校历）",
    "calendar_day": "个日历日",
}
_LONGEST = 45  # so many days are listed one by one


@dataclass(frozen=True, slots=True)
class Counted:
    """One day of the count: its number, or why it does not count."""

    day: date
    words: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences and days that explain a due day. ``counts_day0``: the day of return is day 1."""

    sentences: tuple[str, ...]
    days: tuple[Counted, ...]
    counts_day0: bool = False


def explain(deadline: Deadline, calendar: Calendar) -> Explanation:
    """Explain the due day from day 0, the county's parameter and the calendar."""
    sentences, days = _sentences(deadline, calendar), _counted(deadline, calendar)
    return Explanation(tuple(sentences), tuple(days), _observes(deadline))


def _sentences(deadline: Deadline, calendar: Calendar) -> list[str]:
    duty, words = deadline.duty, DAY_TYPE_WORDS[deadline.day_type]
    lines = [f"依据：{deadline.rule}。"]
    if served := _served(deadline):
        lines.append(served)
    code, _, value = deadline.parameter.partition("=")
    if spec := BY_CODE.get(code):
        lines.append(f"县级期限参数「{spec.label}」，取值 {value}；日期按当时的校历计算。")
    if duty.clock is Clock.AFTER:
        lines.append(
            f"前一期限至 {weekday_words(deadline.window_end)}止，"
            f"{_handed_over(deadline, calendar)}办理转办：{weekday_words(deadline.due_on)}。"
        )
    elif deadline.days == 0:
        lines.append(f"须在当天（{weekday_words(deadline.day0)}）办结。")
    elif _observes(deadline):
        lines.append(
            f"返校当日（{weekday_words(deadline.day0)}）是上课日的计为第1天，"
            f"连续在校满{deadline.days}{words}至 {weekday_words(deadline.window_end)}，"
            f"{_handed_over(deadline, calendar)}办理：{weekday_words(deadline.due_on)}。"
        )
    elif told := _TOLD.get(duty.clock):
        lines.append(told(deadline))
    elif duty.clock is Clock.MONTHS:
        lines.append(f"自 {weekday_words(deadline.day0)}起满{deadline.days}个月；遇非工作日顺延。")
    else:
        lines.append(
            f"起算日 {weekday_words(deadline.day0)}不计入，其后第{deadline.days}{words}"
            f"期满，到期日 {weekday_words(deadline.due_on)}。"
        )
    if duty.clock is Clock.CALENDAR:
        lines.append("最后一天不是工作日的，顺延到下一个工作日。")
    if calendar.is_provisional(deadline.due_on):
        lines.append(
            f"{deadline.due_on.year}年放假调休安排尚未登记，到期日是暂定的，登记后自动重新计算。"
        )
    if duty.clock is Clock.PAUSING:
        lines.append("学校的期限在寒暑假暂停，开学第一天仍未返校的即视为期满。")
    return lines


def _promised(deadline: Deadline) -> str:
    """When the family promised what, in words."""
    told_on, due_on = weekday_words(deadline.day0), weekday_words(deadline.due_on)
    return f"{told_on}劝返时，监护人承诺{due_on}送孩子返校。"


def _suspected(deadline: Deadline) -> str:
    """When the absence makes the child 疑似辍学 (P11), in words."""
    return (
        f"最后到校 {weekday_words(deadline.day0)}；缺勤超过{deadline.days}个日历日，"
        f"并且无故缺勤满规定的教学日，即为疑似辍学，寒暑假不计：{weekday_words(deadline.window_end)}。"
        "遇休息日顺延；个案先转到乡镇的，转去那天到期。"
    )


# Clocks whose due day follows from what happened, not from a number of days alone.
_TOLD: Mapping[Clock, Callable[[Deadline], str]] = {
    Clock.ABSENCE: _suspected,
    Clock.PROMISE: _promised,
}


def _served(deadline: Deadline) -> str:
    """Which order began the guardian's week, in words; "" for every other duty."""
    if deadline.code != "await_return":
        return ""
    order = deadline.case.orders.filter(ended_on=None, served_on=deadline.day0).last()
    if order is None:
        return ""
    number = f" {order.paper_no} " if order.paper_no else ""
    return f"限期复学通知书{number}于{weekday_words(order.served_on)}送达，限期从送达之日起算。"


def _observes(deadline: Deadline) -> bool:
    """Whether the days are those of an observation, of which the day of return is the first."""
    return deadline.duty.clock is Clock.OBSERVATION and deadline.day_type == DayType.SCHOOL


def _waits_for_term(deadline: Deadline, calendar: Calendar) -> bool:
    """Whether a hand-over was moved out of a vacation to the first day really taught."""
    moved = deadline.due_on != calendar.next_working_day(deadline.window_end)
    return deadline.duty.in_term and moved


def _handed_over(deadline: Deadline, calendar: Calendar) -> str:
    """Which day after the window a hand-over falls on, in words."""
    if _waits_for_term(deadline, calendar):
        return "遇寒暑假顺延，开学后第一个实际上课日"
    return "其后第一个工作日"


def _counted(deadline: Deadline, calendar: Calendar) -> list[Counted]:
    if deadline.duty.clock is Clock.MONTHS or deadline.days == 0:
        return []
    kind = _kind_of(deadline, calendar)
    first = 0 if _observes(deadline) else 1
    days = [deadline.day0 + ONE_DAY * n for n in range(first, _length(deadline) + 1)]
    rows, number = [], 0
    for day in days:
        counts = calendar.counts(day, kind) and number < deadline.days
        number += counts
        rows.append(Counted(day, _why(day, calendar, kind), number if counts else None))
    return rows


def _length(deadline: Deadline) -> int:
    return min((deadline.due_on - deadline.day0).days, _LONGEST)


def _kind_of(deadline: Deadline, calendar: Calendar) -> DayType:
    if deadline.duty.clock is not Clock.AFTER:
        return DayType(deadline.day_type)
    return DayType.SCHOOL if _waits_for_term(deadline, calendar) else DayType.WORKING


def _why(day: date, calendar: Calendar, kind: DayType) -> str:
    if calendar.vacation_on(day):
        return f"{weekday_words(day)}（假期）"
    if day.weekday() >= 5:
        return f"{weekday_words(day)}（{'调休上班' if calendar.is_working(day) else '休息日'}）"
    if not calendar.is_working(day):
        return f"{weekday_words(day)}（放假）"
    is_closed = kind is DayType.SCHOOL and not calendar.is_school_day(day)
    return f"{weekday_words(day)}{'（停课）' if is_closed else ''}"
