"""Settles the village of a child's hukou; gives the homes of a village that closes to another."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from students.roster.models import Child, Enrolment


@transaction.atomic
def settle_home(doer: Doer, child: Child, village: Unit, basis: str) -> Child:
    """Write which village the child's hukou is in, as ``basis`` (a paper's name) shows.

    What a sheet said in words stays: it is the address there. Raises Refused where nothing changes.
    """
    post = _post_for(doer, child)
    row = Child.objects.select_for_update().get(pk=child.pk)
    if row.home_village_id == village.pk:
        raise Refused("户籍已经登记在这个村（居），不用再改。")
    before = row.home_village_id
    row.home_village, row.home_township, row.home_region = (
        village,
        village.parent,
        village.region.code,
    )
    row.save(update_fields=["home_village", "home_township", "home_region"])
    details = {"village": village.pk, "before": before, "basis": basis}
    origin = doer.under(post).origin
    audit.record(origin, "settle_home", "child", row.pk, children=[row.pk], details=details)
    return row


def _post_for(doer: Doer, child: Child) -> HeldPost:
    """The post that may write the roster of the child's school; the county's desk may all."""
    enrolment = Enrolment.objects.on(doer.today).filter(child=child).first()
    wanted = {enrolment.school_id if enrolment else None, child.county_id}
    return post_with(doer.viewer, Right.IMPORT_ROSTER, fits=lambda post: post.unit_id in wanted)


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
