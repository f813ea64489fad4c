"""Gives the homes of a village that closes to its successor."""

from collections.abc import Collection

from django.db.models import Q

from foundation.accounts.models import Unit
from students.roster.models import Child


def homes_in(village_id: int) -> int:
    """How many children live in the village, by the register."""
    return Child.objects.filter(home_village_id=village_id).count()


def move_homes(old: Unit, new: Unit) -> list[int]:
    """Let the successor act for the children's hukou; returns the children.

    The code of the hukou stays as the register has it; an import reads it as the successor's.
    """
    rows = Child.objects.filter(home_village=old)
    found = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    rows.update(home_village=new, home_township=new.parent)
    return found


def homes_moved_on(children: Collection[int], new: Unit) -> int:
    """How many of the children have their home elsewhere by now."""
    return Child.objects.filter(pk__in=children).exclude(home_village=new).count()


def move_homes_back(old: Unit, new: Unit, children: Collection[int]) -> list[int]:
    """Let the village act again for these children, and for those registered since by its code."""
    by_code = Q(home_region=old.region.code)
    rows = Child.objects.filter(Q(pk__in=children) | by_code, home_village=new)
    found = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    Child.objects.filter(pk__in=found).update(home_village=old, home_township=old.parent)
    return found
