"""Sheets 9 在册未返名单 and 10 本月复学名单: one row a child, with names, without ID numbers."""

from foundation.workbooks.definition import Block, Branch, Leaf, ValueKind
from reporting.returns.sheets.definition import ReturnSheet

_WHO = (
    Leaf("no", "序号", ValueKind.WORD, 5),
    Leaf("number", "案号", ValueKind.WORD, 16),
    Leaf("school", "学校", ValueKind.TEXT, 22),
    Leaf("class_name", "年级班级", ValueKind.WORD, 11),
    Leaf("name", "姓名", ValueKind.WORD, 9),
    Leaf("sex", "性别", ValueKind.WORD, 5),
    Leaf("village", "户籍村（居）", ValueKind.TEXT, 16),
    Leaf("guardian", "监护人", ValueKind.WORD, 9),
)
_CONTACTS = Branch(
    "劝返情况",
    (
        Leaf("contacts", "次数", ValueKind.COUNT, 5.5),
        Leaf("contacted_on", "最近日期", ValueKind.WORD, 11),
    ),
)
_WHY = Leaf("cause", "原因", ValueKind.TEXT, 20, full_field="cause_full")

AWAY = Block(
    "away",
    (
        *_WHO,
        Branch(
            "缺勤情况",
            (
                Leaf("last_there", "最后到校", ValueKind.WORD, 11),
                Leaf("missed", "无故缺勤\n教学日", ValueKind.COUNT, 9),
            ),
        ),
        Leaf("category", "类别", ValueKind.WORD, 9.5),
        Leaf("stage_label", "处理阶段", ValueKind.WORD, 18),
        _CONTACTS,
        _WHY,
        Leaf("whereabouts", "目前去向", ValueKind.WORD, 10),
        Leaf("owner", "责任单位", ValueKind.TEXT, 20),
        Leaf("due_on", "到期日", ValueKind.WORD, 16),
    ),
    if_empty="本月末无在册未返学生",
)
RETURNED = Block(
    "returned",
    (
        *_WHO,
        Branch(
            "返校前",
            (
                Leaf("last_there", "最后到校", ValueKind.WORD, 11),
                Leaf("missed", "无故缺勤\n教学日", ValueKind.COUNT, 9),
                Leaf("category", "类别", ValueKind.WORD, 9.5),
            ),
        ),
        Leaf("returned_on", "复学日期", ValueKind.WORD, 11),
        Leaf("placement", "安置方式", ValueKind.WORD, 11),
        _CONTACTS,
        _WHY,
        Leaf("now", "目前状况", ValueKind.WORD, 13),
    ),
    if_empty="本月无复学学生",
)
NOT_BACK = ReturnSheet(
    "9",
    "9 在册未返名单",
    "{place}在册未返学生名单",
    (AWAY,),
    notes=(
        "按辍学、疑似辍学、未达疑似的顺序排列；未达疑似的为已进入处理程序、缺勤未满规定天数的学生。",
        "责任单位和到期日为该生最急一项未办结事项的承办单位和期限，与「待办」一致；没有未办结事项的，列处理阶段的承办单位。",
        "内部资料，含未成年人信息，不得公示和转发。",
    ),
    freeze_columns=5,
    names_children=True,
)
BACK = ReturnSheet(
    "10",
    "10 本月复学名单",
    "{place}本月复学学生名单",
    (RETURNED,),
    notes=(
        "列本月返校的学生，一人一行，一月内多次返校的列最后一次；类别为返校前一日的类别。",
        "由人员登记的返校，以点名核实的日期为复学日期；尚待核实的列在「在册未返名单」。",
        "内部资料，含未成年人信息，不得公示和转发。",
    ),
    freeze_columns=5,
    names_children=True,
)
