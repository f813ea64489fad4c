"""Reading scores and the ledger: who sees the child sees them; groups need a right of their own."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, When

from cases.watch.codes import SUPPORT
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.models import Enrolment


def seen_children(viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS) -> QuerySet[Any]:
    """The ids of children on a roll on ``day`` whose class the viewer sees by a post with it."""
    rows: QuerySet[Any] = Enrolment.objects.on(day).visible_to(viewer, day, right)
    return rows.values("child_id")


class ScoreQuerySet(QuerySet[Any]):
    """Scores of days."""

    def visible_to(self, viewer: Viewer, day: date) -> "ScoreQuerySet":
        """The scores of the children in the classes the viewer sees on ``day``."""
        return self.filter(child_id__in=seen_children(viewer, day))

    def last_of(self, day: date, reckonings: "ReckoningQuerySet") -> "ScoreQuerySet":
        """Each school's scores of the last day it was reckoned for, up to ``day``: one query."""
        by_day: dict[date, list[int]] = {}
        for school, last in reckonings.last_days(day):
            by_day.setdefault(last, []).append(school)
        wanted = Q(pk__in=[])
        for last, schools in by_day.items():
            wanted |= Q(day=last, school_id__in=schools)
        return self.filter(wanted)

    def as_read_by(self, viewer: Viewer, day: date) -> "ScoreQuerySet":
        """With ``sees_groups`` and the points ``shown`` to the viewer, and who is warned by them.

        Who may not see a child's groups reads the sum without them, and finds in the list only
        whom the rest of the rules brings there: neither the reason nor its weight can be told.
        """
        groups = seen_children(viewer, day, Right.SEE_GROUPS).filter(child_id=OuterRef("child_id"))
        return (
            self.annotate(sees_groups=Exists(groups))
            .annotate(
                shown=Case(
                    When(sees_groups=True, then=F("score")),
                    default=F("open_score"),
                    output_field=IntegerField(),
                )
            )
            .filter(shown__gte=F("line"))
        )


class ReckoningQuerySet(QuerySet[Any]):
    """What was reckoned for which school and day."""

    def visible_to(self, viewer: Viewer, day: date) -> "ReckoningQuerySet":
        """The reckonings of the schools of which the viewer sees a class on ``day``."""
        classes = self.model._meta.get_field("school").related_model
        classes = classes._meta.get_field("classes").related_model
        schools = classes.objects.visible_to(viewer, day).values("school_id")
        return self.filter(school_id__in=schools)

    def last_days(self, day: date) -> list[tuple[int, date]]:
        """School and the last day up to ``day`` it was reckoned for."""
        rows = self.filter(day__lte=day).values_list("school_id").order_by()
        return list(rows.annotate(last=Max("day")))


class EntryQuerySet(QuerySet[Any]):
    """The 重点关注 ledger."""

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EntryQuerySet":
        """The entries of children the viewer may see on ``day``; those who left with them."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(child__in=children.objects.visible_to(viewer, day, right))

    def as_read_by(self, viewer: Viewer, day: date) -> "EntryQuerySet":
        """With ``sees_groups``: whether the viewer may read why the child stands there."""
        children = self.model._meta.get_field("child").related_model
        groups = children.objects.visible_to(viewer, day, Right.SEE_GROUPS)
        return self.annotate(sees_groups=Exists(groups.filter(pk=OuterRef("child_id"))))

    def with_support(self) -> "EntryQuerySet":
        """With how often support was written down, ``supports``."""
        return self.annotate(supports=Count("steps", filter=Q(steps__kind=SUPPORT)))

    def on(self, day: date) -> "EntryQuerySet":
        """Entries in force on ``day``."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
