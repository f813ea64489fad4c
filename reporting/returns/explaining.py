"""Sheet 12 in words: definitions of the numbers, values in force, checks, remarks."""

from typing import Any

from foundation.accounts.models import Parameter
from foundation.accounts.parameters import BY_CODE as SPECS
from foundation.days import full_day_words
from reporting.figures.indicators import INDICATORS, Indicator, formula_words, line_words
from reporting.figures.loading import MonthFacts
from reporting.figures.months import ReturnMonth
from reporting.figures.tallies import STAGES
from reporting.returns.checking import Checked

Row = dict[str, Any]

PRINTED = ("P1", "P11", "P11S", "P12", "P18")  # parameters on which the figures depend


def definition_rows() -> list[Row]:
    """The indicators with their definitions."""
    return [
        {
            "no": n,
            "label": one.label,
            "unit": one.unit,
            "formula": formula_words(one) if one.is_rate else "计数",
            "definition": _definition(one),
            "source": one.source,
        }
        for n, one in enumerate(INDICATORS, start=1)
    ]


def parameter_rows(facts: MonthFacts) -> list[Row]:
    """The values in force on the day of the figures, with the county's own source if it has one."""
    found = (
        Parameter.objects.standing()
        .filter(county=facts.county, code__in=PRINTED, valid_from__lte=facts.month.as_of)
        .order_by("valid_from", "id")
    )
    own = {row.code: row for row in found}
    return [
        {
            "no": n,
            "label": SPECS[code].label,
            "value": _value_words(code, getattr(facts.rules, SPECS[code].field)),
            "source": own[code].source if code in own else SPECS[code].source,
            "since": own[code].valid_from.isoformat() if code in own else "默认值",
        }
        for n, code in enumerate(PRINTED, start=1)
    ]


def _value_words(code: str, value: Any) -> str:
    if code == "P18":
        return "；".join(f"{name}{line_words(value.get(key))}" for key, name in STAGES.items())
    return f"{value}个{SPECS[code].unit}" if SPECS[code].unit.endswith("日") else str(value)


def check_rows(checked: list[Checked]) -> list[Row]:
    """Each relation with its result. Failures are printed too."""
    return [
        {
            "no": n,
            "label": one.label,
            "sides": _found(one),
            "result": "相符" if one.is_kept else "不符",
        }
        for n, one in enumerate(checked, start=1)
    ]


def _found(one: Checked) -> str:
    if one.is_kept:
        return f"共核对{one.compared}项，全部相符"
    more = f"等{len(one.failures)}项" if len(one.failures) > 5 else ""
    return f"不符：{'；'.join(one.failures[:5])}{more}"


def _definition(one: Indicator) -> str:
    return f"{one.definition}（工作性指标）" if one.is_operational else one.definition


def remark_rows(month: ReturnMonth) -> list[Row]:
    """The remarks: day of the figures, definitions not used, calendar, how to check a number."""
    texts = (
        f"统计时点：{full_day_words(month.as_of)}；"
        f"本月指{month.first:%Y-%m-%d}至统计时点，上月结转以{month.before:%Y-%m-%d}为准；"
        f"学年初指{month.year_start:%Y-%m-%d}。",
        "辍学率采用学籍口径：学年内确认辍学且统计时点未复学的学生数÷学年初在籍学生数。"
        "不含经批准的休学、已核实的转学、死亡、出国（境）；含未核实去向的转出和失联。",
        "与其他口径的区别：教育统计传统口径（学年内辍学学生总数÷学年初在校学生总数）把休学、"
        "退学和转出未就学一并计入分子；“两基”口径以（休学＋退学＋死亡＋转出＋其他减少）－（转入＋"
        "其他增加）为分子、逐校计算后汇总。三种口径不能混用，也不能互相比较。",
        "以往学年已辍学、至今未返的学生列入「辍学·月末数」，不列入本学年辍学率的分子。",
        "教学日按县教育局登记的校历计算：法定节假日、寒暑假和停课日不计，调休上课和补课日计入；"
        "未登记校历的年份暂按周一至周五计算。",
        "未点名的日子既不计为到校，也不计为缺勤；补点名或更正点名后，本表须重新生成。",
        "返校当日是上课日的，为观察期和连续在校天数的第1天；其他期限自次日起算，当日不计。",
        "由人员登记的返校，点名显示到校后才计为返校；未点名的班级，满两个教学日没有缺勤记录后计入；"
        "更正了的到校记录视同没有发生。",
        "辍学除按缺勤天数外，还包括校长在当面劝返未果后认定的（已外出务工、已结婚、监护人书面拒绝送返），"
        "以及公安机关书面回复查找无果的；已撤销的认定不计。",
        "数字的核对：各项人数可在「在册未返名单」「本月复学名单」逐人核对，再按案号查阅个案记录；"
        "合计行均为公式，可逐格查看。",
    )
    return [{"no": n, "text": text} for n, text in enumerate(texts, start=1)]
