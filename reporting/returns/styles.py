"""The styles of a county's sheets, one for each kind of cell (stack 4, forms 1.2).

A workbook lists its styles in this order. Changing it changes the bytes of built returns.
"""

from collections.abc import Mapping
from typing import Any

from openpyxl.styles import NamedStyle

from foundation.workbooks.official import Dress
from foundation.workbooks.page import BLACK, NO_BOX, TEXT, CellLook, box, filled, font, middle
from reporting.returns.layout import FITS
from reporting.returns.layout import ReturnLook as Kind

BLOCK_TITLE = CellLook(style="小标题")
DRESS = Dress(
    title=CellLook(style="表题"),
    period=CellLook(style="期间"),
    info=(CellLook(style="填报单位"), CellLook(style="计量单位"), CellLook(style="填报时间")),
    signature=CellLook(style="签名"),
    note=CellLook(style="注"),
    period_height=20,
    signature_height=30,
    fits=FITS,
)
CELLS: Mapping[Kind, CellLook] = {kind: CellLook(style=kind.value) for kind in Kind}
_WHOLE, _RATE = "#,##0", "0.00%"


def _free(across: str, size: float = 10, *, bold: bool = False, wrap: bool = False) -> CellLook:
    """A style outside the table."""
    return CellLook(
        font(size, bold=bold, colour=BLACK), middle(across, wrap=wrap), NO_BOX, number_format=TEXT
    )


def _boxed(
    across: str = "center",
    size: float = 10,
    *,
    bold: bool = False,
    fill: str = "",
    colour: str = BLACK,
    number_format: str = TEXT,
) -> CellLook:
    """A style within the table."""
    ground = filled(fill) if fill else None
    face = font(size, bold=bold, colour=colour)
    return CellLook(face, middle(across), box(), ground, number_format)


_STYLES: Mapping[str, CellLook] = {
    "表题": _free("center", 18, bold=True),
    "期间": _free("center", 12),
    "填报单位": _free("left"),
    "计量单位": _free("center"),
    "填报时间": _free("right"),
    "小标题": _free("left", 12, bold=True),
    "注": _free("left", 9, wrap=True),
    "签名": _free("left", 11),
    Kind.HEAD: _boxed(bold=True, fill="F2F2F2"),
    Kind.CITED: _boxed(size=9),
    Kind.TEXT: _boxed("left"),
    Kind.WORD: _boxed(),
    Kind.COUNT: _boxed(number_format=_WHOLE),
    Kind.RATE: _boxed(number_format=_RATE),
    Kind.RED: _boxed(bold=True, fill="FFC7CE", colour="9C0006"),
    Kind.YELLOW: _boxed(fill="FFEB9C", colour="7F6000"),
    Kind.GREEN: _boxed(fill="E2EFDA", colour="375623"),
    Kind.TOTAL: _boxed(bold=True),
    Kind.TOTAL_COUNT: _boxed(bold=True, number_format=_WHOLE),
    Kind.TOTAL_RATE: _boxed(bold=True, number_format=_RATE),
    Kind.EMPTY: _boxed(size=12),
}


def named_styles() -> list[NamedStyle]:
    """Every style of the workbook. Each is made once."""
    styles = []
    for name, look in _STYLES.items():
        style: Any = NamedStyle(name=name)
        look.set_on(style)
        styles.append(style)
    return styles
