"""Open cases that went to a successor go back to the unit that had them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Q

from cases.actions.context import Contexts, lock
from cases.actions.moves import office_of
from cases.actions.succeeding import PLACES, CaseMark, pass_on
from cases.models import Case, CaseEvent
from foundation.accounts.models import Unit


def case_obstacles(
    new: Unit, marks: Sequence[CaseMark], children: Collection[int]
) -> Iterator[str]:
    """What was done in the cases since they came, or opened since, in Chinese.

    A move of the clock is nobody's act; nor is what another unit did in the way of it.
    """
    moved = [pk for pk, *_ in marks]
    closed = Case.objects.filter(pk__in=moved).exclude(pk__in=Case.objects.open().values("pk"))
    if count := closed.count():
        yield f"{count}件转去的个案已经销号"
    later = Q()
    for pk, _, _, event in marks:
        later |= Q(case=pk, pk__gt=event)
    acted = CaseEvent.objects.filter(later, post__unit__in=_takers(new, moved)) if marks else None
    if acted is not None and acted.exists():
        numbers = sorted(set(acted.values_list("case__number", flat=True)))
        yield f"转去的个案{'、'.join(numbers[:3])}等{len(numbers)}件已经办理过"
    here = Q(school=new.pk) | Q(village=new.pk)
    opened = Case.objects.open().filter(here, child__in=children).exclude(pk__in=moved)
    if count := opened.count():
        yield f"转去的学生又立了{count}件个案"


def _takers(new: Unit, moved: Collection[int]) -> set[int]:
    """The successor and the townships that took the cases over with it."""
    rows = Case.objects.filter(pk__in=moved).values_list("township_id", "school_township_id")
    return {new.pk, *(unit for row in rows for unit in row if unit is not None)}


def hand_back_cases(
    old: Unit, new: Unit, day: date, contexts: Contexts, marks: Sequence[CaseMark]
) -> list[int]:
    """Write the places that stood in each case before; what is owed is owed there again.

    Due days stay as they are. Returns the children.
    """
    for pk, _, before, _ in marks:
        case = lock(pk)
        township, office = case.township_id, office_of(case).pk
        for name, value in zip(PLACES, before, strict=True):
            setattr(case, name, value)
        case.save()
        back = {new.pk: old}
        if township != case.township_id:
            back[township] = case.township
        back.setdefault(office, office_of(case))
        pass_on(case, back, new, old, day, contexts)
    return [child for _, child, _, _ in marks]
