"""Gives the homes of a village that closes to its successor."""

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
