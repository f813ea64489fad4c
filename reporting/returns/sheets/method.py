"""Sheet 12 填表说明与口径: definitions of the numbers, values in force, results of the checks."""

from foundation.workbooks.definition import Block, Leaf, ValueKind
from reporting.returns.sheets.definition import ReturnSheet

DEFINITIONS = Block(
    "definitions",
    (
        Leaf("no", "序号"),
        Leaf("label", "指标", ValueKind.TEXT),
        Leaf("unit", "单位"),
        Leaf("formula", "计算方法", ValueKind.TEXT),
        Leaf("definition", "口径", ValueKind.TEXT),
        Leaf("source", "依据", ValueKind.TEXT),
    ),
    title="一、指标口径",
)
PARAMETERS = Block(
    "parameters",
    (
        Leaf("no", "序号"),
        Leaf("label", "参数", ValueKind.TEXT, span=2),
        Leaf("value", "本期取值", ValueKind.TEXT),
        Leaf("source", "依据", ValueKind.TEXT),
        Leaf("since", "生效日期"),
    ),
    title="二、本期采用的参数",
)
CHECKS = Block(
    "checks",
    (
        Leaf("no", "序号"),
        Leaf("label", "勾稽关系", ValueKind.TEXT, span=3),
        Leaf("sides", "核对数值", ValueKind.TEXT),
        Leaf("result", "结果", ValueKind.LIGHT),
    ),
    title="三、勾稽关系核对",
)
REMARKS = Block(
    "remarks",
    (Leaf("no", "序号"), Leaf("text", "说明", ValueKind.TEXT, span=5)),
    title="四、有关说明",
)
METHOD = ReturnSheet(
    "12",
    "12 填表说明与口径",
    "{place}控辍保学工作月报表填表说明与口径",
    (DEFINITIONS, PARAMETERS, CHECKS, REMARKS),
    unit="见各栏",
    is_signed=False,
    widths=(6, 24, 8, 34, 58, 30),
)
