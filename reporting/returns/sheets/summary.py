"""Sheet 1 汇总: the rates with their control lines, then the counts of the month."""

from foundation.workbooks.definition import Block, Leaf, ValueKind
from reporting.returns.sheets.definition import ReturnSheet

RATES = Block(
    "rates",
    (
        Leaf("label", "指标", ValueKind.TEXT),
        Leaf("stage", "学段"),
        Leaf("numerator", "分子", ValueKind.COUNT),
        Leaf("base", "基数", ValueKind.COUNT),
        Leaf("rate", "比率", ValueKind.RATE, numerator=("numerator",), base=("base",)),
        Leaf("line", "控制线"),
        Leaf("allowed", "控制线内\n允许人数", ValueKind.COUNT),
        Leaf("light", "状态", ValueKind.LIGHT),
        Leaf("meaning", "分子÷基数", ValueKind.TEXT, span=2),
    ),
    title="一、主要指标与控制线",
)
COUNTS = Block(
    "counts",
    (
        Leaf("label", "项目", ValueKind.TEXT, span=2),
        Leaf("unit", "单位"),
        Leaf("primary", "小学", ValueKind.COUNT),
        Leaf("junior", "初中", ValueKind.COUNT),
        Leaf("all", "合计", ValueKind.COUNT, adds=("primary", "junior")),
        Leaf("meaning", "说明", ValueKind.TEXT, span=4),
    ),
    title="二、本月情况",
)
SUMMARY = ReturnSheet(
    "1",
    "1 汇总",
    "{place}控辍保学工作月报表（汇总）",
    (RATES, COUNTS),
    notes=(
        "辍学率按小学、初中分别与控制线比较，「≤」含本数；按原始数值比较，不按四舍五入后的数值。",
        "控制线内允许人数＝控制线×基数，取整数部分；基数为0的比率以「—」表示。",
        "状态：高于控制线为红，达到控制线80%及以上为黄，其余为绿。各指标口径见「填表说明与口径」。",
    ),
    widths=(24, 10, 12, 13, 13, 13, 13, 14, 24, 36),
    fits_one_page=True,
)
