"""Explains a due day: counts the days of a deadline one by one, in words."""

from dataclasses import dataclass
from datetime import date

from cases.models import Deadline
from cases.policy import Clock
from cases.wording import day_words
from foundation.accounts.parameters import BY_CODE
from foundation.days import ONE_DAY
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
    """Sentences and days that explain a due day."""

    sentences: tuple[str, ...]
    days: tuple[Counted, ...]


def explain(deadline: Deadline, calendar: Calendar) -> Explanation:
    """Explain the due day from day 0, the county's parameter and the calendar."""
    return Explanation(tuple(_sentences(deadline)), tuple(_counted(deadline, calendar)))


def _sentences(deadline: Deadline) -> list[str]:
    duty, words = deadline.duty, DAY_TYPE_WORDS[deadline.day_type]
    lines = [f"依据：{deadline.rule}。"]
    code, _, value = deadline.parameter.partition("=")
    if spec := BY_CODE.get(code):
        lines.append(f"县级期限参数「{spec.label}」，取值 {value}；日期按当时的校历计算。")
    if duty.clock is Clock.AFTER:
        lines.append(
            f"前一期限至 {day_words(deadline.window_end)}止，其后第一个工作日办理转办："
            f"{day_words(deadline.due_on)}。"
        )
    elif deadline.days == 0:
        lines.append(f"须在当天（{day_words(deadline.day0)}）办结。")
    elif duty.clock is Clock.MONTHS:
        lines.append(f"自 {day_words(deadline.day0)}起满{deadline.days}个月；遇非工作日顺延。")
    else:
        lines.append(
            f"起算日 {day_words(deadline.day0)}不计入，其后第{deadline.days}{words}"
            f"期满，到期日 {day_words(deadline.due_on)}。"
        )
    if duty.clock is Clock.CALENDAR:
        lines.append("最后一天不是工作日的，顺延到下一个工作日。")
    if duty.clock is Clock.PAUSING:
        lines.append("学校的期限在寒暑假暂停，开学第一天仍未返校的即视为期满。")
    return lines


def _counted(deadline: Deadline, calendar: Calendar) -> list[Counted]:
    if deadline.duty.clock is Clock.MONTHS or deadline.days == 0:
        return []
    kind = DayType.WORKING if deadline.duty.clock is Clock.AFTER else DayType(deadline.day_type)
    rows, number = [], 0
    day = deadline.day0
    for _ in range(min((deadline.due_on - deadline.day0).days, _LONGEST)):
        day += ONE_DAY
        counts = calendar.counts(day, kind)
        number += counts
        rows.append(Counted(day, _why(day, calendar), number if counts else None))
    return rows


def _why(day: date, calendar: Calendar) -> str:
    if calendar.vacation_on(day):
        return f"{day_words(day)}（假期）"
    if day.weekday() >= 5:
        return f"{day_words(day)}（{'调休上班' if calendar.is_working(day) else '休息日'}）"
    return f"{day_words(day)}{'' if calendar.is_working(day) else '（放假）'}"
