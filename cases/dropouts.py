"""Which children are dropouts on a day, for figures of the roll that count who is in class."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from cases.models import Case
from cases.rules.category import Category
from cases.rules.codes import WITHDRAWN
from cases.standing import standings_on
from students.roster.models import Child


def dropouts_among(children: QuerySet[Child], days: Sequence[date]) -> dict[date, set[int]]:
    """Those of the children whose case stands as 辍学 at the end of each of ``days``, by key.

    The facts are loaded once for all the days.
    """
    open_then = Case.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=min(days)),
        opened_on__lte=max(days),
        child__in=children,
    )
    cases = list(open_then.exclude(outcome=WITHDRAWN))
    found = standings_on(cases, days)
    return {
        day: {
            case.child_id
            for case in cases
            if case.pk in found[day] and found[day][case.pk].category is Category.DROPOUT
        }
        for day in days
    }
