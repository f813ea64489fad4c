"""Reading roll calls, absences and spells."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


class RollCallQuerySet(QuerySet[Any]):
    """Roll calls."""

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

    def at(self, version: int) -> "AbsenceQuerySet":
        """Absences as they stood when their roll call had this version."""
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
        """Spells whose child the roll has not found again."""
        return self.standing().filter(ended_on__isnull=True)

    def lasting(self, days: int) -> "SpellQuerySet":
        """Ongoing spells of at least so many whole school days: who is absent, say, 3 or more."""
        return self.ongoing().filter(halves__gte=2 * days)
