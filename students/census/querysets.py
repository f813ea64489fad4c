"""Reads the census: which viewer sees which children, before and while they come to school."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.papers.rules.states import PaperState
from students.calendars.models import SchoolTerm, TermName
from students.roster.models import Enrolment
from students.roster.models.querysets import in_force

ENTRY_RIGHTS = (Right.MANAGE_ENTRANTS, Right.ISSUE_NOTICES, Right.SIGN_HANDOVER)


def posts_of(viewer: Viewer, rights: Iterable[Right] = ENTRY_RIGHTS) -> list[HeldPost]:
    """The posts of today that carry one of the rights."""
    return [post for post in viewer.posts if set(rights) & post.role.rights]


def entrant_scope(viewer: Viewer, rights: Iterable[Right] = ENTRY_RIGHTS) -> Q:
    """The condition for entrants whom the posts reach.

    These posts are those at the school where a child is due, the primary school it comes from (R24:
    visible to both), the central school above them, and the township of the home.
    """
    scope = Q(pk__in=[])
    for post in posts_of(viewer, rights):
        if post.unit_kind == "township":
            scope |= Q(township_id=post.unit_id)
        elif post.role.pupils is Reach.BELOW:
            scope |= Q(school__unit__parent_id=post.unit_id)
            scope |= Q(from_school__unit__parent_id=post.unit_id)
        else:
            scope |= Q(school_id=post.unit_id) | Q(from_school_id=post.unit_id)
    return scope


class EntrantQuerySet(QuerySet[Any]):
    """Children due at a school."""

    def visible_to(
        self, viewer: Viewer, day: date, rights: Iterable[Right] = ENTRY_RIGHTS
    ) -> "EntrantQuerySet":
        """The entrants within reach of a post with one of the rights."""
        inner = self.model._default_manager.filter(entrant_scope(viewer, rights)).values("pk")
        return self.filter(pk__in=inner)

    def standing(self) -> "EntrantQuerySet":
        """Entrants whose entry nobody has taken back."""
        return self.filter(withdrawn_on=None)

    def with_standing(self, day: date) -> "EntrantQuerySet":
        """Adds its registration day, the number of its notice ("" of one that waits for the
        signature), and whether it has arrived, is excused, is enrolled."""
        checkins = self._related("checkins").filter(entrant=OuterRef("pk"), undone_on=None)
        notices = self._related("notices").filter(entrant=OuterRef("pk"), cancelled_on=None)
        seats = Enrolment.objects.on(day).filter(
            child=OuterRef("child"), school_class__stage=OuterRef("stage")
        )
        return self.annotate(
            due_on=Coalesce(self._own_day(), _day_of_term()),
            arrived_on=Subquery(checkins.values("day")[:1]),
            notice_no=Subquery(notices.values("paper__number")[:1]),
            is_excused=Exists(self._exemptions(day)),
            is_enrolled=Exists(seats),
        )

    def missing_on(self, day: date) -> "EntrantQuerySet":
        """Entrants who should have registered before ``day``, neither arrived nor exempt."""
        return (
            self.standing()
            .with_standing(day)
            .filter(due_on__lt=day, arrived_on=None, is_excused=False, is_enrolled=False)
        )

    def _related(self, name: str) -> Any:
        model: Any = self.model._meta.get_field(name).related_model
        return model.objects.all()

    def _exemptions(self, day: date) -> Any:
        rows = self._related("exemptions").filter(entrant=OuterRef("pk"), revoked_on=None)
        return rows.filter(Q(until=None) | Q(until__gte=day), granted_on__lte=day)

    def _own_day(self) -> Any:
        days: Any = (
            self.model._meta.get_field("school")
            .related_model._meta.get_field("registration_days")
            .related_model
        )
        rows = days.objects.filter(school=OuterRef("school"), school_year=OuterRef("school_year"))
        return Subquery(rows.values("day")[:1])


def _day_of_term() -> Any:
    """The county's 报到注册日 of the autumn term, used where the school has set no day."""
    rows = SchoolTerm.objects.filter(
        county=OuterRef("school__unit__county"),
        school_year=OuterRef("school_year"),
        name=TermName.AUTUMN,
    )
    return Subquery(rows.values("registration_day")[:1])


class NoticeQuerySet(QuerySet[Any]):
    """Enrolment notices."""

    def visible_to(
        self, viewer: Viewer, day: date, rights: Iterable[Right] = ENTRY_RIGHTS
    ) -> "NoticeQuerySet":
        """The notices of the entrants a viewer may see."""
        entrants: Any = self.model._meta.get_field("entrant").related_model
        return self.filter(entrant__in=entrants.objects.visible_to(viewer, day, rights))

    def standing(self) -> "NoticeQuerySet":
        """Notices that nobody has voided or given up."""
        return self.filter(cancelled_on=None)

    def registered(self) -> "NoticeQuerySet":
        """What stands in the register: all but those given up before they had a number."""
        return self.exclude(paper__state=PaperState.DROPPED)


class HandoverQuerySet(QuerySet[Any]):
    """Grade-6 rosters on their way to a junior high."""

    def visible_to(self, viewer: Viewer, day: date) -> "HandoverQuerySet":
        """Rosters of the sender from the beginning, of the receiver once signed and sent."""
        scope = Q(pk__in=[])
        for post in viewer.posts_with(Right.SIGN_HANDOVER):
            if post.role.pupils is Reach.BELOW:
                scope |= Q(from_school__unit__parent_id=post.unit_id)
                scope |= Q(to_school__unit__parent_id=post.unit_id) & ~Q(state="draft")
            else:
                scope |= Q(from_school_id=post.unit_id)
                scope |= Q(to_school_id=post.unit_id) & ~Q(state="draft")
        return self.filter(scope)


class CatchmentQuerySet(QuerySet[Any]):
    """Which village belongs to which school."""

    def on(self, day: date) -> "CatchmentQuerySet":
        """Rows in force on ``day``."""
        return self.filter(in_force(day))


class GraduationQuerySet(QuerySet[Any]):
    """Graduations of schools."""

    def standing(self) -> "GraduationQuerySet":
        """Graduations that nobody has taken back."""
        return self.filter(undone_on=None)

    def visible_to(self, viewer: Viewer, day: date) -> "GraduationQuerySet":
        """Those of the schools a viewer manages."""
        units = [post.unit_id for post in viewer.posts_with(Right.MANAGE_ENTRANTS)]
        return self.filter(school_id__in=units)
