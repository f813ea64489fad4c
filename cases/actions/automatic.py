"""The acts that the roll and the clock do to a case, each with all its words in one object.

So do the moves of a paper that change the case: they are done on the paper (cases/papers).
What people do to a case stands in cases/acts. Together they are every Act (cases/acts/registry.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.policy import ALL_DUTIES, Act
from cases.rules.codes import SOURCES
from foundation.days import day_words

Data = Mapping[str, Any]  # the event's data
Words = Callable[[Data], str]

MOVED = "个案进入「{stage}」"  # the title of a letter that tells only the new rung
NO_LETTER = ""
DENIED = "denied"  # a return on somebody's word that the roll denies
DENIED_LETTER = "点名未到，登记的返校撤销，退回「{stage}」"


def always(words: str) -> Words:
    """Words that do not depend on the event's data."""
    return lambda data: words


@dataclass(frozen=True, slots=True)
class AutomaticAct:
    """An act that no person does, and its words in letters and in the timeline.

    ``letter`` is the title of its letters, with ``{stage}`` for the rung; NO_LETTER where nobody is
    told. ``title`` is the head of its entry in the timeline, ``detail`` a line below.
    ``at_deadline`` says that a deadline moved the case: the event bears the deadline's day, and is
    in time when the sweep of the following night records it.
    """

    act: Act
    letter: str
    title: Words
    detail: Words | None = None
    at_deadline: bool = False


def _first_missed(data: Data) -> str:
    day = date.fromisoformat(data["first_missed_on"])
    return f"首次无故缺勤 {day_words(day)}"


def _opened(data: Data) -> str:
    """What opened the case: the roll, or a source or person that found the child."""
    source = SOURCES.get(data.get("source", ""), "")
    return f"{source}，立案" if source else "连续无故缺勤，立案"


def _seen_again(data: Data) -> str:
    source = SOURCES[data["source"]]
    if taken_back := data.get("taken_back"):
        return f"{day_words(date.fromisoformat(taken_back))}的报告已撤回：{source}"
    return f"又有报告：{source}"


def _assigned(data: Data) -> str:
    return f"确定责任学校：{data['school']}"


def _duty(words: str) -> Words:
    return lambda data: f"{ALL_DUTIES[data['duty']].label}：{words}"


def _relapsed(data: Data) -> str:
    """Tells apart a child missed again, a corrected roll and a return that the roll denies."""
    words = {"roll": "点名更正，返校撤销", DENIED: "点名未到，登记的返校撤销"}
    return words.get(data.get("by", ""), "观察期内再次无故缺勤")


def _succeeded(data: Data) -> str:
    return f"{data['before']}撤并，由{data['after']}接着办理"


def _of_order(words: str) -> Words:
    return lambda data: f"{words} {data['paper_no']}"


def _sent_paper(data: Data) -> str:
    return f"签发并送出{data['paper_no']}"


def _signed_for(data: Data) -> str:
    word = "撤回签收" if data["taken_back"] else "签收"
    return f"{data['unit']}{word}{data['paper_no']}"


def _served_anew(data: Data) -> str:
    before, after = (date.fromisoformat(data[name]) for name in ("before", "served_on"))
    return f"送达日期：{day_words(before)}，改为{day_words(after)}；签收人和方式见通知书"


OPEN = AutomaticAct(Act.OPEN, "新立个案", _opened, _first_missed)
LAPSE = AutomaticAct(Act.LAPSE, MOVED, _duty("逾期未办"), at_deadline=True)
RELAPSE = AutomaticAct(Act.RELAPSE, "观察期内再次缺勤，退回「{stage}」", _relapsed)
CLOSE_BY_ROLL = AutomaticAct(Act.CLOSE_BY_ROLL, MOVED, always("点名连续在校，自动销号"))
WITHDRAW = AutomaticAct(Act.WITHDRAW, "点名已更正，个案撤回", always("点名更正，撤回"))
REOPEN = AutomaticAct(
    Act.REOPEN, "点名已更正，自动销号撤销，恢复观察", always("点名更正，恢复观察")
)
AGAIN = AutomaticAct(
    Act.AGAIN,
    "销号后再次无故缺勤，原案重新办理",
    always("销号后再次无故缺勤，原案重新办理"),
    _first_missed,
)
MERGE = AutomaticAct(Act.MERGE, NO_LETTER, always("点名更正，缺勤并入另案"))
SEEN_AGAIN = AutomaticAct(Act.SEEN_AGAIN, NO_LETTER, _seen_again)
ASSIGN_SCHOOL = AutomaticAct(Act.ASSIGN_SCHOOL, NO_LETTER, _assigned)
SUCCEED = AutomaticAct(Act.SUCCEED, NO_LETTER, _succeeded)
VOID_ORDER = AutomaticAct(
    Act.VOID_ORDER, "限期复学通知书已作废，退回「{stage}」", _of_order("作废限期复学通知书")
)
CORRECT_ORDER = AutomaticAct(
    Act.CORRECT_ORDER, NO_LETTER, _of_order("更正限期复学通知书的送达"), _served_anew
)
SEND_PAPER = AutomaticAct(Act.SEND_PAPER, NO_LETTER, _sent_paper)
SIGN_FOR = AutomaticAct(Act.SIGN_FOR, NO_LETTER, _signed_for)
REDATE = AutomaticAct(Act.REDATE, NO_LETTER, _duty("期限改期"))

AUTOMATIC: Mapping[Act, AutomaticAct] = {
    one.act: one
    for one in (
        OPEN,
        LAPSE,
        RELAPSE,
        CLOSE_BY_ROLL,
        WITHDRAW,
        REOPEN,
        AGAIN,
        MERGE,
        VOID_ORDER,
        CORRECT_ORDER,
        SEND_PAPER,
        SIGN_FOR,
        REDATE,
        SUCCEED,
        SEEN_AGAIN,
        ASSIGN_SCHOOL,
    )
}
