"""Querysets of cases and deadlines. School line and government line see their own (design 4.1)."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.lookups import Exact

from cases.rules.codes import WITHDRAWN
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import ONE_DAY
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force


def case_scope(viewer: Viewer, day: date, prefix: str = "") -> Q:
    """A condition: the cases a viewer may see on ``day``. ``prefix`` leads to the case.

    It never doubles a row, so that lists filter by it directly and an index gives their order.
    """
    scope = Q(**{f"{prefix}pk__in": []})
    for reach, post in viewer.reaching("cases", Right.SEE_CASES):
        scope |= _reached(reach, post, day, prefix)
    return scope


def _reached(reach: Reach, post: HeldPost, day: date, prefix: str) -> Q:
    def has(**conditions: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    if reach is Reach.COUNTY:
        return _of_county(post.county_id, prefix)
    if reach is Reach.CLASSES:
        held = ClassPost.objects.filter(in_force(day), post_id=post.id)
        return has(school_class__in=held.values("school_class_id"))
    return _of_unit(reach, post, has)


def _of_county(county_id: int, prefix: str) -> Q:
    """The cases of a county; for rows that lead to one, all of them where there is no other county.

    The database looks once whether there is another, at both ends of an index: to ask each of
    40,000 duties for its case takes three times as long as to count them.
    """
    own = Q(county_id=county_id)
    if not prefix:
        return own
    cases = apps.get_model("cases", "Case").objects
    of_case = {f"{prefix.removesuffix('__')}__in": cases.filter(own).values("pk")}
    return _no_other_county(county_id) | Q(**of_case)


def _no_other_county(county_id: int) -> Q:
    cases = apps.get_model("cases", "Case").objects
    ends = (cases.order_by(end).values("county_id")[:1] for end in ("county_id", "-county_id"))
    first, last = (Q(Exact(Subquery(end), county_id)) for end in ends)
    return first & last


def _of_unit(reach: Reach, post: HeldPost, has: object) -> Q:
    assert callable(has)
    unit = post.parent_id if reach is Reach.BELOW else post.unit_id
    scopes: dict[str, Q] = {
        "school": has(school_id=post.unit_id),
        # A village sees a case from the day it was asked (D3).
        "village": has(village_id=post.unit_id, village_asked_on__isnull=False),
        "township": has(township_id=unit) | has(school_township_id=unit),
        "education_office": has(township_id=unit) | has(school_township_id=unit),
        "central_school": has(school__parent_id=post.unit_id),
    }
    return scopes[post.unit_kind]


class CaseQuerySet(QuerySet):
    """Cases."""

    def visible_to(self, viewer: Viewer, day: date) -> "CaseQuerySet":
        """The cases of the viewer's line on ``day``."""
        return self.filter(case_scope(viewer, day))

    def open(self) -> "CaseQuerySet":
        """Cases that are not closed."""
        return self.exclude(stage="DX")

    def standing_as(self, category: str) -> "CaseQuerySet":
        """Open cases of a ledger category, as it was last counted (cases/recount/standings.py)."""
        return self.open().filter(counted__category=category)

    def returned_since(self, first: date) -> "CaseQuerySet":
        """Cases whose child came back in the month from ``first`` on, a child once."""
        return self.filter(counted__returned_on__gte=first).exclude(outcome=WITHDRAWN)

    def of_month(self, first: date, until: date) -> "CaseQuerySet":
        """Cases open on some day from the eve of ``first`` on, without those that were withdrawn.

        ``first`` is the first day of a month, ``until`` the day it is counted for.
        """
        ended = Q(closed_on__isnull=True) | Q(closed_on__gte=first - ONE_DAY)
        return self.filter(ended, opened_on__lte=until).exclude(outcome=WITHDRAWN)

    def drawn(self) -> "CaseQuerySet":
        """Closed cases drawn for the county to look after (P20).

        ``sample_result`` is the last result entered since the closing, or None.
        """
        events: Any = self.model._meta.get_field("events").related_model
        results = events.objects.filter(
            case=OuterRef("pk"), act="inspect", occurred_on__gte=OuterRef("closed_on")
        )
        last = results.order_by("-pk").annotate(found=KT("data__sample_result")).values("found")
        return self.filter(stage="DX", sampled=True).annotate(sample_result=Subquery(last[:1]))

    def closed_by_roll(self) -> "CaseQuerySet":
        """Cases that the roll closed without a unit's approval (P20): the child was back."""
        return self.filter(stage="DX", outcome="C01").exclude(closures__approved=True)


class DeadlineQuerySet(QuerySet):
    """Deadlines."""

    def owed(self) -> "DeadlineQuerySet":
        """Duties that somebody still owes."""
        return self.unmet().filter(lapsed_on__isnull=True)

    def unmet(self) -> "DeadlineQuerySet":
        """Duties that nobody has fulfilled: still owed, or missed."""
        return self.filter(met_on__isnull=True, void_on__isnull=True)

    def visible_to(self, viewer: Viewer, day: date) -> "DeadlineQuerySet":
        """Deadlines of the cases a viewer may see on ``day``."""
        return self.filter(case_scope(viewer, day, "case__"))

    def counted_for(self, viewer: Viewer, day: date) -> "list[DeadlineQuerySet]":
        """The rows of ``visible_to`` in parts that are counted by an index alone.

        A county's are all rows or those of its cases, whether there is another county or not. The
        database finds out at once which part is empty, and looks at no row of it; asked of each row
        whether it is the one or the other, it would read 40,000 of them.
        """
        county = [
            post.county_id
            for reach, post in viewer.reaching("cases", Right.SEE_CASES)
            if reach is Reach.COUNTY
        ]
        if not county:
            return [self.visible_to(viewer, day)]
        alone = _no_other_county(county[0])
        return [self.filter(alone), self.filter(~alone).visible_to(viewer, day)]


class DiscoveryQuerySet(QuerySet):
    """发现报告."""

    def visible_to(self, viewer: Viewer) -> "DiscoveryQuerySet":
        """A class teacher's own, a unit's, a township's of the units below it, a county's all.

        Whoever may see a case that a report opened reads of it there.
        """
        scope = Q(pk__in=[])
        for post in viewer.posts_with(Right.REPORT_CHILD):
            scope |= _reports_of(post)
        return self.filter(scope)


def _reports_of(post: HeldPost) -> Q:
    if post.role.cases is Reach.COUNTY:
        return Q(county_id=post.county_id)
    if post.role.cases is Reach.CLASSES:
        return Q(post_id=post.id)
    return Q(unit_id=post.unit_id) | Q(unit__parent_id=post.unit_id)
