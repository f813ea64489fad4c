"""What people of the demo write down: the evidence of each act, complete and plausible."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from cases.models import Case
from cases.policy import Act
from kongchuo.demo.county.chance import number, pick

_CAUSES = ("02", "02", "01", "03", "06", "08", "11", "12", "18")
_TRIED = (
    "电话打通，无人接听。",
    "联系到祖父，说父母在外地。",
    "家长微信未回复，村里邻居代为转告。",
)
_TOLD = (
    "讲明义务教育法的要求和辍学的影响，动员返校。",
    "了解不愿到校的原因，说明资助和补课安排，劝其返校。",
    "向监护人讲明送子女入学是法定义务，约定返校时间。",
)
_MET = ("母亲", "父亲", "祖父", "祖母", "学生本人和祖母")
_RESULTS = ("hesitates", "later", "refuses", "nobody_met")
_ATTITUDES = {
    "hesitates": "hesitates",
    "later": "agrees",
    "refuses": "refuses",
    "nobody_met": "unreachable",
}

Facts = Mapping[str, Any]


def evidence(act: Act, case: Case, day: date, who: str) -> dict[str, Any]:
    """The fields the act asks for, by who does it; the caller lays its own over them."""
    key = (case.number, act, day)
    return {"occurred_on": day, **_WORDS.get(act, _nothing)(case, who, key)}


def _nothing(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    return {}


def _report(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    return {
        "last_seen_on": case.last_present_on or case.first_missed_on,
        "contact_tried": pick(_TRIED, *key),
        "cause": pick(_CAUSES, *key),
    }


def _contact(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    result = pick(_RESULTS, "result", *key)
    return {
        "time": time(number(9, 18, "hour", *key), pick((0, 15, 30, 45), "minute", *key)),
        "method": "visit",
        "place": "学生家中",
        "participants": who,
        "met": "" if result == "nobody_met" else pick(_MET, *key),
        "attitude": _ATTITUDES[result],
        "content": pick(_TOLD, "told", *key),
        "contact_result": result,
        "next_step": "继续联系，三日内再次上门。",
    }


def _answer(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    return {
        "visited": True,
        "met": pick(_MET, *key),
        "answer_result": pick(("no_effect", "no_effect", "effective", "nobody_met"), *key),
        "note": "已入户说明情况。",
    }


def _says(**facts: Any) -> Callable[[Case, str, tuple[object, ...]], Facts]:
    return lambda case, who, key: facts


_WORDS: Mapping[Act, Callable[[Case, str, tuple[object, ...]], Facts]] = {
    Act.REPORT: _report,
    Act.REGISTER: lambda case, who, key: {"left_on": case.first_missed_on},
    Act.CONTACT: _contact,
    Act.ASK_VILLAGE: _says(content="学校家访后仍未返校，请协助入户劝返并反馈结果。"),
    Act.ANSWER: _answer,
    Act.REPORT_TOWNSHIP: lambda case, who, key: {
        "cause": case.cause or pick(_CAUSES, *key),
        "content": "学校、村（居）委会多次劝返，学生仍未返校，现书面报告。",
    },
    Act.SERVE_ORDER: lambda case, who, key: {
        "service_method": pick(("direct", "direct", "left"), *key),
        "received_by": "监护人本人",
    },
    Act.REVIEW: _says(
        participants="镇政府、镇教管办、派出所、司法所",
        content="逐项分析未返原因，研究下一步劝返办法。",
        next_step="包保干部每周联系一次，寒假前再次上门。",
    ),
    Act.REQUEST_CLOSURE: _says(outcome="C01", evidence_note="返校后点名记录、班主任观察记录"),
    Act.CONFIRM_CLOSURE: _says(opinion="经核实，学生已正常到校，同意上报。"),
    Act.APPROVE_CLOSURE: _says(opinion="材料齐全，同意销号。"),
    Act.REFUSE_CLOSURE: _says(opinion="佐证材料不足，请补充点名记录后再报。"),
}
