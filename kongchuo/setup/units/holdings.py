"""What hangs on a unit: what its successor would take over, what ends, what is in the way."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from cases.actions.succeeding import open_cases_of
from foundation.accounts.actions import GOES_ON, posts_at
from foundation.accounts.models import Unit, UnitKind
from foundation.days import ONE_DAY
from students.attendance.models import RollCall
from students.census.actions.succeeding import catchments_from, entrants_from
from students.census.models import Handover
from students.roster.classes.moving import classes_from, enrolled_from
from students.roster.models import Change, ImportTurn
from students.roster.pupils.acts.homes import homes_in
from students.roster.rules.change_kinds import PENDING

PLURALS = {
    UnitKind.SCHOOL: "学校",
    UnitKind.VILLAGE: "村（居）委会",
    UnitKind.EDUCATION_OFFICE: "镇教管办",
}

VILLAGES_GO = "；划归别的乡镇的村，代码随之改变：先在那个乡镇下面增加，再把原来的村合并过去"


@dataclass(frozen=True, slots=True)
class UnitHolding:
    """So many of something, and what becomes of them."""

    label: str
    count: int
    becomes: str = "转到接收单位"


def holdings_of(unit: Unit, day: date) -> list[UnitHolding]:
    """What hangs on the unit, without what there is none of."""
    posts = [post.role for post in posts_at(unit, day)]
    going = sum(role in GOES_ON for role in posts)
    found = [
        *_pupils(unit, day),
        UnitHolding("未销号的个案", open_cases_of(unit.pk)),
        UnitHolding("新生名单", entrants_from(unit, day).count()),
        UnitHolding("学区登记", catchments_from(unit, day).count()),
        UnitHolding("班主任、专干的任职", going),
        UnitHolding("其他任职", len(posts) - going, "到前一日为止"),
    ]
    return [one for one in found if one.count]


def first_day(unit: Unit, day: date) -> date:
    """From which day a change of this day moves what the unit has.

    A school that has called a roll on it goes on until the evening.
    """
    if unit.kind != UnitKind.SCHOOL:
        return day
    rolls = RollCall.objects.filter(school_class__school=unit.pk, day__gte=day)
    last = rolls.aggregate(last=Max("day"))["last"]
    return last + ONE_DAY if last else day


def _pupils(unit: Unit, day: date) -> list[UnitHolding]:
    if unit.kind == UnitKind.VILLAGE:
        return [UnitHolding("户籍在本村的学生", homes_in(unit.pk))]
    if unit.kind != UnitKind.SCHOOL:
        return []
    pupils = enrolled_from(unit.pk, day).values("child").distinct().count()
    return [
        UnitHolding("在籍学生", pupils),
        UnitHolding("班级", len(classes_from(unit.pk, day))),
    ]


def needs_successor(unit: Unit, day: date) -> str:
    """Why the unit cannot close without a successor, in Chinese; empty where it can."""
    held = [one for one in holdings_of(unit, day) if one.becomes == "转到接收单位"]
    if not held:
        return ""
    words = "、".join(f"{one.label}{one.count}" for one in held)
    return f"「{unit.name}」还有{words}，不能没有接收单位就撤销。请选择接收单位。"


def in_the_way(unit: Unit) -> str:
    """Why the unit cannot close now, whatever its successor; empty where it can."""
    below = unit.children.filter(is_open=True)
    if below.exists():
        kinds_below = {UnitKind(one.kind) for one in below}
        kinds = {PLURALS.get(kind, "单位") for kind in kinds_below}
        words = f"{below.count()}个{'、'.join(sorted(kinds))}"
        more = "；学校也可以在“更改”里改到别的上级单位" if UnitKind.SCHOOL in kinds_below else ""
        more += VILLAGES_GO if unit.kind == UnitKind.TOWNSHIP else ""
        return f"「{unit.name}」下面还有{words}，请先把它们合并、撤并{more}。"
    if unit.kind != UnitKind.SCHOOL:
        return ""
    both = Q(from_school=unit.pk) | Q(to_school=unit.pk)
    rows = (
        (Change.objects.filter(both, state__in=[*PENDING]), "件异动没有办结"),
        (
            Handover.objects.filter(both, state__in=(Handover.DRAFT, Handover.SENT)),
            "份六年级名册没有交接完",
        ),
        (ImportTurn.objects.filter(school=unit, is_open=True), "份名册正在导入"),
    )
    found = [f"{rows_.count()}{words}" for rows_, words in rows if rows_.exists()]
    return f"「{unit.name}」还有{'、'.join(found)}，请先办完再撤并。" if found else ""
