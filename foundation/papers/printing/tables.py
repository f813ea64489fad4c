"""Tables that papers of every storey share: records, and lines for signatures."""

from collections.abc import Sequence

from foundation.papers.printing.sheets import PaperTable

_SIGNED = (1.5, 1.9, 1.6)
BLANK_DAY = "　　年　月　日"


def record_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> PaperTable:
    """A head, and a row a record; one empty row where there is none."""
    told = tuple(tuple(str(cell) for cell in row) for row in rows)
    return PaperTable((tuple(heads), *(told or (("",) * len(heads),))), 1, tuple(widths))


def signature_table(names: Sequence[str]) -> PaperTable:
    """Who signs by hand, each with the day."""
    heads = ("签名人", "签名", "日期")
    rows = ((name, "", BLANK_DAY) for name in names)
    return PaperTable((heads, *rows), 1, _SIGNED, whole=True)
