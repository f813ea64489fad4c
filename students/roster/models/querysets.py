"""Querysets of the roster: what a viewer may see, and who is enrolled on a day."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Manager, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import one_of


def in_force(day: date) -> Q:
    """Rows in force on ``day`` by starts_on and ends_on, both days included."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def pupil_scope(viewer: Viewer, right: Right, day: date) -> Q:
    """Which classes the viewer's posts reach, as a condition on SchoolClass; none without a
    post."""
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


# To build what a viewer sees takes five milliseconds, and a page asks for it several times. It is
# kept by all that it depends on; nobody evaluates it, it becomes a part of other querysets.
KEPT = 256


@lru_cache(KEPT)
def _classes_reached(model: Any, viewer: Viewer, right: Right, day: date) -> QuerySet[Any, Any]:
    """Keys of the classes whose pupils the viewer may see on ``day`` by a post with ``right``."""
    rows: QuerySet[Any] = model._default_manager.filter(pupil_scope(viewer, right, day))
    return rows.order_by().values("pk")


@lru_cache(KEPT)
def _enrolments_seen(
    model: Any, viewer: Viewer, day: date, right: Right
) -> "tuple[EnrolmentQuerySet, EnrolmentQuerySet]":
    """Of Enrolment: those in force on ``day`` that the viewer sees, and the last ones of children
    who left a school that the viewer sees."""
    now = model.objects.on(day).visible_to(viewer, day, right)
    return now, model.objects.ended_by(day).visible_when_ended(viewer, day, right)


def _reaches_classes(viewer: Viewer, right: Right) -> bool:
    """Whether a post reaches single classes, whose row the posts held in it would double."""
    return any(reach is Reach.CLASSES for reach, _ in viewer.reaching("pupils", right))


class ClassQuerySet(QuerySet[Any]):
    """Querysets of SchoolClass."""

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "ClassQuerySet":
        """Classes whose pupils the viewer may see on ``day`` by a post with ``right``."""
        if not _reaches_classes(viewer, right):
            return self.filter(pupil_scope(viewer, right, day))  # a class has one school and unit
        model: Any = self.model
        return self.filter(pk__in=_classes_reached(model, viewer, right, day))

    def taught_on(self, day: date) -> "ClassQuerySet":
        """Classes that are not closed on ``day``."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def begun_on(self, day: date) -> "ClassQuerySet":
        """Classes without those whose pupils all come later: a merge may make them ahead.

        The first day of each class is looked up by the index; asked whether a pupil has come, the
        database would gather all that ever came.
        """
        rows: Any = self.model._meta.get_field("enrolments").related_model
        days = rows.objects.filter(school_class=OuterRef("pk")).order_by("starts_on")
        first = Coalesce(Subquery(days.values("starts_on")[:1]), date.min)
        return self.filter(LessThanOrEqual(first, day))


class ChildQuerySet(QuerySet[Any]):
    """Querysets of Child."""

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "ChildQuerySet":
        """Children whose last class by ``day`` the viewer may see.

        After a child's last enrolment has ended, its last school and those above still see it, but
        a viewer of single classes does not: bringing the child back is the school's duty (R24).
        """
        now, ended = _enrolments_seen(self._enrolments(), viewer, day, right)
        return self.filter(Q(pk__in=now.values("child_id")) | Q(pk__in=ended.values("child_id")))

    def one_by_one(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS, child: str = "child_id"
    ) -> Q:
        """Return the same children as a condition on rows of a table whose ``child`` names one.

        Use it for tables far shorter than the roster: each row is looked up by the index, where
        visible_to would first gather every pupil of the county.
        """
        now, ended = _enrolments_seen(self._enrolments(), viewer, day, right)
        own = OuterRef(child)
        return Q(Exists(now.filter(child_id=own))) | Q(Exists(ended.filter(child_id=own)))

    def _enrolments(self) -> Any:
        return self.model._meta.get_field("enrolments").related_model


def _beyond_classes(viewer: Viewer) -> Viewer:
    """The viewer without the posts that see single classes."""
    posts = tuple(post for post in viewer.posts if post.role.pupils is not Reach.CLASSES)
    return replace(viewer, posts=posts)


class DocumentQuerySet(QuerySet[Any]):
    """Querysets of Document."""

    def visible_to(self, viewer: Viewer, day: date) -> "DocumentQuerySet":
        """Papers of the children the viewer may see on ``day``.

        A paper that proves a special group needs the right to see groups (S18).
        """
        children = self.model._meta.get_field("child").related_model.objects
        with_groups = children.visible_to(viewer, day, Right.SEE_GROUPS)
        return self.filter(
            Q(group_spells__isnull=True) | Q(child__in=with_groups),
            child__in=children.visible_to(viewer, day),
        )


class StandingRows(Manager[Any]):
    """Rows that are not voided. Voided rows never count."""

    def get_queryset(self) -> QuerySet[Any]:
        """Omit the voided rows."""
        return super().get_queryset().filter(voided_on__isnull=True)


class EnrolmentQuerySet(QuerySet[Any]):
    """Querysets of Enrolment."""

    def on(self, day: date) -> "EnrolmentQuerySet":
        """Enrolments in force on ``day``."""
        return self.filter(in_force(day))

    def expected_on(self, day: date) -> "EnrolmentQuerySet":
        """Enrolments in force on ``day`` of children who are expected in class.

        应到 omits children who are suspended or whose transfer waits for confirmation (design 4,
        Counting).
        """
        child = self.model._meta.get_field("child").related_model
        away = child._meta.get_field("away_spells").related_model
        return self.on(day).exclude(child__in=away.objects.on(day).values("child_id"))

    def ended_by(self, day: date) -> "EnrolmentQuerySet":
        """The last enrolments of children who were enrolled before ``day`` and are no longer."""
        begun = self.model._default_manager.filter(
            child=OuterRef("child"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=day
        )
        return self.filter(~Exists(begun), ends_on__lt=day)

    def visible_when_ended(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EnrolmentQuerySet":
        """Of ended enrolments, those at the schools that the viewer sees as a whole."""
        return self.visible_to(_beyond_classes(viewer), day, right)

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "EnrolmentQuerySet":
        """Enrolments in the classes the viewer may see on ``day`` by a post with ``right``."""
        return self.filter(self._in_classes(viewer, day, right))

    def counted_for(self, viewer: Viewer, day: date) -> "EnrolmentQuerySet":
        """The rows of ``visible_to`` as they are counted fast; for a page of them it is slow.

        The database looks once whether any school is of another county: to ask each of 50,000
        enrolments for its class takes as long as to count them. Without one, all rows are seen.
        """
        schools = self.model._meta.get_field("school").related_model.objects
        seen = Q(pk__in=[])
        for reach, post in viewer.reaching("pupils", Right.SEE_PUPILS):
            if reach is Reach.COUNTY:  # first: what stands first is asked first
                seen |= Q(~Exists(schools.exclude(unit__county_id=post.county_id)))
        return self.filter(seen | self._in_classes(viewer, day, Right.SEE_PUPILS))

    def _in_classes(self, viewer: Viewer, day: date, right: Right) -> Q:
        classes = self.model._meta.get_field("school_class").related_model
        return Q(school_class__in=_classes_reached(classes, viewer, right, day))


class GroupQuerySet(QuerySet[Any]):
    """Querysets of GroupSpell and GuardianAbsence."""

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
    """Querysets of RosterExport."""

    def visible_to(self, viewer: Viewer, *, as_second: bool = False) -> "ExportQuerySet":
        """The person's own exports; nobody sees another's (S25).

        ``as_second``: those that need a second person, of the units whose lists the viewer exports
        or whose exports he confirms, and his own.
        """
        if as_second:
            return self._to_second(viewer)
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()

    def _to_second(self, viewer: Viewer) -> "ExportQuerySet":
        posts = viewer.posts_with(Right.EXPORT_ROSTER, Right.CONFIRM_EXPORTS)
        units = {post.unit_id for post in posts}
        here = one_of("post__unit_id", units) | one_of("post__unit__county_id", units)
        return self.filter(here | Q(person_id=viewer.person_id), needs_second=True)

    def to_decide(self, viewer: Viewer, now: datetime) -> "ExportQuerySet":
        """Those of others that wait for the viewer and have not lapsed."""
        rows = self.visible_to(viewer, as_second=True).exclude(person_id=viewer.person_id)
        return rows.filter(decision__isnull=True, expires_at__gt=now)


class StandingEnrolments(Manager.from_queryset(EnrolmentQuerySet)):  # type: ignore[misc]
    """Enrolments that are not voided."""

    def get_queryset(self) -> EnrolmentQuerySet:
        """Omit the enrolments of undone imports."""
        rows: EnrolmentQuerySet = super().get_queryset().filter(voided_on__isnull=True)
        return rows


class StandingGroups(Manager.from_queryset(GroupQuerySet)):  # type: ignore[misc]
    """Memberships that are not voided."""

    def get_queryset(self) -> GroupQuerySet:
        """Omit the memberships of undone imports."""
        rows: GroupQuerySet = super().get_queryset().filter(voided_on__isnull=True)
        return rows


class ImportBatchQuerySet(QuerySet[Any]):
    """Querysets of ImportBatch."""

    def visible_to(self, viewer: Viewer) -> "ImportBatchQuerySet":
        """A school's own batches; for the county its own and those of its schools."""
        units = [post.unit_id for post in viewer.posts_with(Right.IMPORT_ROSTER)]
        return self.filter(
            Q(school_id__in=units)
            | Q(school__county_id__in=units)
            | Q(school__isnull=True, uploaded_by__unit_id__in=units)
        )
