"""Which children are dropouts on a day, for figures of the roll that count who is in class."""

from datetime import date

from django.db.models import Q, QuerySet

from cases.models import Case
from cases.rules.category import Category
from cases.rules.codes import WITHDRAWN
from cases.standing import standings
from students.roster.models import Child


def dropouts_among(children: QuerySet[Child], day: date) -> set[int]:
    """Those of the children whose case stands as 辍学 at the end of ``day``, by their keys."""
    open_then = Case.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day, child__in=children
    )
    cases = list(open_then.exclude(outcome=WITHDRAWN))
    found = standings(cases, day)
    return {
        case.child_id
        for case in cases
        if case.pk in found and found[case.pk].category is Category.DROPOUT
    }
