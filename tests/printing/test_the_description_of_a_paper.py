"""The description of a paper refuses what cannot be printed."""

import pytest

from foundation.papers.printing.sheets import (
    Gap,
    PaperTable,
    Paragraph,
    Part,
    Pictures,
    Sheet,
    Style,
)

SIGNED, DATED = (
    Paragraph("甲县乙镇人民政府", Style.SIGNED),
    Paragraph("2026年11月23日", Style.DATED),
)


@pytest.mark.parametrize(
    ("rows", "heads", "widths"),
    [
        ((), 0, ()),
        (((),), 0, ()),
        ((("a", "b"), ("c",)), 0, ()),
        ((("a", "b"),), 0, (1.0,)),
        ((("a", "b"),), 0, (1.0, 0.0)),
        ((("a", "b"),), 2, ()),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused(
    rows: tuple[tuple[str, ...], ...], heads: int, widths: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="table"):
        PaperTable(rows, heads, widths)


def test_the_columns_of_a_table_fill_its_line() -> None:
    assert PaperTable((("a", "b"),), widths=(1, 3)).shares == (0.25, 0.75)
    assert PaperTable((("a", "b"),)).shares == (0.5, 0.5)


@pytest.mark.parametrize("address", ["https://example.org/a.jpg", "/media/a.jpg", "file:///a.jpg"])
def test_a_picture_that_does_not_stand_in_the_paper_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="stands in the paper"):
        Pictures(((address, "诊断证明"),))


def test_a_paper_without_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="part"):
        Sheet(())


def test_the_seal_goes_where_a_date_follows_a_signature() -> None:
    assert Part("正文", (Paragraph("正文"), SIGNED, DATED)).is_sealed
    assert not Part("存根", (SIGNED, Gap(), DATED)).is_sealed
    assert not Part("送达回证", (DATED,)).is_sealed
