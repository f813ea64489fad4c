"""Sheets 2 分学校 and 3 分乡镇: the counts of a month under one header tree (forms B21)."""

from foundation.workbooks.definition import Block, Branch, Leaf, TotalRow, ValueKind
from reporting.figures.indicators import BY_CODE
from reporting.returns.sheets.definition import ReturnSheet


def _count(code: str, label: str = "", width: float = 5.6) -> Leaf:
    words = label or BY_CODE[code].label.rsplit("·", 1)[-1]
    return Leaf(code, words, ValueKind.COUNT, width, total=True)


def _rate(code: str, width: float = 7.6) -> Leaf:
    rate = BY_CODE[code]
    return Leaf(code, rate.label, ValueKind.RATE, width, numerator=rate.numerator, base=rate.base)


FIGURES = (
    _count("enrolled", width=7.6),
    Branch(
        "疑似辍学",
        (
            _count("suspected_carried"),
            _count("suspected_new"),
            _count("suspected_worse"),
            _count("suspected_cleared"),
            _count("suspected_end"),
        ),
    ),
    Branch(
        "辍学",
        (
            _count("dropout_carried"),
            _count("dropout_new"),
            _count("dropout_back", width=6.2),
            _count("dropout_other", width=6.2),
            _count("dropout_end"),
            Branch("其中", (_count("lost", "失联"), _count("ordered", "已送达通知书", 6.6))),
        ),
    ),
    Branch(
        "辍学率",
        (
            _count("dropout_of_year", "本学年辍学未返", 6.6),
            _count("enrolled_at_start", "学年初在籍", 7.6),
            _rate("dropout_rate"),
            Leaf("line", "控制线", ValueKind.WORD, 7.6),
            Leaf("light", "状态", ValueKind.LIGHT, 11),
        ),
    ),
    Branch(
        "个案与工作",
        (
            _count("returned", "本月复学"),
            _count("away", "未返校在册个案", 6.6),
            _count("below", "其中未达疑似", 6.6),
            _count("overdue", "本月逾期事项", 6.6),
        ),
    ),
    Branch(
        "点名（上下午）",
        (
            _count("rolls_called", "已点班次", 7),
            _count("rolls_due", "应点班次", 7),
            _rate("roll_rate", 8.2),
        ),
    ),
)

TOTALS = (
    TotalRow("合计"),
    TotalRow("其中：小学", "stage", "小学", given="小学"),
    TotalRow("其中：初中", "stage", "初中", given="初中"),
)

NOTES = (
    "以统计时点的缺勤时间划分疑似辍学和辍学，与处理阶段无关；「其中未达疑似」不计入任何比率。",
    "「新增」「转入辍学」「核销」「劝返复学」「其他销号」为本月发生人次，其余人数为时点数。",
    "比率的分子和基数并列于左；基数为0的以「—」表示；控制线按原始数值比较，不按四舍五入后的数值。",
)

SCHOOLS = Block(
    "schools",
    (
        Leaf("no", "序号", ValueKind.WORD, 5),
        Leaf("township", "乡镇", ValueKind.WORD, 16),
        Leaf("school", "学校", ValueKind.TEXT, 26),
        Leaf("stage", "学段", ValueKind.WORD, 6),
        *FIGURES,
    ),
    totals=TOTALS,
    label_columns=4,
    has_numbers=True,
    if_empty="本县尚无在用学校",
)
TOWNSHIPS = Block(
    "townships",
    (
        Leaf("no", "序号", ValueKind.WORD, 5),
        Leaf("township", "乡镇", ValueKind.WORD, 16),
        Leaf("stage", "学段", ValueKind.WORD, 6),
        *FIGURES,
    ),
    totals=TOTALS,
    label_columns=3,
    has_numbers=True,
    if_empty="本县尚无在用学校",
)

BY_SCHOOL = ReturnSheet(
    "2",
    "2 分学校",
    "{place}控辍保学工作月报表（分学校）",
    (SCHOOLS,),
    notes=NOTES,
    freeze_columns=4,
)
BY_TOWNSHIP = ReturnSheet(
    "3",
    "3 分乡镇",
    "{place}控辍保学工作月报表（分乡镇）",
    (TOWNSHIPS,),
    notes=("乡镇按学校所在地归并；不在本县学校在籍的儿童少年计入户籍所在乡镇。", *NOTES),
    freeze_columns=3,
)
