"""New pupils and catchments of a school or village that closes go to its successor."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from foundation.days import ONE_DAY
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState
from students.census.actions.catchments import CatchmentOrder
from students.census.models import Catchment, Entrant
from students.roster.rules.grades import school_year_of

BEGINS_LATER = (
    "{village}的学区从{since:%Y-%m-%d}才开始，撤并最早从第二天生效。"
    "请把生效日期改到{since:%Y-%m-%d}以后，或者请乡镇更正学区。"
)


def entrants_from(unit: Unit, day: date) -> QuerySet[Entrant]:
    """The lines of the 新生名单 of the day's school year or later that name the unit."""
    rows: QuerySet[Entrant] = Entrant.objects.filter(
        Q(school=unit.pk) | Q(village=unit), school_year__gte=school_year_of(day)
    )
    return rows


def catchments_from(unit: Unit, day: date) -> QuerySet[Catchment]:
    """The catchments of the village or school that are in force on the day or later."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = Catchment.objects.filter(living).select_related("village")
    found: QuerySet[Catchment] = rows.filter(Q(school=unit.pk) | Q(village=unit)).order_by("pk")
    return found


EntrantMark = tuple[int, int, int | None, int]  # line, former school, village, township
CatchmentMark = tuple[int, int | None, str]  # the one that ended, the one begun, former last day


def hand_on_entrants(old: Unit, new: Unit, day: date) -> list[EntrantMark]:
    """Put the successor into the lines of the 新生名单; returns each with what stood there."""
    rows = entrants_from(old, day)
    stood = rows.order_by("pk").values_list("pk", "school_id", "village_id", "township_id")
    marks: list[EntrantMark] = list(stood)
    rows.filter(village=old, township=old.parent_id).update(township=new.parent)
    rows.filter(village=old).update(village=new)
    rows.filter(school=old.pk).update(school=new.pk)
    hand_papers([mark[0] for mark in marks], old.pk, new.pk)
    return marks


def hand_papers(entrants: Sequence[int], old_id: int, new_id: int) -> None:
    """The other school hands out the notices of these children; void ones stay as they are."""
    papers = Paper.objects.filter(notice__entrant__in=entrants, desk=old_id)
    papers.exclude(state__in=(PaperState.VOID, PaperState.DROPPED)).update(desk=new_id)


def hand_on_catchments(
    old: Unit, new: Unit, day: date, order: CatchmentOrder
) -> list[CatchmentMark]:
    """End the catchments on the eve of the day; the successor has them from then on.

    A village that has a school of its own already keeps it. Returns those that ended.
    """
    marks: list[CatchmentMark] = []
    for row in catchments_from(old, day).select_for_update(of=("self",)):
        if row.starts_on >= day:
            raise Refused(BEGINS_LATER.format(village=row.village.name, since=row.starts_on))
        until, row.ends_on = row.ends_on, day - ONE_DAY
        row.save(update_fields=["ends_on"])
        begun = None
        village, school = row.village_id, row.school_id
        village, school = (new.pk, school) if village == old.pk else (village, new.pk)
        held = Catchment.objects.filter(village=village, stage=row.stage)
        if not held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).exists():
            begun = Catchment.objects.create(
                village_id=village,
                school_id=school,
                stage=row.stage,
                starts_on=day,
                **order.columns,
            ).pk
        marks.append((row.pk, begun, f"{until or ''}"))
    return marks
