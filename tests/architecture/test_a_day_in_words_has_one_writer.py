"""9月12日 and 2025年9月12日 are written by foundation/days.py and by no other module."""

import re
from datetime import UTC, date, datetime

from foundation.days import (
    day_words,
    full_day_words,
    moment_words,
    month_words,
    weekday_words,
)
from tests.architecture.sources import PRODUCT, ROOT, paths

WRITER = "foundation/days.py"
# {day.day}日, {day:%-m月%-d日}, %d日, {month.month}月 inside a text that Python puts together.
_BY_HAND = re.compile(r"(?:month|day)\}[月日]|%-?[md][月日]")


def test_no_module_writes_a_day_by_itself() -> None:
    found = [
        path
        for path in paths(*PRODUCT)
        if path != WRITER and _BY_HAND.search((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_what_is_written_by_hand_is_found() -> None:
    assert _BY_HAND.search('f"{day.month}月{day.day}日"')
    assert _BY_HAND.search('f"{until:%Y年%-m月%-d日}"')
    assert _BY_HAND.search('day.strftime("%m月%d日")')
    assert not _BY_HAND.search('f"连续外出满{MONTHS}个月，{year}年8月31日前"')


def test_the_words_of_a_day() -> None:
    day = date(2025, 9, 12)
    assert (day_words(day), weekday_words(day)) == ("9月12日", "9月12日 周五")
    assert (month_words(day), full_day_words(day)) == ("2025年9月", "2025年9月12日")
    assert moment_words(datetime(2025, 9, 12, 7, 5, tzinfo=UTC)) == "2025年9月12日 07:05"
