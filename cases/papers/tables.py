"""Tables of a case's papers: facts in two columns of label and value, records, signatures."""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.papers.printing.sheets import Block, PaperTable, Paragraph, Style

_FACTS = (1.2, 2.0, 1.2, 2.0)
_SIGNED = (1.5, 1.9, 1.6)
BLANK_DAY = "　　年　月　日"


def facts_table(names: Sequence[str], values: Mapping[str, Any]) -> PaperTable:
    """Label and value, two pairs a row; the last pair may stay empty."""
    pairs = [(name, str(values.get(name, ""))) for name in names]
    if len(pairs) % 2:
        pairs.append(("", ""))
    rows = tuple((*pairs[n], *pairs[n + 1]) for n in range(0, len(pairs), 2))
    return PaperTable(rows, widths=_FACTS)


def record_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> PaperTable:
    """A head, and a row a record; one empty row where there is none."""
    told = tuple(tuple(str(cell) for cell in row) for row in rows)
    return PaperTable((tuple(heads), *(told or (("",) * len(heads),))), 1, tuple(widths))


def section(title: str, words: str) -> tuple[Block, ...]:
    """A heading, and below it what was written, a paragraph a line."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or ["　"]
    return (Paragraph(title, Style.HEADING), *(Paragraph(line) for line in lines))


def signature_table(names: Sequence[str]) -> PaperTable:
    """Who signs by hand, each with the day."""
    heads = ("签名人", "签名", "日期")
    rows = ((name, "", BLANK_DAY) for name in names)
    return PaperTable((heads, *rows), 1, _SIGNED, whole=True)
