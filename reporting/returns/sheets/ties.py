"""The checks of F16 as data: every relation that its numbers must satisfy (forms 1.6)."""

from foundation.workbooks.definition import ValueKind
from reporting.returns.sheets.definition import Check
from reporting.returns.sheets.statistics import SCHOOLS

_SUSPECTED = (
    "{0}.suspected_carried",
    "{0}.suspected_new",
    "-{0}.suspected_worse",
    "-{0}.suspected_cleared",
)
_DROPOUT = ("{0}.dropout_carried", "{0}.dropout_new", "-{0}.dropout_back", "-{0}.dropout_other")
_AWAY = ("{0}.below", "{0}.suspected_end", "{0}.dropout_end")
_NAMES = {"schools": "分学校", "townships": "分乡镇"}


def _of(block: str, terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term.format(block) for term in terms)


def _rows(block: str) -> tuple[Check, ...]:
    name = _NAMES[block]
    return (
        Check(
            f"{name}逐行：疑似辍学月末数＝上月结转＋本月新增－转入辍学－本月核销",
            (f"{block}.suspected_end",),
            _of(block, _SUSPECTED),
            each_row=True,
        ),
        Check(
            f"{name}逐行：辍学月末数＝上月结转＋本月新增－本月劝返复学－本月其他销号",
            (f"{block}.dropout_end",),
            _of(block, _DROPOUT),
            each_row=True,
        ),
        Check(
            f"{name}逐行：未返校在册个案＝未达疑似＋疑似辍学月末数＋辍学月末数",
            (f"{block}.away",),
            _of(block, _AWAY),
            each_row=True,
        ),
        Check(
            f"{name}逐行：本学年辍学未返、失联、已送达通知书均不大于辍学月末数",
            (f"{block}.*",),
            (f"{block}.dropout_end",),
            each_row=True,
            at_most=True,
            over=("dropout_of_year", "lost", "ordered"),
        ),
        Check(
            f"{name}逐行：本月复学人数不大于本月复学人次",
            (f"{block}.returned",),
            (f"{block}.return_times",),
            each_row=True,
            at_most=True,
        ),
    )


_FIGURES = tuple(leaf.field for leaf in SCHOOLS.leaves if leaf.kind is ValueKind.COUNT)

TIES: tuple[Check, ...] = (
    *_rows("schools"),
    *_rows("townships"),
    Check("各栏：分乡镇合计＝分学校合计", ("townships.*",), ("schools.*",), over=_FIGURES),
    Check("各栏：汇总合计＝分乡镇合计", ("county.*",), ("townships.*",), over=_FIGURES),
    Check("在册未返名单人数＝未返校在册个案", ("#away",), ("schools.away",)),
    Check("本月复学名单人数＝本月复学人数", ("#returned",), ("schools.returned",)),
)
