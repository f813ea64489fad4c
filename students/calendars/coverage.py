"""Warns of the parts of a calendar that a county has not entered yet."""

from collections.abc import Collection
from datetime import date

WARN_FROM_MONTH = 11  # the State Council's notice for the next year usually comes in November


def years_asked(today: date, covered: Collection[int]) -> list[int]:
    """Return the years whose arrangement the county should enter now: from 1 November the next."""
    needed = [today.year, *([today.year + 1] if today.month >= WARN_FROM_MONTH else [])]
    return [year for year in needed if year not in covered]


def calendar_warning(
    today: date, *, this_year: bool, next_year: bool, term: bool, falls_beyond: bool = False
) -> str:
    """Return the one sentence that a reader of dates must know; empty when nothing is missing.

    ``this_year`` and ``next_year``: the State Council's arrangement is on record; ``term``: a term
    that ends today or later is; ``falls_beyond``: an open deadline falls into the next year.
    Domain 3.4, 8 and Q30.
    """
    if not this_year:
        return (
            f"{today.year}年放假调休安排尚未登记，各项期限暂按周一至周五计算，请县教育局尽快登记。"
        )
    if not next_year and (falls_beyond or today.month >= WARN_FROM_MONTH):
        return (
            f"{today.year + 1}年放假调休安排尚未登记，"
            "跨年的期限暂按周一至周五计算，通知发布后请县教育局及时登记。"
        )
    if not term:
        return "下一学期的起止日期尚未登记，暂按3月1日、9月1日开学计算，请县教育局尽快登记。"
    return ""
