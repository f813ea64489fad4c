"""Lets one import at a time write to a school."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from students.roster.models import Enrolment, ImportBatch, ImportRow, ImportTurn

OWN_RUNS = "本校另一份名册正在写入，请等它完成后再确认；本批的预览不会丢失。"


def schools_of(batch: ImportBatch) -> set[int]:
    """Return the schools a batch writes to. An arriving pupil concerns the former school too."""
    if batch.school_id:
        return {batch.school_id}
    rows = batch.rows.filter(action__in=ImportRow.WRITES, school__isnull=False)
    found = set(rows.order_by().values_list("school_id", flat=True).distinct())
    arriving = batch.rows.filter(action=ImportRow.ARRIVING, child__isnull=False).values("child_id")
    former = Enrolment.objects.on(batch.as_of).filter(child__in=arriving).order_by()
    return found | set(former.values_list("school_id", flat=True).distinct())


def take_turns(batch: ImportBatch, schools: Collection[int]) -> None:
    """Hold the schools until ``end_turns``; raises Refused when another batch holds one of them."""
    turns = [ImportTurn(batch=batch, school_id=pk) for pk in sorted(schools)]
    try:
        with transaction.atomic():
            ImportTurn.objects.bulk_create(turns)
    except IntegrityError:
        raise Refused(OWN_RUNS if batch.school_id else _who_waits(schools)) from None


def end_turns(batch: ImportBatch) -> None:
    """Release the schools for the next import."""
    batch.turns.filter(is_open=True).update(is_open=False)


def _who_waits(schools: Collection[int]) -> str:
    held = ImportTurn.objects.filter(school_id__in=schools, is_open=True).values("school_id")
    names = "、".join(str(unit) for unit in Unit.objects.filter(pk__in=held)[:5])
    return f"{names}的另一份名册正在写入，请等它完成后再确认；本批的预览不会丢失。"
