"""Reading the register: what a viewer may see, and who is enrolled on a day."""

from datetime import date
from typing import Any

from django.db.models import Manager, Q, QuerySet

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer


def in_force(day: date) -> Q:
    """Rows with starts_on and ends_on in force on ``day``, both days included."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def pupil_scope(viewer: Viewer, right: Right, day: date) -> Q:
    """Which classes the posts reach, as a condition on SchoolClass; nothing for nobody."""
    scope = Q(pk__in=[])
    for reach, post in viewer.reaching("pupils", right):
        scope |= _reached(reach, post, day)
    return scope


def _reached(reach: Reach, post: HeldPost, day: date) -> Q:
    if reach is Reach.CLASSES:
        return Q(
            Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=day),
            posts__post_id=post.id,
            posts__starts_on__lte=day,
        )
    if reach is Reach.UNIT:
        return Q(school_id=post.unit_id)
    if reach is Reach.BELOW:
        return Q(school__unit__parent_id=post.unit_id)
    return Q(school__unit__county_id=post.county_id)


class ClassQuerySet(QuerySet[Any]):
    """Classes."""

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "ClassQuerySet":
        """The classes whose pupils the viewer may see on ``day`` by a post with ``right``."""
        inner = self.model._default_manager.filter(pupil_scope(viewer, right, day)).values("pk")
        return self.filter(pk__in=inner)

    def taught_on(self, day: date) -> "ClassQuerySet":
        """Classes that are not closed on ``day``."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class ChildQuerySet(QuerySet[Any]):
    """Children."""

    def visible_to(self, viewer: Viewer, day: date) -> "ChildQuerySet":
        """Children enrolled on ``day`` in a class the viewer may see."""
        enrolments = self.model._meta.get_field("enrolments").related_model
        now = enrolments.objects.on(day).visible_to(viewer, day)
        return self.filter(pk__in=now.values("child_id"))


class DocumentQuerySet(QuerySet[Any]):
    """Papers of children."""

    def visible_to(self, viewer: Viewer, day: date) -> "DocumentQuerySet":
        """The papers of the children the viewer may see on ``day``."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(child__in=children.objects.visible_to(viewer, day))


class StandingRows(Manager[Any]):
    """Rows that were not voided; the rest never counted."""

    def get_queryset(self) -> QuerySet[Any]:
        """What everybody reads."""
        return super().get_queryset().filter(voided_on__isnull=True)


class EnrolmentQuerySet(QuerySet[Any]):
    """Enrolment spells."""

    def on(self, day: date) -> "EnrolmentQuerySet":
        """Spells in force on ``day``."""
        return self.filter(in_force(day))

    def visible_to(self, viewer: Viewer, day: date) -> "EnrolmentQuerySet":
        """Spells of the classes the viewer may see on ``day``."""
        classes = self.model._meta.get_field("school_class").related_model
        return self.filter(school_class__in=classes.objects.visible_to(viewer, day))


class StandingEnrolments(Manager.from_queryset(EnrolmentQuerySet)):  # type: ignore[misc]
    """Spells that were not voided: what everybody reads."""

    def get_queryset(self) -> EnrolmentQuerySet:
        """Without the spells of imports that were undone."""
        rows: EnrolmentQuerySet = super().get_queryset().filter(voided_on__isnull=True)
        return rows


class ImportBatchQuerySet(QuerySet[Any]):
    """Uploaded rosters."""

    def visible_to(self, viewer: Viewer) -> "ImportBatchQuerySet":
        """A school's own; for the county those it made and those of its schools."""
        units = [post.unit_id for post in viewer.posts_with(Right.IMPORT_ROSTER)]
        return self.filter(
            Q(school_id__in=units)
            | Q(school__county_id__in=units)
            | Q(school__isnull=True, uploaded_by__unit_id__in=units)
        )
