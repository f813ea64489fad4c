"""Querysets of changes, absences from class and daily reports: what a viewer may see."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.roster.models.querysets import ClassQuerySet
from students.roster.rules.change_kinds import NEEDS_APPROVAL, PENDING


class ChangeQuerySet(QuerySet[Any]):
    """Querysets of Change."""

    def visible_to(self, viewer: Viewer, day: date) -> "ChangeQuerySet":
        """Changes of the viewer's classes or schools, on either side.

        A township sees the changes that wait for its approval or had it, and nothing else of pupils
        (domain 1.3).
        """
        scope = Q(pk__in=[])
        for reach, post in viewer.reaching("pupils", Right.SEE_PUPILS):
            scope |= _side("from", reach, post, day) | _side("to", reach, post, day)
        for post in viewer.posts_with(Right.APPROVE_SUSPENSION):
            scope |= Q(township_id=post.unit_id, kind__in=NEEDS_APPROVAL)
        inner = self.model._default_manager.filter(scope).values("pk")
        return self.filter(pk__in=inner)

    def pending(self) -> "ChangeQuerySet":
        """Changes on which somebody still has to act."""
        return self.filter(state__in=PENDING)

    def late_on(self, day: date) -> "ChangeQuerySet":
        """Pending changes past their due day."""
        return self.pending().filter(due_on__lt=day)


def _side(side: str, reach: Reach, post: HeldPost, day: date) -> Q:
    def has(**conditions: object) -> Q:
        return Q(**{f"{side}_{name}": value for name, value in conditions.items()})

    if reach is Reach.CLASSES:
        return (
            has(class__posts__ends_on__isnull=True) | has(class__posts__ends_on__gte=day)
        ) & has(class__posts__post_id=post.id, class__posts__starts_on__lte=day)
    if reach is Reach.UNIT:
        return has(school_id=post.unit_id)
    if reach is Reach.BELOW:
        return has(school__unit__parent_id=post.unit_id)
    return has(school__unit__county_id=post.county_id)


class AwaySpellQuerySet(QuerySet[Any]):
    """Querysets of AwaySpell: children on the roll who are not expected in class."""

    def on(self, day: date) -> "AwaySpellQuerySet":
        """Absences in force on ``day``; the child is expected again from ``back_on``."""
        return self.filter(Q(back_on__isnull=True) | Q(back_on__gt=day), starts_on__lte=day)

    def between(self, first: date, last: date) -> "AwaySpellQuerySet":
        """Absences with at least one day from ``first`` to ``last``."""
        begun = self.filter(Q(back_on__isnull=True) | Q(back_on__gt=first), starts_on__lte=last)
        return begun.exclude(back_on=F("starts_on"))

    def visible_to(self, viewer: Viewer, day: date) -> "AwaySpellQuerySet":
        """Absences of changes the viewer may see."""
        changes = self.model._meta.get_field("change").related_model
        return self.filter(change__in=changes.objects.visible_to(viewer, day))


class ChangeReportQuerySet(QuerySet[Any]):
    """Querysets of ChangeReport."""

    def visible_to(self, viewer: Viewer, day: date) -> "ChangeReportQuerySet":
        """Reports of the classes the viewer may see on ``day``."""
        field = self.model._meta.get_field("school_class")
        classes: ClassQuerySet = field.related_model._default_manager.all()
        return self.filter(school_class__in=classes.visible_to(viewer, day))


class ReportLineQuerySet(QuerySet[Any]):
    """Querysets of ReportLine."""

    def visible_to(self, viewer: Viewer, day: date) -> "ReportLineQuerySet":
        """Lines of the reports the viewer may see on ``day``."""
        reports = self.model._meta.get_field("report").related_model
        return self.filter(report__in=reports.objects.visible_to(viewer, day))

    def waiting(self) -> "ReportLineQuerySet":
        """Lines that the school's desk has not verified."""
        return self.filter(change__isnull=True, dismissed_sealed="")
