"""Reads the State Council's notice on the holidays of a year (国务院办公厅放假安排的通知).

A notice names each holiday and then says, in one or two sentences, which days are off and which
Saturdays and Sundays are worked: 10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）上班。
What cannot be read is told, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from foundation.days import days_between, full_day_words
from students.calendars.workdays import SATURDAY, differs

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
LONGEST_HOLIDAY = 15  # days; the longest so far had 9
_NAME = "|".join(name.replace("节", "节?") if name != "春节" else name for name in HOLIDAYS)
_HEADING = re.compile(rf"((?:{_NAME})(?:[、,和及](?:{_NAME}))*):")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
_TOKEN = re.compile(rf"{_DAY}(?:[至到~—–-]+{_DAY})?|(放假|补休|休息|上班)")
_TITLE_YEAR = re.compile(r"(\d{4})年(?:部分)?节假日")
_TOTAL = re.compile(r"(?:共|放假)([\d一二三四五六七八九]+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_NUMBERS = "零一二三四五六七八九"
_ADVICE = "鼓励"  # what is only recommended is no holiday


@dataclass(frozen=True, slots=True)
class ArrangedDay:
    """A day of an arrangement: a weekday off, or a weekend day that is worked, with its words."""

    day: date
    is_working: bool
    note: str


@dataclass(slots=True)
class HolidayNotice:
    """What was read: the days that differ, what does not fit, sentences unread, holidays missing.

    ``problems`` and ``unread`` are in Chinese, for the person who pasted the text.
    """

    days: list[ArrangedDay] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def note_of(self, day: date, is_working: bool) -> str:
        """The words of a day as the notice has them; empty where it does not name the day."""
        found = (one.note for one in self.days if (one.day, one.is_working) == (day, is_working))
        return next(found, "")


def read_notice(text: str, year: int) -> HolidayNotice:
    """Read the text of the notice for ``year``."""
    plain = "".join(normalize("NFKC", text).split())  # lines may break within a sentence
    notice = HolidayNotice()
    if (named := _TITLE_YEAR.search(plain)) and int(named[1]) != year:
        notice.problems.append(f"这是{named[1]}年的通知，不是{year}年的，请核对年份。")
    named_holidays = ""
    for names, sentence in _sentences(plain):
        named_holidays += names
        _read_sentence(sentence, names, year, notice)
    notice.missing = [one for one in HOLIDAYS if one.removesuffix("节") not in named_holidays]
    if len(notice.missing) == len(HOLIDAYS):
        notice.problems.append("没有读出节日，请粘贴通知中“元旦：……”至“国庆节：……”的各段。")
    _find_conflicts(notice)
    return notice


def _sentences(plain: str) -> Iterator[tuple[str, str]]:
    """Every sentence below a heading, with the holidays of the heading."""
    parts = _HEADING.split(plain)
    for names, body in zip(parts[1::2], parts[2::2], strict=True):
        for sentence in re.split(r"[。;]", body):
            if re.search(r"\d日", sentence):
                yield names, sentence


def _read_sentence(sentence: str, names: str, year: int, notice: HolidayNotice) -> None:
    """Add the days of a sentence: dates wait for the word that says what they are."""
    waiting: list[date] = []
    off: list[date] = []
    month: int | None = None
    if _ADVICE in sentence:
        notice.unread.append(sentence)
        return
    for token in _TOKEN.finditer(sentence):
        if token[9]:
            _settle(waiting, token[9] == "上班", names, notice)
            off += [] if token[9] == "上班" else waiting
            waiting = []
            continue
        try:
            found, month = _days_of(token, year, month, notice)
        except ValueError:
            notice.problems.append(f"“{token[0]}”不是一个日期，请核对。")
            continue
        waiting += found
    if waiting:
        notice.unread.append(sentence)
    _check_total(sentence, off, notice)


def _days_of(
    token: re.Match[str], year: int, month: int | None, notice: HolidayNotice
) -> tuple[list[date], int]:
    """The days of one date or of a range. Raises ValueError for what is no date."""
    first = _date(token.groups()[:4], year, month, notice)
    if token[7] is None:
        return [first], first.month
    last = _date(token.groups()[4:8], first.year, first.month, notice)
    if not first <= last or (last - first).days >= LONGEST_HOLIDAY:
        raise ValueError(token[0])
    return days_between(first, last), last.month


def _date(
    parts: tuple[str | None, ...], year: int, month: int | None, notice: HolidayNotice
) -> date:
    named_year, named_month, number, words = parts
    day = date(int(named_year or year), int(named_month or month or 0), int(number or 0))
    if words and (said := _WEEKDAY.search(words)):
        if _WEEKDAYS.index(said[1].replace("天", "日")) != day.weekday():
            real = _WEEKDAYS[day.weekday()]
            notice.problems.append(
                f"{full_day_words(day)}是星期{real}，不是星期{said[1]}，请核对年份和日期。"
            )
    return day


def _settle(days: list[date], is_working: bool, names: str, notice: HolidayNotice) -> None:
    for day in days:
        if is_working and day.weekday() < SATURDAY:
            notice.problems.append(f"{full_day_words(day)}本来就上班，请核对。")
        elif differs(day, is_working):
            word = "调休上班" if is_working else "放假"
            notice.days.append(ArrangedDay(day, is_working, f"{names}{word}"))


def _check_total(sentence: str, off: list[date], notice: HolidayNotice) -> None:
    said = _TOTAL.search(sentence)
    if not said or not off:
        return
    number = _NUMBERS.index(said[1]) if said[1] in _NUMBERS else int(said[1])
    if number != len(off):
        notice.problems.append(f"“{sentence}”写的是{number}天，读出来是{len(off)}天，请核对。")


def _find_conflicts(notice: HolidayNotice) -> None:
    kept: dict[date, ArrangedDay] = {}
    for one in notice.days:
        if one.day in kept and kept[one.day].is_working != one.is_working:
            notice.problems.append(f"{full_day_words(one.day)}既放假又上班，请核对。")
        kept.setdefault(one.day, one)
    notice.days = [kept[day] for day in sorted(kept)]
