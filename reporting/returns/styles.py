"""The look of a county's sheets: one shared style for each kind of cell (stack 4, forms 1.2)."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from reporting.returns.layout import Look

FONT = "宋体"
TITLE, PERIOD, INFO_LEFT, INFO_MIDDLE, INFO_RIGHT = (
    "表题",
    "期间",
    "填报单位",
    "计量单位",
    "填报时间",
)
BLOCK_TITLE, NOTE, SIGNATURE = "小标题", "注", "签名"

_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NONE = Border()


def _style(
    name: str,
    across: str,
    *,
    size: float = 10,
    bold: bool = False,
    box: bool = True,
    fill: str = "",
    colour: str = "000000",
    number_format: str = "@",
    wrap: bool = True,
) -> NamedStyle:
    style: Any = NamedStyle(name=name)
    style.font = Font(name=FONT, size=size, bold=bold, color=colour)
    style.alignment = Alignment(horizontal=across, vertical="center", wrap_text=wrap)
    style.border = _BOX if box else _NONE
    style.number_format = number_format
    if fill:
        style.fill = PatternFill("solid", start_color=fill, end_color=fill)
    return style


def named_styles() -> tuple[NamedStyle, ...]:
    """Every style of the workbook, made once for each."""
    whole, rate = "#,##0", "0.00%"
    return (
        _style(TITLE, "center", size=18, bold=True, box=False, wrap=False),
        _style(PERIOD, "center", size=12, box=False, wrap=False),
        _style(INFO_LEFT, "left", box=False, wrap=False),
        _style(INFO_MIDDLE, "center", box=False, wrap=False),
        _style(INFO_RIGHT, "right", box=False, wrap=False),
        _style(BLOCK_TITLE, "left", size=12, bold=True, box=False, wrap=False),
        _style(NOTE, "left", size=9, box=False),
        _style(SIGNATURE, "left", size=11, box=False, wrap=False),
        _style(Look.HEAD, "center", bold=True, fill="F2F2F2"),
        _style(Look.CITED, "center", size=9),
        _style(Look.TEXT, "left"),
        _style(Look.WORD, "center"),
        _style(Look.COUNT, "center", number_format=whole),
        _style(Look.RATE, "center", number_format=rate),
        _style(Look.RED, "center", bold=True, fill="FFC7CE", colour="9C0006"),
        _style(Look.YELLOW, "center", fill="FFEB9C", colour="7F6000"),
        _style(Look.GREEN, "center", fill="E2EFDA", colour="375623"),
        _style(Look.TOTAL, "center", bold=True),
        _style(Look.TOTAL_COUNT, "center", bold=True, number_format=whole),
        _style(Look.TOTAL_RATE, "center", bold=True, number_format=rate),
        _style(Look.EMPTY, "center", size=12),
    )
