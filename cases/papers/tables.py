"""Tables of a case's papers: facts in two columns of label and value, and what was written."""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.papers.printing.sheets import Block, PaperTable, Paragraph, Style

_FACTS = (1.2, 2.0, 1.2, 2.0)


def facts_table(names: Sequence[str], values: Mapping[str, Any]) -> PaperTable:
    """Label and value, two pairs a row; the last pair may stay empty."""
    pairs = [(name, str(values.get(name, ""))) for name in names]
    if len(pairs) % 2:
        pairs.append(("", ""))
    rows = tuple((*pairs[n], *pairs[n + 1]) for n in range(0, len(pairs), 2))
    return PaperTable(rows, widths=_FACTS)


def section(title: str, words: str) -> tuple[Block, ...]:
    """A heading, and below it what was written, a paragraph a line."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or ["　"]
    return (Paragraph(title, Style.HEADING), *(Paragraph(line) for line in lines))
