"""Reading the register: what a viewer may see, and who is enrolled on a day."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, Manager, OuterRef, Q, QuerySet

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

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "ChildQuerySet":
        """Children whose last class by ``day`` the viewer may see.

        Who has left stays readable for the last school and those above it, not for who sees a
        single class: the duty to bring a child back is the school's (R24).
        """
        now, ended = self._enrolments_seen(viewer, day, right)
        return self.filter(Q(pk__in=now.values("child_id")) | Q(pk__in=ended.values("child_id")))

    def one_by_one(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS, child: str = "child_id"
    ) -> Q:
        """The same children, as a condition on rows of a table whose ``child`` names one.

        For tables far shorter than the register: each row is asked after by the index, where
        visible_to would first gather every pupil of the county.
        """
        now, ended = self._enrolments_seen(viewer, day, right)
        own = OuterRef(child)
        return Q(Exists(now.filter(child_id=own))) | Q(Exists(ended.filter(child_id=own)))

    def _enrolments_seen(
        self, viewer: Viewer, day: date, right: Right
    ) -> "tuple[EnrolmentQuerySet, EnrolmentQuerySet]":
        enrolments = self.model._meta.get_field("enrolments").related_model.objects
        now = enrolments.on(day).visible_to(viewer, day, right)
        return now, enrolments.ended_by(day).visible_when_ended(viewer, day, right)


def _beyond_classes(viewer: Viewer) -> Viewer:
    """The viewer without the posts that see single classes."""
    posts = tuple(post for post in viewer.posts if post.role.pupils is not Reach.CLASSES)
    return replace(viewer, posts=posts)


class DocumentQuerySet(QuerySet[Any]):
    """Papers of children."""

    def visible_to(self, viewer: Viewer, day: date) -> "DocumentQuerySet":
        """The papers of the children the viewer may see on ``day``.

        A paper that proves a special group needs the right to see groups (S18).
        """
        children = self.model._meta.get_field("child").related_model.objects
        with_groups = children.visible_to(viewer, day, Right.SEE_GROUPS)
        return self.filter(
            Q(group_spells__isnull=True) | Q(child__in=with_groups),
            child__in=children.visible_to(viewer, day),
        )


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

    def expected_on(self, day: date) -> "EnrolmentQuerySet":
        """Spells in force on ``day`` of children who are expected in class: 应到 leaves out who
        is suspended or has left for another school (design 4, Counting)."""
        child = self.model._meta.get_field("child").related_model
        away = child._meta.get_field("away_spells").related_model
        return self.on(day).exclude(child__in=away.objects.on(day).values("child_id"))

    def ended_by(self, day: date) -> "EnrolmentQuerySet":
        """The last spells of children who were enrolled before ``day`` and are no more."""
        begun = self.model._default_manager.filter(
            child=OuterRef("child"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=day
        )
        return self.filter(~Exists(begun), ends_on__lt=day)

    def visible_when_ended(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EnrolmentQuerySet":
        """Of ended spells those of the schools the viewer sees as a whole."""
        return self.visible_to(_beyond_classes(viewer), day, right)

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EnrolmentQuerySet":
        """Spells of the classes the viewer may see on ``day`` by a post with ``right``."""
        classes = self.model._meta.get_field("school_class").related_model
        return self.filter(school_class__in=classes.objects.visible_to(viewer, day, right))


class GroupQuerySet(QuerySet[Any]):
    """Special groups of children, and parents who are away."""

    def on(self, day: date) -> "GroupQuerySet":
        """Rows in force on ``day``."""
        return self.filter(in_force(day))

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_GROUPS
    ) -> "GroupQuerySet":
        """Rows of the children whom the viewer sees by a post with the right to groups."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(child__in=children.objects.visible_to(viewer, day, right))


class ExportQuerySet(QuerySet[Any]):
    """Exported lists."""

    def visible_to(self, viewer: Viewer) -> "ExportQuerySet":
        """What the person took out; nobody else's (S25)."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()


class StandingEnrolments(Manager.from_queryset(EnrolmentQuerySet)):  # type: ignore[misc]
    """Spells that were not voided: what everybody reads."""

    def get_queryset(self) -> EnrolmentQuerySet:
        """Without the spells of imports that were undone."""
        rows: EnrolmentQuerySet = super().get_queryset().filter(voided_on__isnull=True)
        return rows


class StandingGroups(Manager.from_queryset(GroupQuerySet)):  # type: ignore[misc]
    """Groups that were not voided: what everybody reads."""

    def get_queryset(self) -> GroupQuerySet:
        """Without the groups of imports that were undone."""
        rows: GroupQuerySet = super().get_queryset().filter(voided_on__isnull=True)
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
