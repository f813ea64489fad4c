"""Sheet 1 汇总: the rates with their control lines, then the month in counts."""

from reporting.returns.sheets.definition import Block, Kind, Leaf, Sheet

RATES = Block(
    "rates",
    (
        Leaf("label", "指标", Kind.TEXT),
        Leaf("stage", "学段"),
        Leaf("numerator", "分子", Kind.COUNT),
        Leaf("base", "基数", Kind.COUNT),
        Leaf("rate", "比率", Kind.RATE, numerator=("numerator",), base=("base",)),
        Leaf("line", "控制线"),
        Leaf("allowed", "控制线内\n允许人数", Kind.COUNT),
        Leaf("light", "状态", Kind.LIGHT),
        Leaf("meaning", "分子÷基数", Kind.TEXT, span=2),
    ),
    title="一、主要指标与控制线",
)
COUNTS = Block(
    "counts",
    (
        Leaf("label", "项目", Kind.TEXT, span=2),
        Leaf("unit", "单位"),
        Leaf("primary", "小学", Kind.COUNT),
        Leaf("junior", "初中", Kind.COUNT),
        Leaf("all", "合计", Kind.COUNT, adds=("primary", "junior")),
        Leaf("meaning", "说明", Kind.TEXT, span=4),
    ),
    title="二、本月情况",
)
SUMMARY = Sheet(
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
