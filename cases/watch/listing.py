"""The list of early warnings: each child with its points and the reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.models import Case
from cases.watch.models import Entry, Reckoning, Score
from cases.watch.places import places_of
from cases.watch.rules import GROUP_CODES
from foundation.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A child of the list, as the viewer may read it."""

    child_id: int
    name: str
    school: str
    class_name: str
    points: int
    reasons: list[str]
    case: Case | None
    is_listed: bool

    @property
    def pk(self) -> int:
        """The key of the row: its child."""
        return self.child_id


def scores_for(viewer: Viewer, day: date) -> QuerySet[Score]:
    """The scores of warned children in the viewer's classes, the most points first."""
    done = Reckoning.objects.visible_to(viewer, day)
    rows: Any = Score.objects.last_of(day, done).visible_to(viewer, day).as_read_by(viewer, day)
    found: QuerySet[Score] = rows.order_by("-shown", "child__name_key", "child_id")
    return found


def last_reckoning(viewer: Viewer, day: date) -> Reckoning | None:
    """The latest note that one of the viewer's schools was scored, up to ``day``."""
    rows: Any = Reckoning.objects.visible_to(viewer, day).filter(day__lte=day)
    found: Reckoning | None = rows.order_by("-done_at").first()
    return found


def lines_of(scores: Sequence[Any], viewer: Viewer, day: date) -> list[WarningLine]:
    """The rows of a page. Three queries, whatever their number."""
    ids = [score.child_id for score in scores]
    places = places_of(ids, day)
    listed = set(Entry.objects.on(day).filter(child_id__in=ids).values_list("child_id", flat=True))
    cases = {
        case.child_id: case
        for case in Case.objects.visible_to(viewer, day).open().filter(child_id__in=ids)
    }
    return [
        WarningLine(
            child_id=score.child_id,
            name=viewer.name_of(score.child.name, score.child_id),
            school=str(places[score.child_id].school),
            class_name=places[score.child_id].school_class.name_on(day),
            points=score.shown,
            reasons=reasons_told(score.reasons, with_groups=score.sees_groups),
            case=cases.get(score.child_id),
            is_listed=score.child_id in listed,
        )
        for score in scores
    ]


def reasons_told(reasons: Sequence[dict[str, Any]], *, with_groups: bool) -> list[str]:
    """The reasons in words with their points. Reasons of groups only for who may see groups."""
    return [
        f"{reason['words']}（{reason['points']}分）"
        for reason in reasons
        if with_groups or reason["code"] not in GROUP_CODES
    ]
