"""Says whether what was told of a talk with the family fits together, and what it counts as.

A talk face to face is one in which somebody was met: P3 asks for one 当面 before the village is
asked, P7 for some before the township's notice. A visit to a closed door is recorded and is none.
"""

from collections.abc import Mapping
from datetime import date

from cases.rules.codes import ATTITUDES, CONTACT_RESULTS, IN_PERSON

DAY_AHEAD = "日期不能晚于今天，请填写实际发生的日期。"
PROMISE_PAST = "承诺返校日期不能早于劝返当天，请核对。"
NOBODY_MET = "nobody_met"
# Which attitudes of the guardian a result rules out.
_RULED_OUT: Mapping[str, frozenset[str]] = {
    "promised": frozenset({"refuses", "unreachable"}),
    "later": frozenset({"refuses", "unreachable"}),
    "refuses": frozenset({"agrees", "unreachable"}),
    NOBODY_MET: frozenset({"agrees", "hesitates", "refuses"}),
    "lost": frozenset({"agrees"}),
    "back": frozenset({"refuses"}),
}
_NO_PROMISE = frozenset({"refuses", NOBODY_MET, "lost"})


def is_face_to_face(method: str, result: str) -> bool:
    """Whether a talk counts as 当面: in a way that meets people, and somebody was met."""
    return method in IN_PERSON and result != NOBODY_MET


def contradiction(result: str, attitude: str, met: str, promised_on: date | None) -> str:
    """What does not fit together, in Chinese with the remedy; "" if nothing."""
    words = CONTACT_RESULTS[result]
    if attitude in _RULED_OUT.get(result, ()):
        return (
            f"结果填了「{words}」，监护人态度却填了「{ATTITUDES[attitude]}」，"
            "两者不符，请改正其中一项。"
        )
    if result == NOBODY_MET and met.strip():
        return "结果填了「未见到人」，却填了见到何人。请改正结果，或把见到何人清空。"
    if promised_on and result in _NO_PROMISE:
        return f"结果填了「{words}」，却填了承诺返校日期。请改正结果，或把日期清空。"
    return ""


def missing(
    method: str, result: str, met: str, promised_on: date | None, people: str = "-"
) -> tuple[str, str]:
    """What is asked for besides, in Chinese, and its field; ("", "") if nothing.

    A talk face to face says who went and whom they met, and who agrees to send the child on another
    day names it. A call needs no ``people`` besides who records it (domain 6.11).
    """
    if method in IN_PERSON and not people.strip():
        return "请写明参加人：谁去的，姓名和单位职务。", "participants"
    if is_face_to_face(method, result) and not met.strip():
        return "当面劝返的请写明见到何人；没有见到人的，结果请选「未见到人」。", "met"
    if result == "later" and promised_on is None:
        words = CONTACT_RESULTS[result]
        return (
            f"结果填了「{words}」，请填写承诺返校日期；没有说定日期的，结果请选「犹豫」。",
            "promised_on",
        )
    return "", ""


def promise_error(promised_on: date, told_on: date, year_ends_on: date) -> str:
    """Why a promised day of return cannot be, in Chinese; "" if it can.

    It lies between the day of the talk and the end of the school year: who promises more says no.
    """
    if promised_on < told_on:
        return PROMISE_PAST
    if promised_on > year_ends_on:
        return (
            f"承诺返校日期不能晚于本学年结束（{year_ends_on:%Y-%m-%d}），请核对；"
            "家长没有说定日期的，结果选「犹豫」，日期不填。"
        )
    return ""
