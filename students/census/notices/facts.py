"""What a notice says of a child, and who gets one: for the draft, and again for the signature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from students.census.models import Entrant
from students.census.notices import words
from students.census.occasions import Occasion, occasions_of

NO_DAY = "学校还没有设置报到日期"
_Occasions = dict[tuple[int, int], Occasion]  # by school and year


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """A child who gets a notice, with the day and the rest of its registration."""

    entrant: Entrant
    day: date
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets a notice, in the order of the list, with the registration; and who not, and why."""

    ready: list[NoticeDue] = field(default_factory=list)
    skipped: list[tuple[Entrant, str]] = field(default_factory=list)


def plan_notices(viewer: Viewer, keys: Iterable[int], today: date) -> Plan:
    """What becomes of the selected children, by township, village and name. Nothing is written."""
    visible = Entrant.objects.visible_to(viewer, today, [Right.ISSUE_NOTICES])
    rows = with_all(today).filter(pk__in=visible.standing().filter(pk__in=list(keys)))
    found = list(rows.order_by("township_id", "village__name", "child__name_key", "pk"))
    occasions, plan = _occasions(found), Plan()
    for entrant in found:
        occasion = occasions[entrant.school_id, entrant.school_year]
        if reason := _why_not(entrant):
            plan.skipped.append((entrant, reason))
        elif occasion.day is None:
            plan.skipped.append((entrant, NO_DAY))
        else:
            plan.ready.append(NoticeDue(entrant, occasion.day, occasion))
    return plan


def with_all(today: date) -> Any:
    """Entrants with their standing and all that a notice says of them."""
    rows = Entrant.objects.with_standing(today)
    rows = rows.select_related("child", "school__unit", "township", "village")
    return rows.prefetch_related("child__guardians")


def values_of(due: NoticeDue) -> dict[str, str]:
    """The values of the kind's fields, by their names."""
    entrant, occasion = due.entrant, due.occasion
    child = entrant.child
    return {
        words.GUARDIAN: guardian_of(entrant),
        words.CHILD: child.name,
        words.SEX: child.sex_label,
        words.BORN: full_day_words(child.born_on) if child.born_on else "　　　　",
        words.ID_NO: child.masked_id or "无",
        words.VILLAGE: str(entrant.village or ""),
        words.YEAR: str(entrant.school_year),
        words.SCHOOL: entrant.school.unit.name,
        words.GRADE: entrant.grade_label,
        words.DAY: full_day_words(due.day),
        words.HOURS: occasion.hours,
        words.PLACE: occasion.place,
        words.MATERIALS: words.NEEDED[entrant.stage],
    }


def guardian_of(entrant: Entrant) -> str:
    """Who gets the notice: the first guardian on record; "" where there is none."""
    return next((one.name for one in entrant.child.guardians.all()), "")


def _occasions(rows: Sequence[Entrant]) -> _Occasions:
    found: _Occasions = {}
    for year in {entrant.school_year for entrant in rows}:
        schools = {e.school_id: e.school for e in rows if e.school_year == year}
        for school_id, occasion in occasions_of(schools.values(), year).items():
            found[school_id, year] = occasion
    return found


def _why_not(entrant: Entrant) -> str:
    if entrant.notice_no:
        return f"已发{entrant.notice_no}，一名儿童只发一份"
    if entrant.notice_no is not None:
        return "通知书已拟稿，还没有签发"
    return needless(entrant)


def needless(entrant: Entrant) -> str:
    """Why a child needs no notice, in Chinese; "" where it does. The row has its standing."""
    if entrant.arrived_on or entrant.is_enrolled:
        return "已报到或已在籍，不需要通知书"
    return "已登记不需报到的情形" if entrant.is_excused else ""
