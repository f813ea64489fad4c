"""回函: what somebody outside the system answered to a letter, and since when it waits (T16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.days import full_day_words

UNANSWERED = "未回函"
LONGEST = {"by": 60, "seat": 60, "remark": 300}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a letter may be answered: its words and their tone. ``is_yes``: what was asked for is
    confirmed, so that grade and class may be told."""

    label: str
    tone: str
    is_yes: bool = False


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """A reply as it was entered: ``by`` says who answered, ``seat`` grade and class there."""

    answer: str
    on: date
    by: str
    seat: str = ""
    remark: str = ""


def problems_of(
    entry: ReplyEntry, signed_on: date, today: date, answers: Mapping[str, Answer]
) -> dict[str, str]:
    """What cannot be in a reply, by field, in Chinese."""
    found = _of_day(entry.on, signed_on, today)
    chosen = answers.get(entry.answer)
    if chosen is None:
        found["answer"] = "请选择回函内容。"
    elif entry.seat.strip() and not chosen.is_yes:
        found["seat"] = f"回函是“{chosen.label}”，不填年级班级；有别的情况写在说明里。"
    if not entry.by.strip():
        found["by"] = "请填写回函人：单位、姓名或者电话。"
    for name, most in LONGEST.items():
        if len(getattr(entry, name)) > most:
            found.setdefault(name, f"最多{most}个字。")
    return found


def _of_day(on: date, signed_on: date, today: date) -> dict[str, str]:
    if on > today:
        return {"on": "回函日期不能晚于今天。"}
    if on < signed_on:
        return {"on": f"回函不能早于函件签发（{full_day_words(signed_on)}）。"}
    return {}


def waiting_words(signed_on: date | None, today: date) -> str:
    """未回函 and for how many calendar days."""
    days = (today - signed_on).days if signed_on else 0
    return f"{UNANSWERED}，发出{days}天" if days else f"{UNANSWERED}，今天发出"
