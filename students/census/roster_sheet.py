"""What the 六年级学生名册交接单 says of a roster: the list, the totals, the two schools (T14)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from foundation.days import full_day_words
from foundation.papers.printing.sheets import Block, PaperTable
from foundation.papers.printing.tables import BLANK_DAY, record_table
from foundation.papers.rules.merging import MergeField
from students.census.models import Handover, HandoverRow

CODE, ABOUT = "handover", "handover"
LIST, CHILDREN = "名册", "学生"
FROM, TO, YEAR = "移交学校", "接收学校", "入学年度"
_HEADS = ("序号", "姓名", "性别", "出生日期", "证件号", "班级", "特殊情况", "备注")
_WIDTHS = (0.75, 1.1, 0.75, 1.7, 2.4, 1.4, 1.5, 1.6)
FIELDS = (
    MergeField(YEAR, "2026", required=True),
    MergeField(FROM, "东镇小学", required=True),
    MergeField(TO, "东镇中学", required=True),
    MergeField("总人数", "86", required=True),
    MergeField("男生人数", "45"),
    MergeField("女生人数", "41"),
    MergeField("各班人数", "六年级1班43人，六年级2班43人"),
    MergeField("特殊情况", "其中随父母外出就读2人。"),
)


def values_of(handover: Handover) -> dict[str, Any]:
    """The values of the paper's fields, its list, and the keys of the children for the audit."""
    rows = list(handover.rows.select_related("child", "school_class"))
    year = handover.school_year - 1
    classes = Counter(row.school_class.name_in(year) for row in rows)
    exceptions = Counter(row.exception_label for row in rows if row.exception)
    return {
        YEAR: str(handover.school_year),
        FROM: handover.from_school.unit.name,
        TO: handover.to_school.unit.name,
        "总人数": str(len(rows)),
        "男生人数": str(sum(row.child.sex == "1" for row in rows)),
        "女生人数": str(sum(row.child.sex == "2" for row in rows)),
        "各班人数": _counted(classes),
        "特殊情况": f"其中{_counted(exceptions)}。" if exceptions else "无特殊情况。",
        LIST: [_line(number, row, year) for number, row in enumerate(rows, 1)],
        CHILDREN: [row.child_id for row in rows],
    }


def _counted(found: Mapping[str, int]) -> str:
    return "，".join(f"{name}{count}人" for name, count in sorted(found.items()))


def _line(number: int, row: HandoverRow, year: int) -> list[str]:
    child = row.child
    return [
        str(number),
        child.name,
        child.sex_label,
        full_day_words(child.born_on) if child.born_on else "",
        child.masked_id or "无",
        row.school_class.name_in(year),
        row.exception_label,
        row.remark,
    ]


def tables_of(values: Mapping[str, Any]) -> tuple[Block, ...]:
    """The list, and the places where both schools sign by hand."""
    signed = PaperTable(
        (
            ("", "移交学校", "接收学校"),
            ("单位（盖章）", str(values.get(FROM, "")), str(values.get(TO, ""))),
            ("负责人签名", "", ""),
            ("经办人签名", "", ""),
            ("日期", BLANK_DAY, BLANK_DAY),
        ),
        heads=1,
        widths=(1.0, 2.0, 2.0),
        whole=True,
    )
    return (record_table(_HEADS, values.get(LIST, ()), _WIDTHS), signed)
