"""Joins a header of two rows into one, as sheets have it whose headings stand in groups.

「监护人」 over 「姓名」 and 「电话」 becomes 监护人姓名 and 监护人电话. A heading that is merged
over both rows stands in the upper one and is kept.
"""

import re
from collections.abc import Sequence

from foundation.tablefiles.cell import Cell
from students.roster.imports.reading import cells
from students.roster.rules.sheet_headings import hits, is_known, plain_heading

_DATA = re.compile(r"[0-9]{7,}|^[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 20  # characters of a heading
MIN_HITS = 3  # known headings in both rows


def is_data(cell: Cell) -> bool:
    """Whether a cell cannot be a heading: a date, or a number as long as an ID number."""
    if cell is None or isinstance(cell, str):
        return bool(_DATA.search(cells.identifier(cell)))
    return True


def with_one_head(top: Sequence[list[Cell]]) -> list[list[Cell]]:
    """Return the first rows of a sheet; of a header of two rows the lower one has both.

    The upper one is then blank. Row numbers stay as they are.
    """
    rows = list(top)
    at = max(range(len(rows)), key=lambda n: hits(rows[n]), default=0)
    for upper in (at, at - 1):
        if upper >= 0 and upper + 1 < len(rows) and _belong(rows[upper], rows[upper + 1]):
            rows[upper], rows[upper + 1] = [], _joined(rows[upper], rows[upper + 1])
            break
    return rows


def _belong(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the rows are a header together: headings that the one leaves open stand in the other.

    Together they have more known headings than either. A pupil's row, even one with a name alone,
    takes known headings away.
    """
    if any(is_data(cell) or len(cells.text(cell)) > _LONGEST for cell in (*upper, *lower)):
        return False
    names = {at for at, cell in enumerate(lower) if cells.text(cell)}
    alone = [at for at, cell in enumerate(upper) if cells.text(cell) and at not in names]
    if not names or len(alone) < MIN_HITS:
        return False
    return hits(_joined(upper, lower)) > max(hits(upper), hits(lower))


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    group = ""
    found: list[Cell] = []
    for at in range(max(len(upper), len(lower))):
        above = cells.text(upper[at]) if at < len(upper) else ""
        below = cells.text(lower[at]) if at < len(lower) else ""
        group = (above if below else "") if above else (group if below else "")
        found.append(_heading(group, below) if below else above or None)
    return found


def _heading(group: str, below: str) -> str:
    """Return the heading of a column in a group: with the group's name unless only it is known."""
    whole = group + below
    known = is_known(plain_heading(whole)) or not is_known(plain_heading(below))
    return whole if known else below
