"""The lines above and below an official table (forms 1.2): title, period, signatures, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foundation.workbooks.measure import runs, text_lines
from foundation.workbooks.page import CellLook, across, set_widths

TITLE_ROW, PERIOD_ROW, INFO_ROW = 1, 2, 3
FIRST_ROW = 4  # of what stands between


@dataclass(frozen=True, slots=True)
class Dress:
    """The looks of these lines, and their heights in points.

    ``fits`` is how many half-width characters of a note fit into one digit of width.
    """

    title: CellLook
    period: CellLook
    info: tuple[CellLook, CellLook, CellLook]
    signature: CellLook
    note: CellLook
    period_height: float
    signature_height: float
    fits: float
    title_height: float = 34
    info_height: float = 22


def write_top(sheet: Any, one: Any, widths: Sequence[float], dress: Dress) -> None:
    """The title, the period, and the three infos of ``one``, each over a third of the width.

    The infos are 填报单位, 计量单位 and 填报时间.
    """
    set_widths(sheet, widths)
    width = len(widths)
    across(sheet, TITLE_ROW, (1, width), one.title, dress.title, dress.title_height)
    across(sheet, PERIOD_ROW, (1, width), one.period, dress.period, dress.period_height)
    for text, columns, look in zip(one.info, runs(widths, 3), dress.info, strict=True):
        across(sheet, INFO_ROW, columns, text, look, dress.info_height)


def write_bottom(
    sheet: Any,
    row: int,
    widths: Sequence[float],
    footer: Sequence[str],
    notes: Sequence[str],
    dress: Dress,
) -> tuple[int, float]:
    """Signatures side by side in ``row``, notes below; returns the last row and the height."""
    places = runs(widths, len(footer)) if footer else ()
    for text, columns in zip(footer, places, strict=True):
        across(sheet, row, columns, text, dress.signature, dress.signature_height)
    whole = dress.signature_height
    for number, note in enumerate(notes, start=1):
        row += 1
        text = f"{'注：' if number == 1 else '　　'}{number}.{note}"
        height = 2 + 14.0 * text_lines(text, max(sum(widths) * dress.fits, 1))
        across(sheet, row, (1, len(widths)), text, dress.note, height)
        whole += height
    return row, whole
