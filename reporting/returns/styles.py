"""The styles of a county's sheets, one for each kind of cell (stack 4, forms 1.2).

A workbook lists its styles in this order. Changing it changes the bytes of built returns.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from openpyxl.styles import NamedStyle

from foundation.workbooks.dress import BookLook as Kind
from foundation.workbooks.dress import Dress, TopLine
from foundation.workbooks.measure import text_lines
from foundation.workbooks.page import BLACK, CellLook, boxed, free
from reporting.figures.indicators import Light
from reporting.returns.paper import set_paper

_FITS = 1.12  # widths count characters of 11 points, our text has 10
_WHOLE, _RATE = "#,##0", "0.00%"


_free, _boxed = partial(free, wrap=False, colour=BLACK), partial(boxed, colour=BLACK)
_OUTSIDE: Mapping[str, CellLook] = {
    "表题": _free(18, bold=True),
    "期间": _free(12),
    "填报单位": _free(across="left"),
    "计量单位": _free(),
    "填报时间": _free(across="right"),
    "小标题": _free(12, "left", bold=True),
    "注": _free(9, "left", wrap=True),
    "签名": _free(11, "left"),
}
_CELLS: Mapping[Kind, tuple[str, CellLook]] = {
    Kind.HEAD: ("表头", _boxed(bold=True, fill="F2F2F2")),
    Kind.CITED: ("栏次", _boxed(size=9)),
    Kind.TEXT: ("文字", _boxed(across="left")),
    Kind.WORD: ("短语", _boxed()),
    Kind.COUNT: ("人数", _boxed(number_format=_WHOLE)),
    Kind.RATE: ("比率", _boxed(number_format=_RATE)),
    Kind.RED: ("红", _boxed(bold=True, fill="FFC7CE", colour="9C0006")),
    Kind.YELLOW: ("黄", _boxed(fill="FFEB9C", colour="7F6000")),
    Kind.GREEN: ("绿", _boxed(fill="E2EFDA", colour="375623")),
    Kind.TOTAL: ("合计", _boxed(bold=True)),
    Kind.TOTAL_COUNT: ("合计人数", _boxed(bold=True, number_format=_WHOLE)),
    Kind.TOTAL_RATE: ("合计比率", _boxed(bold=True, number_format=_RATE)),
    Kind.EMPTY: ("空表", _boxed(size=12)),
}


def _styled(*names: str) -> tuple[CellLook, ...]:
    return tuple(CellLook(style=name) for name in names)


DRESS = Dress(
    top=(
        TopLine(_styled("表题"), 34),
        TopLine(_styled("期间"), 20),
        TopLine(_styled("填报单位", "计量单位", "填报时间"), 22),
    ),
    looks={kind: CellLook(style=name) for kind, (name, _) in _CELLS.items()},
    lines=lambda text, width: text_lines(text, width * _FITS - 1),
    line=14,
    room=7,
    paper=set_paper,
    colours={
        Light.RED: Kind.RED,
        Light.YELLOW: Kind.YELLOW,
        Light.GREEN: Kind.GREEN,
        "不符": Kind.RED,
        "相符": Kind.GREEN,
    },
    untold="—",
    lowest=21,
    total_height=21,
    empty_height=30,
    block_title=CellLook(style="小标题"),
    signature=CellLook(style="签名"),
    signature_height=30,
    note=CellLook(style="注"),
    fits=_FITS,
)


def named_styles() -> list[NamedStyle]:
    """Every style of the workbook. Each is made once."""
    styles = []
    for name, look in (*_OUTSIDE.items(), *_CELLS.values()):
        style: Any = NamedStyle(name=name)
        look.set_on(style)
        styles.append(style)
    return styles
