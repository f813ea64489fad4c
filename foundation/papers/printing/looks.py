"""Type, size and place of a paragraph in the DOCX by its style (forms 3.1, 3.4).

Names of fonts only: an office that owns them prints with them, and nothing is embedded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from foundation.papers.printing.sheets import Style

FANGSONG, TITLE, HEITI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
PITCH, SIZE, SPACING = 28.95, 16.0, -0.25  # points: line, sign, between signs
SMALL_PITCH, SMALL_SIZE = 24.0, 14.0
ROOM, WIDE_ROOM = 442.2, 637.8  # points between the margins
CELL, CELL_LINE, CELL_EDGE = 12.0, 18.0, 3.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set; sizes in points, ``indent`` of its first line in signs."""

    face: str = FANGSONG
    size: float = SIZE
    line: float = PITCH
    align: ALIGN = ALIGN.JUSTIFY
    indent: int = 0
    after: float = 0
    keeps: bool = False  # on the page of what follows

    @property
    def sign(self) -> float:
        """The width of a sign with its spacing."""
        return self.size + SPACING


BIG = Look(TITLE, 22, 36, ALIGN.CENTER, keeps=True)
FULL = {
    Style.ORGAN: BIG,
    Style.TITLE: BIG,
    Style.NUMBER: Look(align=ALIGN.CENTER, after=PITCH, keeps=True),
    Style.ADDRESSEE: Look(keeps=True),
    Style.BODY: Look(indent=2),
    Style.HEADING: Look(HEITI, indent=2, keeps=True),
    Style.SIGNED: Look(align=ALIGN.CENTER),
    Style.DATED: Look(align=ALIGN.CENTER),
    Style.NOTE: Look(indent=2),
}
CLOSE_BIG = Look(TITLE, 18, 28, ALIGN.CENTER, keeps=True)
CLOSE = {
    style: Look(look.face, SMALL_SIZE, SMALL_PITCH, look.align, look.indent, keeps=look.keeps)
    for style, look in FULL.items()
} | {
    Style.ORGAN: CLOSE_BIG,
    Style.TITLE: CLOSE_BIG,
    Style.NUMBER: Look(FANGSONG, SMALL_SIZE, SMALL_PITCH, ALIGN.CENTER, after=6, keeps=True),
}


@dataclass(frozen=True, slots=True)
class Looks:
    """The look of each style, in a full part and in a small one."""

    full: Mapping[Style, Look]
    small: Mapping[Style, Look]


def _tighter(
    looks: Mapping[Style, Look], title: Look, size: float, line: float
) -> dict[Style, Look]:
    """The same styles for a paper on one page: signs and lines of the given points."""
    big = (Style.ORGAN, Style.TITLE)
    return {
        style: title if style in big else replace(look, size=size, line=line, after=0)
        for style, look in looks.items()
    }


USUAL = Looks(FULL, CLOSE)
_SLIP = _tighter(CLOSE, replace(CLOSE_BIG, size=14, line=20), 12, 19)
ON_ONE = Looks(
    _tighter(FULL, replace(BIG, line=32), SIZE, 26),
    # Facts in a row: a line that breaks is not spread to the edge.
    _SLIP | {Style.ADDRESSEE: replace(_SLIP[Style.ADDRESSEE], align=ALIGN.LEFT)},
)
CLOSE_CUT = 18.0  # points: the line of a perforation on a paper of one page
