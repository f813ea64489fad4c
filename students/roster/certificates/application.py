"""The application form that the guardian signs by hand (T09; the fields of domain 3.8).

Numbers are left to the guardian's pen. Printed from the filed change it shows
the opinions of township and county.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foundation.days import full_day_words, month_words
from foundation.papers.printing.sheets import Block, PaperTable, Paragraph, Part, Sheet, Style
from students.roster.models import Change, Child
from students.roster.rules.change_kinds import ChangeAct, ChangeKind

FORMS = ("deferral", "suspension", "return")
_SIGNED = "\n\n　　　　（盖章）　　　　　　年　　月　　日"
_PAIRS = (1.0, 1.6, 1.0, 1.6)
_LINES = (1.0, 4.2)
_COPIES = "一式三份：监护人、学校、教育主管部门各一份。"


@dataclass(frozen=True, slots=True)
class Applied:
    """What is printed besides the person; empty where the guardian fills it in."""

    school: str = ""
    seat: str = ""
    reason: str = ""
    period: str = ""
    township: str = ""
    county: str = ""


def form_of(kind: ChangeKind, child: Child | None, applied: Applied) -> Sheet:
    """The form of a kind, with what is known of the child."""
    title = Paragraph(f"义务教育阶段学生{kind.label}申请表", Style.TITLE)
    blocks = (title, *_tables(kind, child, applied), Paragraph(_COPIES, Style.NOTE))
    return Sheet((Part("申请表", blocks),))


def applied_of(change: Change) -> Applied:
    """What a change knows of its application, with the opinions written on it."""
    school, seat = change.from_school, change.from_class
    return Applied(
        school=school.unit.name if school else "",
        seat=seat.name_on(change.occurred_on) if seat else "",
        reason=change.reason_label,
        period=_period(change.occurred_on, change.until),
        township=_opinion(change, ChangeAct.APPROVE),
        county=_opinion(change, ChangeAct.FILE),
    )


def _tables(kind: ChangeKind, child: Child | None, applied: Applied) -> Iterator[Block]:
    born = month_words(child.born_on) if child and child.born_on else ""
    name, sex = (child.name, child.sex_label) if child else ("", "")
    guardian = child.legal_guardian if child else None
    is_new = kind.code == "deferral"
    yield PaperTable(
        (
            ("学生姓名", name, "性别", sex),
            ("出生年月", born, "身份证件号", ""),
            ("应入学校" if is_new else "学校", applied.school, *_seat(is_new, applied)),
        ),
        widths=_PAIRS,
    )
    yield PaperTable(
        (
            ("家庭住址", child.address if child else ""),
            ("监护人姓名及联系电话", guardian.name if guardian else ""),
            (f"{kind.label}原因", applied.reason or "\n"),
            (_period_label(kind), applied.period),
            ("申请人", "\n签名：　　　　　　　　　　年　　月　　日"),
            ("证明单位鉴定意见", _SIGNED),
            ("学校意见", _SIGNED),
            *_opinions(kind, applied),
        ),
        widths=_LINES,
    )


def _seat(is_new: bool, applied: Applied) -> tuple[str, str]:
    return ("应入学时间", "") if is_new else ("年级班级", applied.seat)


def _period_label(kind: ChangeKind) -> str:
    return kind.day_label if kind.code == "return" else f"{kind.label}期限"


def _opinions(kind: ChangeKind, applied: Applied) -> tuple[tuple[str, str], ...]:
    """A return is the school's own; the others are approved and filed above (R32)."""
    if kind.code == "return":
        return ()
    told = (("乡镇人民政府意见", applied.township), ("县教育局意见", applied.county))
    return tuple((label, words + _SIGNED) for label, words in told)


def _period(first: date, last: date | None) -> str:
    """From the first to the last day; of a return, its day."""
    return f"{full_day_words(first)}至{full_day_words(last)}" if last else full_day_words(first)


def _opinion(change: Change, act: ChangeAct) -> str:
    row = change.events.filter(act=act).last()
    return f"{row.text}（{full_day_words(row.occurred_on)}）" if row else ""
