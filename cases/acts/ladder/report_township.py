"""书面报告乡镇: the school reports to township, 镇教管办 and county, each of which signs (R6, R9).

The report itself, or its supplement, is the paper that the act writes (papers/kinds/reports.py).
"""

from collections.abc import Mapping
from typing import Any

from cases.actions.automatic import MOVED, always
from cases.acts.common import dispatch, note_cause, sent_once, until_done
from cases.acts.shape import CaseAct, Trace
from cases.models import Case
from cases.policy import RULES, Act, Level

_RULE = RULES[Act.REPORT_TOWNSHIP]


def _rows(trace: Trace) -> None:
    note_cause(trace)
    trace.case.save()
    # Addressees that sign separately (R6, R9). One unit may be township and office.
    dispatch(trace, (Level.TOWNSHIP, Level.OFFICE, Level.COUNTY))


def _example(case: Case) -> Mapping[str, Any]:
    return {
        "cause": case.cause or "02",
        "content": "学校、村（居）委会多次劝返，学生仍未返校，现书面报告。",
    }


REPORT_TOWNSHIP = CaseAct(
    rule=_RULE,
    guard=sent_once(Act.REPORT_TOWNSHIP, "书面报告已经送出，无需重复。"),
    rows=_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=until_done(Act.REPORT_TOWNSHIP),
    example=_example,
)
