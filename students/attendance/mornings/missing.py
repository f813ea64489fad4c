"""A school's unexcused absent pupils on a day: 连续缺勤 by child."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from foundation.accounts.viewer import Viewer
from students.attendance.models import AbsenceSpell
from students.roster.models import School


@dataclass(frozen=True, slots=True)
class AwayPupil:
    """A child in an absence spell on the day; the name as the viewer may read it."""

    spell_id: int
    child_id: int
    name: str
    class_name: str
    started_on: date
    days: str  # so far, a half-day as 0.5
    last_present_on: date | None


def away_pupils(school: School, day: date, viewer: Viewer, today: date) -> list[AwayPupil]:
    """The spells on the day of those pupils of the school whom the viewer may see."""
    rows = (
        AbsenceSpell.objects.visible_to(viewer, today)
        .standing()
        .filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            school_class__school=school,
            started_on__lte=day,
        )
        .select_related("child", "school_class")
        .order_by("started_on", "child__name_key", "pk")
    )
    return [_away(row, day, viewer) for row in rows]


def _away(row: AbsenceSpell, day: date, viewer: Viewer) -> AwayPupil:
    return AwayPupil(
        row.pk,
        row.child_id,
        viewer.name_of(row.child.name, row.child_id),
        row.school_class.name_on(day),
        row.started_on,
        f"{row.halves / 2:g}",
        row.last_present_on,
    )
