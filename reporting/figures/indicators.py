"""The indicators: definition, source and control line of each number of a return.

One of the four tables of the product. Sheets take labels and definitions from here. A rate is a
numerator and a base, never a float (domain 4.1, 4.3 D-C, 4.6).
"""

from dataclasses import dataclass
from enum import StrEnum

BASIS_POINTS = 10_000
NEAR_PERCENT = 80  # 县级默认: from 80 % of the control line on the light is yellow


class Light(StrEnum):
    """Where a rate stands relative to its control line, in words. The colour repeats the words."""

    RED = "超线（红）"
    YELLOW = "接近（黄）"
    GREEN = "未超（绿）"
    NONE = "—"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A count (no numerator), or a rate of two sums of counts.

    ``line`` names the field of Parameters with the control lines by stage, in basis points.
    ``is_operational`` marks a figure about the work that enters no reported rate. ``source`` is
    printed on the sheets. ``rule`` names the rule of the specification.
    """

    code: str
    label: str
    unit: str
    definition: str
    source: str
    rule: str
    numerator: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    line: str = ""
    is_operational: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate, which has a base."""
        return bool(self.base)


# (printed, rule of the specification)
_ROLL = ("学籍管理规定", "domain 4.1")
_SUSPECTED = ("学籍系统疑似辍学标注口径；粤教基〔2009〕3号", "P11, N6")
_DROPOUT = ("辽宁省学籍规定（连续4周）", "P12, N7")
_CLEARED = ("台账勾稽关系", "forms 1.6 (4)")
_YEAR = ("茂政发〔2023〕6号 三", "R68, 4.3 D-C")
_ORDER = ("义务教育法 第五十八条", "R15, R16")
_WORK = ("工作统计", "forms 1.5, B21")

INDICATORS: tuple[Indicator, ...] = (
    Indicator("enrolled", "在籍学生数", "人", "统计时点当日在学籍名册内的学生数。", *_ROLL),
    Indicator(
        "enrolled_at_start",
        "学年初在籍学生数",
        "人",
        "本学年9月1日在学籍名册内的学生数，是辍学率的基数。",
        *_YEAR,
    ),
    Indicator(
        "suspected_carried",
        "疑似辍学·上月结转",
        "人",
        "上月末已达疑似辍学标准、尚未返校的学生数。",
        *_SUSPECTED,
    ),
    Indicator(
        "suspected_new",
        "疑似辍学·本月新增",
        "人次",
        "本月内达到疑似辍学标准的人次；月内返校不满十个教学日又离校并再次达到标准的，不计新增和核销。",
        *_SUSPECTED,
    ),
    Indicator(
        "suspected_worse",
        "疑似辍学·转入辍学",
        "人次",
        "本月内由疑似辍学达到辍学标准、转列辍学栏的人次。",
        *_DROPOUT,
    ),
    Indicator(
        "suspected_cleared",
        "疑似辍学·本月核销",
        "人次",
        "本月内因返校或销号不再列为疑似辍学的人次，不含转入辍学。",
        *_CLEARED,
    ),
    Indicator(
        "suspected_end",
        "疑似辍学·月末数",
        "人",
        "统计时点距最后到校已超过规定天数、且无故缺勤已满规定教学日、未达辍学标准的学生数。",
        *_SUSPECTED,
    ),
    Indicator(
        "dropout_carried",
        "辍学·上月结转",
        "人",
        "上月末已达辍学标准、尚未返校的学生数。",
        *_DROPOUT,
    ),
    Indicator(
        "dropout_new",
        "辍学·本月新增",
        "人次",
        "本月内达到辍学标准的人次；月内返校不满十个教学日又离校并再次达到标准的，不计新增和劝返复学。"
        "学籍变动月报的「减少·辍学」只列月初在校、月末辍学的学生，不含转出待确认、休学期间辍学的"
        "和月内已返校的，可能更少。",
        *_DROPOUT,
    ),
    Indicator(
        "dropout_back",
        "辍学·本月劝返复学",
        "人次",
        "本月内由辍学返校的人次，以点名到校为准；由人员登记的返校经点名核实后计入。"
        "学籍变动月报的「增加·复学」只列月初辍学、月末在校的学生，不含月内辍学又返校的，可能更少。",
        *_CLEARED,
    ),
    Indicator(
        "dropout_other",
        "辍学·本月其他销号",
        "人次",
        "本月内因转学核实、批准休学、死亡、出国等其他原因销号的人次。",
        *_CLEARED,
    ),
    Indicator(
        "dropout_end",
        "辍学·月末数",
        "人",
        "统计时点无故缺勤已满规定教学日，或经校长认定、公安查找确认失联，未返校且未销号的学生数。",
        *_DROPOUT,
    ),
    Indicator(
        "dropout_of_year",
        "本学年辍学未返人数",
        "人",
        "辍学月末数中，在本学年内达到辍学标准的学生数，是辍学率的分子。",
        *_YEAR,
    ),
    Indicator(
        "lost",
        "其中失联",
        "人",
        "辍学月末数中，经公安机关书面回复查找无果（已上传）的学生数。",
        *_DROPOUT,
    ),
    Indicator(
        "ordered",
        "其中已送达限期复学通知书",
        "人",
        "辍学月末数中，统计时点前已送达限期复学通知书的学生数。",
        *_ORDER,
    ),
    Indicator(
        "returned",
        "本月复学人数",
        "人",
        "本月内返校的学生数，每名学生只计一次，含返校前尚未达到疑似辍学标准的，与复学名单一致；"
        "由人员登记的返校，点名显示到校后计入，未点名的班级满两个教学日没有缺勤记录后计入。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "return_times",
        "本月复学人次",
        "人次",
        "本月内返校的次数，同一学生一月内多次返校的，每次都计。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "away",
        "未返校在册个案",
        "人",
        "统计时点未返校、未销号的个案数，与在册未返名单一致。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "below",
        "其中未达疑似",
        "人",
        "未返校在册个案中尚未达到疑似辍学标准的，不计入任何比率。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "overdue",
        "本月逾期事项",
        "项",
        "到期日次日落在本月（截至统计时点）、到期未完成的工作事项数。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "rolls_due",
        "应点名班次（上下午）",
        "班次",
        "本月（截至统计时点）各班在有学生的教学日应点名的次数，逐班逐日计；"
        "上下午分别点名的学校每日计2次；学校名册导入系统之前的日子不计。点名提交率表的「早上应点班次」只计每天第一次点名。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "rolls_called",
        "已点名班次（上下午）",
        "班次",
        "应点名班次中已经提交的次数；未点名不视为全勤。",
        *_WORK,
        is_operational=True,
    ),
    Indicator(
        "dropout_rate",
        "辍学率",
        "%",
        "学年内确认辍学且统计时点未复学的学生数÷学年初在籍学生数。"
        "以缺勤时间为准，与处理阶段无关；小学、初中分别计算。",
        *_YEAR,
        numerator=("dropout_of_year",),
        base=("enrolled_at_start",),
        line="control_lines",
    ),
    Indicator(
        "return_rate",
        "劝返率",
        "%",
        "本月劝返复学人次÷（辍学上月结转＋本月新增）。",
        *_WORK,
        numerator=("dropout_back",),
        base=("dropout_carried", "dropout_new"),
        is_operational=True,
    ),
    Indicator(
        "roll_rate",
        "点名率（上下午）",
        "%",
        "已点名班次÷应点名班次。",
        *_WORK,
        numerator=("rolls_called",),
        base=("rolls_due",),
        is_operational=True,
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
COUNTS = tuple(one.code for one in INDICATORS if not one.is_rate)
RATES = tuple(one for one in INDICATORS if one.is_rate)


def over_line(numerator: int, base: int, line_bp: int) -> bool:
    """Whether the exact rate is above the line of ``line_bp`` basis points. Integers only."""
    return numerator * BASIS_POINTS > line_bp * base


def light(numerator: int, base: int, line_bp: int | None) -> Light:
    """Red above the line, yellow from 80 % of it on, green below. None without line or base."""
    if line_bp is None or not base:
        return Light.NONE
    if over_line(numerator, base, line_bp):
        return Light.RED
    near = numerator * BASIS_POINTS * 100 >= NEAR_PERCENT * line_bp * base
    return Light.YELLOW if near and numerator else Light.GREEN


def allowed(base: int, line_bp: int) -> int:
    """How many dropouts the line allows: the largest whole number up to line times base (4.5)."""
    return line_bp * base // BASIS_POINTS


def line_words(line_bp: int | None) -> str:
    """A control line as sheets print it, e.g. ≤1.80%."""
    return "—" if line_bp is None else f"≤{line_bp // 100}.{line_bp % 100:02d}%"


def formula_words(rate: Indicator) -> str:
    """A rate's formula in words: 分子÷基数."""
    return f"{_sum_words(rate.numerator)}÷{_sum_words(rate.base)}"


def _sum_words(codes: tuple[str, ...]) -> str:
    words = "＋".join(BY_CODE[code].label for code in codes)
    return f"（{words}）" if len(codes) > 1 else words
