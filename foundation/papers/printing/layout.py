"""Where the pieces of a paper go: pages, perforation, signature and seal (forms 3.1, 3.3).

What the print page, the PDF and the DOCX have to decide alike is decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from foundation.papers.printing.sheets import (
    Block,
    Paragraph,
    Part,
    Sheet,
    Style,
)
from foundation.workbooks.measure import text_width

SIGNING = (Style.SIGNED, Style.DATED)
DATE_INDENT = 4  # signs from the right edge to the date, where a seal is pressed on it
CUT_ROOM = 28  # signs on the line of a perforation: WPS draws its dots wider than a page does
SCANNED = "扫码核验"  # under the code
SEAL = "（印章）"
PREVIEW = "预览件，正式文件以盖章纸质件为准"


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期, centred on each other.

    ``indent`` is the room to the right of the wider line, in half signs. ``qr`` is the address of
    the code at its left, or nothing.
    """

    lines: tuple[str, ...]
    is_sealed: bool
    indent: int
    qr: str | None = None


Piece = Block | Signature


def pieces(part: Part, qr: str | None = None) -> Iterator[Piece]:
    """The blocks of a part in order; a 署名 with its date is one piece, so that it stays whole."""
    for is_signing, run in groupby(part.blocks, key=_is_signing):
        if is_signing:
            yield _signature([block for block in run if isinstance(block, Paragraph)], qr)
        else:
            yield from run


def _is_signing(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in SIGNING


def _signature(run: list[Paragraph], qr: str | None) -> Signature:
    widths = [text_width(paragraph.text) for paragraph in run]
    dates = [width for width, one in zip(widths, run, strict=True) if one.style is Style.DATED]
    is_sealed = len(run) > len(dates) > 0
    # The date keeps its four signs; a longer 署名 reaches beyond it, to the edge at most.
    beyond = (max(widths) - dates[0]) // 2 if dates else 0
    lines = tuple(paragraph.text for paragraph in run)
    return Signature(lines, is_sealed, max(0, 2 * DATE_INDENT - beyond), qr)


def code_part(sheet: Sheet) -> Part | None:
    """The part that bears the code: the first one with a seal."""
    return next((part for part in sheet.parts if part.is_sealed), None)


def opens_page(sheet: Sheet, index: int) -> bool:
    """Whether a part begins a page: all but a small one after a small one, where both fit, and
    those of a paper on one page."""
    parts = sheet.parts
    both_small = index > 0 and parts[index].small and parts[index - 1].small
    return index > 0 and not (both_small or sheet.on_one)


def cut(number: str) -> str:
    """The perforation above a part, with the number across it: ``……（茂政教限〔2026〕3号）……``."""
    words = f"（{number}）" if number else ""
    dots = "…" * max(2, (2 * CUT_ROOM - text_width(words)) // 4)
    return f"{dots}{words}{dots}"
