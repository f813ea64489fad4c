"""The children on the two lists of a month: who is away, who came back, and what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max

from cases.models import Case, Contact, most_urgent
from cases.policy import STEPS, Level, Stage
from cases.rules.category import (
    LABELS,
    TOLD_BACK,
    Category,
    is_away_on,
    standing_at,
    told_back_on,
)
from cases.rules.codes import PLACEMENTS, SENSITIVE_CAUSES, WHEREABOUTS, cause_label
from foundation.accounts.models import Unit
from foundation.days import ONE_DAY
from reporting.figures.loading import CaseFacts, MonthFacts
from students.roster.models import Guardian

NOTHING = "—"
_WORST_FIRST = (Category.DROPOUT, Category.SUSPECTED, Category.BELOW, None)
_OWNERS = {Level.VILLAGE: "village", Level.TOWNSHIP: "township"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """Rows around the cases: contacts (number, last day) by case, guardians by child."""

    contacts: dict[int, tuple[int, date]]
    guardians: dict[int, str]


def look_around(facts: MonthFacts) -> Around:
    """Load the rows around the cases. Two queries."""
    contacts = (
        Contact.objects.filter(
            case_id__in=[one.case.pk for one in facts.cases], day__lte=facts.month.as_of
        )
        .values_list("case_id")
        .annotate(number=Count("pk"), last=Max("day"))
        .order_by()
    )
    guardians = (
        Guardian.objects.filter(
            child_id__in=[one.case.child_id for one in facts.cases], is_guardian=True
        )
        .order_by("-position")
        .values_list("child_id", "name")
    )
    return Around({pk: (number, last) for pk, number, last in contacts}, dict(guardians))


def away_rows(facts: MonthFacts, around: Around) -> list[Row]:
    """在册未返名单: every open case whose child is not back at the end of the month."""
    day = facts.month.as_of
    rows = [
        {
            **_who(one, facts, around),
            **_absence(one, day, facts),
            **_duty(one, day),
            "whereabouts": WHEREABOUTS.get(one.case.whereabouts, ""),
        }
        for one in facts.cases
        if is_away_on(one.history, day)
    ]
    return _numbered(rows)


def returned_rows(facts: MonthFacts, around: Around) -> list[Row]:
    """本月复学名单: every child that came back in the month, once, with its last return."""
    rows = [
        {
            **_who(one, facts, around),
            **_absence(one, held.day - ONE_DAY, facts),
            "returned_on": held.day.isoformat(),
            "placement": PLACEMENTS.get(held.move.placement, ""),
            "now": _now(one, facts),
        }
        for one, held in ((one, facts.returned.get(one.case.pk)) for one in facts.cases)
        if held is not None
    ]
    return _numbered(rows)


def _who(one: CaseFacts, facts: MonthFacts, around: Around) -> Row:
    case, child = one.case, one.case.child
    number, last = around.contacts.get(case.pk, (0, None))
    school_class = case.school_class
    return {
        "child": child.pk,
        "number": case.number,
        "school": str(case.school or NOTHING),
        "class_name": school_class.name_in(facts.month.school_year) if school_class else "",
        "name": child.name,
        "sex": child.sex_label,
        "village": str(child.home_village or "户籍待核实"),
        "guardian": around.guardians.get(child.pk, ""),
        "contacts": number,
        "contacted_on": last.isoformat() if last else NOTHING,
        **_cause(case.cause),
    }


def _cause(code: str) -> Row:
    """The cause that everybody may read, and the full one for county and head teacher."""
    words = {"cause": cause_label(code, sensitive=False)}
    if code in SENSITIVE_CAUSES:
        words["cause_full"] = cause_label(code, sensitive=True)
    return words


def _absence(one: CaseFacts, day: date, facts: MonthFacts) -> Row:
    standing = standing_at(one.history, day, facts.rules)
    category = standing.category
    return {
        "last_there": standing.last_there_on.isoformat(),
        "missed": standing.missed,
        "category": LABELS[category] if category else NOTHING,
        "order": (_WORST_FIRST.index(category), *_place(one)),
    }


def _place(one: CaseFacts) -> tuple[int, int, str]:
    case = one.case
    return case.school_township_id or case.township_id, case.school_id or 0, case.number


def _duty(one: CaseFacts, day: date) -> Row:
    """The unit and the day of the most urgent open duty; the stage's unit where none is open."""
    stage = one.stage_on(day)
    first = most_urgent(one.deadlines, day)
    return {
        "stage_label": TOLD_BACK if told_back_on(one.history, day) else STEPS[stage].label,
        "owner": str(first.unit if first else _stage_unit(one.case, stage)),
        "due_on": _due_words(first.due_on, day) if first else NOTHING,
    }


def _stage_unit(case: Case, stage: Stage) -> Unit:
    owner = STEPS[stage].owner
    unit: Unit | None = getattr(case, _OWNERS.get(owner, "school")) if owner else None
    return unit or case.township


def _due_words(due_on: date, day: date) -> str:
    return f"{due_on.isoformat()}{' 逾期' if due_on < day else ''}"


def _now(one: CaseFacts, facts: MonthFacts) -> str:
    day = facts.month.as_of
    if is_away_on(one.history, day):
        return "再次离校"
    return "已销号" if one.stage_on(day) is Stage.DX else STEPS[Stage.D9].label


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows with running numbers: the worst first, then by township, school and case."""
    ordered = sorted(rows, key=lambda row: row.pop("order"))
    return [{"no": number, **row} for number, row in enumerate(ordered, start=1)]
