"""Reads papers: which viewer sees which, and what is in force of what a county wrote."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from foundation.papers.kinds import KINDS
from foundation.papers.rules.states import VALID, PaperState
from foundation.prepared import one_of

_VALID = [str(one) for one in VALID]


def receiving_units(viewer: Viewer) -> list[int]:
    """The units for which the viewer may sign for papers."""
    return [post.unit_id for post in viewer.posts_with(Right.RECEIVE_REPORT)]


def unserved() -> Q:
    """Signed, of a kind that is served, and not served yet."""
    served = [kind.code for kind in KINDS.values() if kind.is_served]
    return Q(state=PaperState.SIGNED, kind__in=served)


def unanswered() -> Q:
    """Signed and valid, of a kind that asks for a reply, without one."""
    asking = [kind.code for kind in KINDS.values() if kind.answers]
    return Q(state__in=_VALID, kind__in=asking, replied_on=None)


def unscanned() -> Q:
    """Valid, of a kind that is signed by hand, and without the scan of the signed sheet."""
    by_hand = [kind.code for kind in KINDS.values() if kind.by_hand]
    return Q(state__in=_VALID, kind__in=by_hand, scans=None)


class DatedQuerySet(QuerySet[Any]):
    """Rows from a day on, of which some were corrected by later ones. A county has few."""

    def standing(self) -> list[Any]:
        """The newest row of each day, unless it was withdrawn; the latest day comes first."""
        return standing_of(self.by_day())

    def by_day(self) -> "DatedQuerySet":
        """The latest day first, of a day the newest row."""
        return self.order_by("-valid_from", "-revision")


def standing_of(rows: Iterable[Any]) -> list[Any]:
    """Of rows ``by_day`` the newest of each day, unless it was withdrawn."""
    newest: dict[date, Any] = {}
    for row in rows:
        newest.setdefault(row.valid_from, row)
    return [row for row in newest.values() if not row.is_withdrawn]


class SendingQuerySet(QuerySet[Any]):
    """Papers as they were sent to units."""

    def visible_to(self, viewer: Viewer) -> "SendingQuerySet":
        """What was sent to the units where the viewer holds a post that signs for papers."""
        return self.filter(one_of("to_unit", receiving_units(viewer)))

    def waiting(self) -> "SendingQuerySet":
        """What nobody has signed for, of papers that are valid; the oldest first."""
        return self.filter(received_on=None, paper__state__in=_VALID).order_by("sent_on", "pk")


class PaperQuerySet(QuerySet[Any]):
    """Papers."""

    def visible_to(
        self, viewer: Viewer, right: Right = Right.SEE_PAPERS, *, received: bool = False
    ) -> "PaperQuerySet":
        """The papers of the units where the viewer holds a post with the right, and those that the
        unit drafts for another one.

        A post that reaches the whole county sees all papers of its county. With ``received``, also
        those that other units have sent to the viewer's.
        """
        scope = Q(pk__in=[])
        for post in viewer.posts_with(right):
            if post.role.cases is Reach.COUNTY:
                scope |= Q(county_id=post.county_id)
            else:
                scope |= Q(unit_id=post.unit_id) | Q(desk_id=post.unit_id)
        if received:
            to_them = one_of("sendings__to_unit", receiving_units(viewer))
            own = self.model._default_manager.filter(to_them)
            scope |= Q(pk__in=own.values("pk"))
        return self.filter(scope)

    def handled_by(self, viewer: Viewer, right: Right) -> "PaperQuerySet":
        """The papers that a post of the viewer drafts or signs, as ``right`` says: of its own unit,
        or drafted by it for another, and of the kinds that name its role."""
        scope = Q(pk__in=[])
        for post in viewer.posts_with(right):
            kinds = [one.code for one in KINDS.values() if post.role_code in one.roles_of(right)]
            scope |= Q(unit_id=post.unit_id, kind__in=kinds)
            if right is Right.DRAFT_PAPERS:
                scope |= Q(desk_id=post.unit_id, kind__in=kinds)
        return self.filter(scope)

    def readable_by(self, viewer: Viewer) -> "PaperQuerySet":
        """The papers whose text the viewer may read, which names people in full: with the right to
        names, or because he signs them."""
        named = self.visible_to(viewer.by(Right.SEE_NAMES), received=True)
        return named | self.handled_by(viewer, Right.SIGN_PAPERS)

    def unreceived(self) -> "PaperQuerySet":
        """Papers that a unit has not signed for."""
        waiting = self.model._default_manager.filter(
            state__in=_VALID, sendings__isnull=False, sendings__received_on=None
        )
        return self.filter(pk__in=waiting.values("pk"))

    def waiting(self) -> "PaperQuerySet":
        """Papers that wait for a signature, the one sent first before the others."""
        return self.filter(state=PaperState.WAITING).order_by("pk")

    def alone(self) -> "PaperQuerySet":
        """Papers that are signed one by one, not as a list."""
        return self.filter(batch=None)

    def about(self, code: str, key: Any) -> "PaperQuerySet":
        """The papers about one row, the newest first."""
        return self.filter(about_code=code, about_key=str(key)).order_by("-pk")

    def unserved(self) -> "PaperQuerySet":
        """Signed papers of a kind that is served, and not served yet."""
        return self.filter(unserved())

    def unanswered(self) -> "PaperQuerySet":
        """Letters that wait for a reply from outside."""
        return self.filter(unanswered())

    def unscanned(self) -> "PaperQuerySet":
        """Valid papers that are signed by hand, without the scan of the signed sheet."""
        return self.filter(unscanned())

    def numbered(self) -> "PaperQuerySet":
        """Papers that have been signed, void ones too."""
        return self.exclude(number="")


class BatchQuerySet(QuerySet[Any]):
    """Lists of papers that are signed with one press."""

    def visible_to(self, viewer: Viewer) -> "BatchQuerySet":
        """The lists of whose papers the viewer sees some."""
        papers: Any = self.model._meta.get_field("papers").related_model
        rows = papers.objects.visible_to(viewer).filter(batch__isnull=False).order_by()
        return self.filter(pk__in=rows.values("batch_id"))

    def waiting(self, papers: QuerySet[Any]) -> "BatchQuerySet":
        """Those of whose papers some of ``papers`` wait for the signature."""
        rows = papers.filter(state=PaperState.WAITING, batch__isnull=False).order_by()
        return self.filter(pk__in=rows.values("batch_id")).order_by("pk")

    def counted(self) -> "BatchQuerySet":
        """Adds how many papers of each wait."""
        return self.annotate(waits=Count("papers", filter=Q(papers__state=PaperState.WAITING)))


class BundleQuerySet(QuerySet[Any]):
    """Orders of one PDF of several papers."""

    def visible_to(self, viewer: Viewer) -> "BundleQuerySet":
        """Those that the person ordered; never another person's, not even of the same unit."""
        return self.filter(person_id=viewer.person_id) if viewer.person_id else self.none()
