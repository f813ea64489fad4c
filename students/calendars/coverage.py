"""Warns of the parts of a calendar that a county has not entered yet."""

from datetime import date

WARN_FROM_MONTH = 11  # the State Council's notice for the next year usually comes in November


def calendar_warning(today: date, *, this_year: bool, next_year: bool, term: bool) -> str:
    """Return the one sentence that a reader of dates must know; empty when nothing is missing.

    ``this_year`` and ``next_year``: the State Council's arrangement is on record; ``term``: a term
    that ends today or later is. Domain 3.4, 8 and Q30.
    """
    if not this_year:
        return (
            f"{today.year}年放假调休安排尚未登记，各项期限暂按周一至周五计算，请县教育局尽快登记。"
        )
    if not next_year and today.month >= WARN_FROM_MONTH:
        return (
            f"{today.year + 1}年放假调休安排尚未登记，"
            "跨年的期限暂按周一至周五计算，通知发布后请县教育局及时登记。"
        )
    if not term:
        return "下一学期的起止日期尚未登记，暂按3月1日、9月1日开学计算，请县教育局尽快登记。"
    return ""
