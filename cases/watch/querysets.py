"""Querysets of scores and ledger. Who sees a child sees its rows; groups need a further right."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, When

from cases.watch.codes import SUPPORT
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.models import Enrolment


def seen_children(viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS) -> QuerySet[Any]:
    """Ids of the children enrolled on ``day`` in classes over which the viewer has the right."""
    rows: QuerySet[Any] = Enrolment.objects.on(day).visible_to(viewer, day, right)
    return rows.values("child_id")


class ScoreQuerySet(QuerySet[Any]):
    """Scores of days."""

    def visible_to(self, viewer: Viewer, day: date) -> "ScoreQuerySet":
        """The scores of children in the classes the viewer sees on ``day``."""
        return self.filter(child_id__in=seen_children(viewer, day))

    def last_of(self, day: date, reckonings: "ReckoningQuerySet") -> "ScoreQuerySet":
        """Each school's scores of its last scored day up to ``day``. One query."""
        by_day: dict[date, list[int]] = {}
        for school, last in reckonings.last_days(day):
            by_day.setdefault(last, []).append(school)
        wanted = Q(pk__in=[])
        for last, schools in by_day.items():
            wanted |= Q(day=last, school_id__in=schools)
        return self.filter(wanted)

    def as_read_by(self, viewer: Viewer, day: date) -> "ScoreQuerySet":
        """Adds ``sees_groups`` and the points ``shown`` to the viewer. Keeps who is warned by them.

        A viewer who may not see a child's groups reads the sum without them, and finds only
        children whom the other rules bring onto the list. Neither the reason nor its weight can be
        inferred.
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
    """Notes of which school was scored for which day."""

    def visible_to(self, viewer: Viewer, day: date) -> "ReckoningQuerySet":
        """The notes of the schools of which the viewer sees a class on ``day``."""
        classes = self.model._meta.get_field("school").related_model
        classes = classes._meta.get_field("classes").related_model
        schools = classes.objects.visible_to(viewer, day).values("school_id")
        return self.filter(school_id__in=schools)

    def last_days(self, day: date) -> list[tuple[int, date]]:
        """Each school with the last day, up to ``day``, on which it was scored."""
        rows = self.filter(day__lte=day).values_list("school_id").order_by()
        return list(rows.annotate(last=Max("day")))


class EntryQuerySet(QuerySet[Any]):
    """The 重点关注 ledger."""

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EntryQuerySet":
        """The entries of children the viewer may see on ``day``, or saw when they left the roll."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(child__in=children.objects.visible_to(viewer, day, right))

    def as_read_by(self, viewer: Viewer, day: date) -> "EntryQuerySet":
        """Adds ``sees_groups``: whether the viewer may read why the child stands there."""
        children = self.model._meta.get_field("child").related_model
        groups = children.objects.visible_to(viewer, day, Right.SEE_GROUPS)
        return self.annotate(sees_groups=Exists(groups.filter(pk=OuterRef("child_id"))))

    def with_support(self) -> "EntryQuerySet":
        """Adds ``supports``: how often support was recorded."""
        return self.annotate(supports=Count("steps", filter=Q(steps__kind=SUPPORT)))

    def on(self, day: date) -> "EntryQuerySet":
        """Entries in force on ``day``."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
