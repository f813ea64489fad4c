"""文书台账 as a workbook (forms B14): number, kind, unit, state, and the days."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from foundation.days import full_day_words
from foundation.papers.models import Paper
from foundation.papers.reading import tally_of
from foundation.workbooks.definition import columns
from foundation.workbooks.listing import ListSheet, write_list

_COLUMNS = columns(
    ("文号", 24),
    ("文书", 24, True),
    ("发文机关", 22, True),
    ("状态", 9),
    ("拟稿人", 10),
    ("签发人", 10),
    ("签发日期", 12),
    ("签收", 16),
    ("送达日期", 12),
    ("履行日期", 12),
    ("作废日期", 12),
)


def ledger_book(papers: Iterable[Paper], unit: str, day: date, mark: str) -> bytes:
    """The ledger of the unit on the day; every cell is text."""

    def cells(paper: Paper) -> tuple[str, ...]:
        return _cells(paper, tally_of(paper).words(day))

    sheet = ListSheet(
        name="文书台账",
        title="文书台账",
        info=f"单位：{unit}　　日期：{full_day_words(day)}",
        mark=mark,
        columns=_COLUMNS,
    )
    target = BytesIO()
    write_list(target, sheet, map(cells, papers))
    return target.getvalue()


def _cells(paper: Paper, receipts: str) -> tuple[str, ...]:
    days = (paper.served_on, paper.performed_on, paper.voided_on)
    return (
        paper.number,
        paper.title,
        str(paper.unit),
        paper.state_words,
        paper.drafted_by.person.name,
        paper.signed_by.person.name if paper.signed_by else "",
        _day(paper.signed_on),
        receipts,
        *map(_day, days),
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
