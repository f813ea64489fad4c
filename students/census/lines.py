"""An entrant as lists show it: the name as the viewer may read it, and what became of the child."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.viewer import Viewer
from foundation.days import day_words
from students.census.models import Entrant


@dataclass(frozen=True, slots=True)
class CensusLine:
    """An entrant as a list shows it: the name as the viewer may read it, and its state."""

    entrant: Entrant
    name: str
    label: str
    tone: str  # of the badge: good, warn, bad, info

    @property
    def pk(self) -> int:
        """The key of the entrant."""
        return int(self.entrant.pk)

    @property
    def child_id(self) -> int:
        """The child of the entrant."""
        return int(self.entrant.child_id)


def line_of(entrant: Entrant, viewer: Viewer, today: date) -> CensusLine:
    """The state of an entrant in words and a tone; the row carries its standing."""
    label, tone = _standing(entrant, today)
    return CensusLine(entrant, viewer.name_of(entrant.child.name, entrant.child_id), label, tone)


def _standing(entrant: Entrant, today: date) -> tuple[str, str]:
    if entrant.withdrawn_on:
        return "登记已撤回", "warn"
    if entrant.arrived_on:
        return f"{day_words(entrant.arrived_on)}报到", "good"
    if entrant.is_enrolled:
        return "已在籍", "good"
    if entrant.is_excused:
        return "不需报到", "info"
    if entrant.due_on and entrant.due_on < today:
        return "未报到", "bad"
    if entrant.notice_no == "":
        return "通知书待签发", "warn"
    return ("已发通知书", "info") if entrant.notice_no else ("未发通知书", "warn")


def with_places(rows: QuerySet[Entrant], today: date) -> QuerySet[Entrant]:
    """Adds what a line says: standing, child, guardians, schools, village."""
    standing: Any = rows
    found: QuerySet[Entrant] = (
        standing.with_standing(today)
        .select_related("child", "school__unit", "from_school__unit", "village", "township")
        .prefetch_related("child__guardians")
    )
    return found
