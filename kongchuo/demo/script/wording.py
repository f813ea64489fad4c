"""The texts that people of the demo enter: each act's example, varied where used often."""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any

from cases.acts.registry import CASE_ACTS
from cases.models import Case
from cases.policy import Act
from cases.rules.codes import IN_PERSON
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

_AT_HOME = {"met": "祖母", "attitude": "hesitates", "contact_result": "hesitates"}

_PROMISED_AFTER = timedelta(3)

Facts = Mapping[str, Any]


def evidence(
    act: Act, case: Case, day: date, who: str, told: Facts = MappingProxyType({})
) -> dict[str, Any]:
    """The fields that the act asks for, by its role; ``told`` overrides some."""
    facts: dict[str, Any] = {"occurred_on": day, **CASE_ACTS[act].example(case)}
    varied = _VARIED.get(act)
    if varied:
        facts.update(varied(case, who, (case.number, act, day)))
    facts.update(told)
    if act is Act.CONTACT and facts["method"] in IN_PERSON and not facts["met"]:
        # Somebody is at home in the demo: a closed door is no visit, and the stories count visits.
        facts.update(_AT_HOME)
    if facts.get("contact_result") == "later":
        facts.setdefault("promised_on", day + _PROMISED_AFTER)
    return facts


def _report(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    return {
        "contact_tried": pick(_TRIED, *key),
        "cause": pick(_CAUSES, *key),
    }


def _contact(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    result = pick(_RESULTS, "result", *key)
    return {
        "time": time(number(9, 18, "hour", *key), pick((0, 15, 30, 45), "minute", *key)),
        "participants": who,
        "met": "" if result == "nobody_met" else pick(_MET, *key),
        "attitude": _ATTITUDES[result],
        "content": pick(_TOLD, "told", *key),
        "contact_result": result,
    }


def _answer(case: Case, who: str, key: tuple[object, ...]) -> Facts:
    return {
        "met": pick(_MET, *key),
        "answer_result": pick(("no_effect", "no_effect", "effective", "nobody_met"), *key),
    }


_VARIED: Mapping[Act, Callable[[Case, str, tuple[object, ...]], Facts]] = {
    Act.REPORT: _report,
    Act.CONTACT: _contact,
    Act.ANSWER: _answer,
    Act.REPORT_TOWNSHIP: lambda case, who, key: {"cause": case.cause or pick(_CAUSES, *key)},
    Act.SERVE_ORDER: lambda case, who, key: {
        "service_method": pick(("direct", "direct", "left"), *key)
    },
}
