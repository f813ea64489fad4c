"""The act that assigns a village to a school."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Post, Unit
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY
from students.census.models import Catchment
from students.roster.models import School

TOO_SOON = "「{village}」的学区从{since:%Y-%m-%d}起才登记，生效日期要晚于这一天。"


OPENED_BY, OPENED_FOR = "开通工作簿", "县开通时登记"


@dataclass(frozen=True, slots=True)
class CatchmentOrder:
    """What a catchment is set by: the document, the reason, and the post that ordered it."""

    document: str
    reason: str
    by_id: int

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a row that is set by it."""
        return {
            "source_document": self.document,
            "reason": self.reason,
            "recorded_by_id": self.by_id,
        }


def seed_catchment(
    post: Post, village: Unit, stage: str, school: School, starts_on: date
) -> Catchment:
    """Assign the village at a county's opening, unless it is; it asks for no right."""
    row, _ = Catchment.objects.get_or_create(
        village=village,
        stage=stage,
        ends_on=None,
        defaults={
            "school": school,
            "starts_on": starts_on,
            **CatchmentOrder(OPENED_BY, OPENED_FOR, post.pk).columns,
        },
    )
    return row


@transaction.atomic
def set_catchment(
    doer: Doer,
    village: Unit,
    stage: str,
    school: School,
    starts_on: date,
    document: str,
) -> Catchment:
    """Assign the village to the school from a day on; the row before ends the day before.

    The township of the village does it (义务教育法 第十二条: 就近入学, R34). The doer gives the
    reason; ``document`` names the paper by which it goes.
    """
    doer = doer.at(Right.ISSUE_NOTICES, village.parent_id)
    if school.unit.county_id != village.county_id:
        raise Refused("学校不在本县，请重新选择。")
    rows = Catchment.objects.select_for_update().filter(village=village, stage=stage)
    later = rows.filter(starts_on__gte=starts_on).order_by("-starts_on").first()
    if later is not None:
        raise Refused(f"该村已有{later.starts_on:%Y-%m-%d}起的学区登记，起始日期须晚于这一天。")
    rows.filter(ends_on=None).update(ends_on=starts_on - ONE_DAY)
    row = Catchment.objects.create(
        village=village,
        stage=stage,
        school=school,
        starts_on=starts_on,
        **CatchmentOrder(document, doer.reason, doer.post.id).columns,
    )
    details = {"village": village.pk, "school": school.pk, "stage": stage, "document": document}
    audit.record(
        doer.origin, "set_catchment", "catchment", row.pk, reason=doer.reason, details=details
    )
    return row


def villages_of(school_id: int, day: date) -> set[tuple[int, str]]:
    """The villages of the school on the day, each with the stage."""
    rows = _living(day).filter(school=school_id, starts_on__lte=day)
    return set(rows.values_list("village_id", "stage"))


def set_villages(
    school_id: int, wanted: Collection[tuple[int, str]], day: date, order: CatchmentOrder
) -> None:
    """Let these (village, stage), and no others, belong to the school from the day on.

    The rows before end on its eve, another school's too. Raises Refused where one begins only then.
    """
    rows = _living(day).select_related("village").select_for_update(of=("self",))
    kept = set()
    for row in rows:
        pair = (row.village_id, row.stage)
        if row.school_id == school_id and pair in wanted:
            kept.add(pair)
        elif row.school_id == school_id or pair in wanted:
            if row.starts_on >= day:
                raise Refused(TOO_SOON.format(village=row.village.name, since=row.starts_on))
            row.ends_on = day - ONE_DAY
            row.save(update_fields=["ends_on"])
    for village_id, stage in sorted(set(wanted) - kept):
        Catchment.objects.create(
            village_id=village_id,
            school_id=school_id,
            stage=stage,
            starts_on=day,
            **order.columns,
        )


def _living(day: date) -> QuerySet[Catchment]:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows: QuerySet[Catchment] = Catchment.objects.filter(living).order_by("pk")
    return rows
