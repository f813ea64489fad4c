"""New pupils and catchments that went to a successor go back to the school or village."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q

from foundation.accounts.models import Unit
from foundation.days import ONE_DAY
from students.census.actions.catchments import CatchmentOrder
from students.census.actions.succeeding import CatchmentMark, EntrantMark, hand_papers
from students.census.models import Catchment, CheckIn, Entrant, Exemption, Notice


def census_obstacles(
    old: Unit,
    new: Unit,
    entrants: Sequence[EntrantMark],
    catchments: Sequence[CatchmentMark],
    since: datetime,
) -> Iterator[str]:
    """What was done with the new pupils and catchments since they came, in Chinese."""
    ids = [mark[0] for mark in entrants]
    later = {"entrant__in": ids, "recorded_at__gt": since}
    done = sum(
        rows.filter(**later).count()
        for rows in (CheckIn.objects, Exemption.objects, Notice.objects)
    )
    lines = Entrant.objects.filter(pk__in=ids).exclude(withdrawn_on=None).count()
    here = Entrant.objects.filter(Q(school=new.pk) | Q(village=new), pk__in=ids).count()
    if done or lines or here < len(ids):
        yield "转去的新生名单已有报到、通知书或更正"
    begun = [mark[1] for mark in catchments if mark[1] is not None]
    if Catchment.objects.filter(pk__in=begun).exclude(ends_on=None).exists():
        yield "转去的学区又有新的安排"


def hand_back_entrants(entrants: Sequence[EntrantMark]) -> int:
    """Write what stood in the lines of the 新生名单 before; returns how many."""
    for pk, school, village, township in entrants:
        now = Entrant.objects.get(pk=pk).school_id
        hand_papers([pk], now, school)
        Entrant.objects.filter(pk=pk).update(school=school, village=village, township=township)
    return len(entrants)


def hand_back_catchments(marks: Sequence[CatchmentMark], day: date, order: CatchmentOrder) -> int:
    """Let the former catchments begin again on the day; returns how many.

    One that began at the successor on this very day held on no day: it becomes the former one.
    """
    for ended_id, begun_id, last in marks:
        ended = Catchment.objects.get(pk=ended_id)
        until = date.fromisoformat(last) if last else None
        begun = Catchment.objects.filter(pk=begun_id).first() if begun_id else None
        if begun is not None and begun.starts_on >= day:
            begun.village_id, begun.school_id, begun.ends_on = (
                ended.village_id,
                ended.school_id,
                until,
            )
            begun.save(update_fields=["village", "school", "ends_on"])
            continue
        if begun is not None:
            begun.ends_on = day - ONE_DAY
            begun.save(update_fields=["ends_on"])
        if until is None or until >= day:
            Catchment.objects.create(
                village_id=ended.village_id,
                school_id=ended.school_id,
                stage=ended.stage,
                starts_on=day,
                ends_on=until,
                **order.columns,
            )
    return len(marks)
