"""Reads roll calls, absences, spells and leave slips."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.attendance.rules.kinds import EVENING, PRESENT_KINDS
from students.calendars.models import SchoolDayOverride


def was_held(call: str = "") -> Coalesce:
    """Whether school was held on the day of a roll call; ``call`` is the lookup path to it.

    A roll was called on a school day. Suspending the day later takes it away, as do terms and
    holidays changed later (actions/rulings.py). The newest row of a day counts, and suspended and
    make-up days win over terms and holidays (students/calendars/workdays.py).
    """
    day = {
        "county": OuterRef(f"{call}school_class__school__unit__county_id"),
        "day": OuterRef(f"{call}day"),
    }
    reaching = Q(school=None) | Q(school=OuterRef(f"{call}school_class__school_id"))
    overrides = SchoolDayOverride.objects.filter(reaching, **day).order_by("-pk")
    ruled = apps.get_model("attendance.RuledDay").objects.filter(**day).order_by("-pk")
    newest = (Subquery(rows.values("is_school_day")[:1]) for rows in (overrides, ruled))
    return Coalesce(*newest, Value(True))


class RollCallQuerySet(QuerySet[Any]):
    """Roll calls."""

    def called(self) -> "RollCallQuerySet":
        """Roll calls that stand. One that was taken back is 未点名, as if it had no row."""
        return self.filter(is_taken_back=False)

    def counted(self) -> "RollCallQuerySet":
        """Roll calls whose half-days count: no evenings, no days suspended since."""
        return self.called().exclude(session=EVENING).filter(was_held())

    def visible_to(self, viewer: Viewer, day: date) -> "RollCallQuerySet":
        """The roll calls of the classes the viewer may see on ``day``."""
        classes = self.model._meta.get_field("school_class").related_model
        seen = classes.objects.visible_to(viewer, day, Right.SEE_PUPILS)
        return self.filter(school_class__in=seen)


class AbsenceQuerySet(QuerySet[Any]):
    """Absences."""

    def standing(self) -> "AbsenceQuerySet":
        """Absences that no correction has ended."""
        return self.filter(until_version__isnull=True)

    def counted(self) -> "AbsenceQuerySet":
        """Absences of roll calls whose half-days count."""
        return self.exclude(roll_call__session=EVENING).filter(was_held("roll_call__"))

    def missing(self) -> "AbsenceQuerySet":
        """Absences of children who were not there. 迟到 and 早退 were there."""
        return self.exclude(kind__in=PRESENT_KINDS)

    def at(self, version: int) -> "AbsenceQuerySet":
        """Absences as they stood at this version of their roll call."""
        later = Q(until_version__isnull=True) | Q(until_version__gt=version)
        return self.filter(later, since_version__lte=version)

    def visible_to(self, viewer: Viewer, day: date) -> "AbsenceQuerySet":
        """The absences of the classes the viewer may see on ``day``."""
        calls = self.model._meta.get_field("roll_call").related_model
        return self.filter(roll_call__in=calls.objects.visible_to(viewer, day))


class SpellQuerySet(QuerySet[Any]):
    """Absence spells."""

    def visible_to(self, viewer: Viewer, day: date) -> "SpellQuerySet":
        """The spells of the children the viewer may see on ``day``."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(children.objects.one_by_one(viewer, day))

    def standing(self) -> "SpellQuerySet":
        """Spells that no correction has voided."""
        return self.filter(is_void=False)

    def ongoing(self) -> "SpellQuerySet":
        """Spells that no roll call has ended."""
        return self.standing().filter(ended_on__isnull=True)

    def lasting(self, days: int) -> "SpellQuerySet":
        """Ongoing spells of at least so many whole school days, for example 3."""
        return self.ongoing().filter(halves__gte=2 * days)


class SlipQuerySet(QuerySet[Any]):
    """Leave slips."""

    def standing(self) -> "SlipQuerySet":
        """Slips that were not taken back."""
        return self.filter(taken_back_at__isnull=True)

    def between(self, first: date, last: date) -> "SlipQuerySet":
        """Slips that cover a day between the first and the last."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def visible_to(
        self, viewer: Viewer, day: date, right: Right = Right.SEE_PUPILS
    ) -> "SlipQuerySet":
        """The slips of the children the viewer may see on ``day`` by a post with ``right``."""
        children = self.model._meta.get_field("child").related_model
        return self.filter(child__in=children.objects.visible_to(viewer, day, right))


class NudgeQuerySet(QuerySet[Any]):
    """催办."""

    def visible_to(self, viewer: Viewer, day: date) -> "NudgeQuerySet":
        """The nudges of the classes the viewer may see on ``day``."""
        classes = self.model._meta.get_field("school_class").related_model
        return self.filter(school_class__in=classes.objects.visible_to(viewer, day))
