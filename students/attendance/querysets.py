"""Reading roll calls, absences and spells."""

from datetime import date

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


class RollCallQuerySet(QuerySet["models.Model"]):
    """Roll calls."""

    def visible_to(self, viewer: Viewer, day: date) -> "RollCallQuerySet":
        """The roll calls of the classes the viewer may see on ``day``."""
        classes = self.model._meta.get_field("school_class").related_model
        seen = classes.objects.visible_to(viewer, day, Right.SEE_PUPILS)
        return self.filter(school_class__in=seen)


class AbsenceQuerySet(QuerySet["models.Model"]):
    """Absences."""

    def standing(self) -> "AbsenceQuerySet":
        """Absences that no correction has ended."""
        return self.filter(until_version__isnull=True)


class SpellQuerySet(QuerySet["models.Model"]):
    """Absence spells."""

    def standing(self) -> "SpellQuerySet":
        """Spells that no correction has voided."""
        return self.filter(is_void=False)

    def ongoing(self) -> "SpellQuerySet":
        """Spells whose child the roll has not found again."""
        return self.standing().filter(ended_on__isnull=True)
