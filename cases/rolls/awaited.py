"""Children of a class who were reported as gone: the roll asks for each by name before the rest.

Without it one press on 其余学生全部到校 would enter the child as present, and end the case.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Case
from cases.policy import LADDER, is_away
from foundation.days import day_words
from foundation.prepared import prepared
from students.attendance.rolls.entries import Mark
from students.attendance.rolls.sheet import CarriedOver

_AWAY = [str(step.stage) for step in LADDER if is_away(step.stage)]


def reported_in(class_id: int, day: date) -> Mapping[int, CarriedOver]:
    """Pupils of the class with an open case by a person's report, away on ``day``. One query."""
    return {
        child: CarriedOver(f"{day_words(opened_on)}已报告未到校", Mark(child, "unexcused"), None)
        for child, opened_on in _reported(school_class=class_id, day=day)
    }


@prepared
def _reported(*, school_class: Any, day: Any) -> QuerySet[Case, Any]:
    rows = Case.objects.filter(
        school_class=school_class,
        finding__startswith="report:",
        stage__in=_AWAY,
        first_missed_on__lte=day,
    )
    return rows.order_by("pk").values_list("child_id", "opened_on")
