"""Filters of the lists of duties and of cases. The address holds them and can be shared."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from cases.models import Case, Deadline
from cases.pages.area_filters import AreaFilter
from cases.pages.queue import due_condition
from cases.policy import ALL_DUTIES, LADDER, LEVEL_LABELS, Act
from cases.querysets import CaseQuerySet
from cases.rules.category import LABELS, TOLD_BACK, Standing
from cases.rules.codes import LOST as GROUND_LOST
from cases.rules.codes import SAMPLE_RESULTS
from cases.standing import standings
from foundation.lists.filters import QuickHidden, SelectFilter
from foundation.lists.rows import Later
from students.calendars.workdays import Calendar

STAGES = [(step.stage.value, step.label) for step in LADDER]
WAITING = "waiting"
LOST, TOLD = "lost", "told"
MOST_WORKED_OUT = 2_000  # cases whose ledger category one page works out
DUE = [("overdue", "逾期"), ("today", "今日到期"), ("soon", "临期")]


class DutyFilter(AreaFilter):
    """Filters the list of duties also by due state, duty, stage and the level that owes it."""

    to_case = "case__"
    first = ("q", "due", "township", "school", "code")

    # The address also says whose duties are listed.
    of = django_filters.CharFilter(method="keep", widget=QuickHidden)
    due = SelectFilter(
        label="期限",
        choices=[*DUE, ("week", "本周到期")],
        method="by_due",
    )
    stage = SelectFilter(label="处理阶段", choices=STAGES[:-1], field_name="case__stage")
    code = SelectFilter(
        label="事项",
        choices=[(code, duty.label) for code, duty in ALL_DUTIES.items()],
    )
    level = SelectFilter(label="责任层级", choices=list(LEVEL_LABELS.items()))
    unit = django_filters.NumberFilter(field_name="unit_id", widget=QuickHidden)

    class Meta:
        model = Deadline
        fields: list[str] = []

    def __init__(self, data: Any, queryset: Later, *, request: Any, calendar: Calendar) -> None:
        super().__init__(data, queryset, request=request)
        self.calendar = calendar

    def keep(self, rows: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Filter nothing: the view has chosen the list already."""
        return rows

    def by_due(self, rows: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Filter by the due day, relative to today and to the calendar."""
        return rows.filter(due_condition(value, self.day, self.calendar))


class CaseFilter(AreaFilter):
    """Filters the list also by open or closed, stage, ledger category and the county's sample."""

    first = ("q", "state", "township", "school", "category")

    state = SelectFilter(
        label="状态",
        choices=[("open", "未销号"), ("closed", "已销号")],
        method="by_state",
    )
    stage = SelectFilter(label="处理阶段", choices=STAGES)
    returned = SelectFilter(label="复学", choices=[("month", "本月复学")], method="by_return")
    sample = SelectFilter(
        label="县级抽查",
        choices=[("all", "已抽中"), (WAITING, "待抽查"), *SAMPLE_RESULTS.items()],
        method="by_sample",
    )
    category = SelectFilter(
        label="台账类别",
        choices=[*LABELS.items(), (LOST, "失联"), (TOLD, TOLD_BACK)],
        method="by_category",
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def by_state(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Filter by open or closed."""
        return of_state(rows, value)

    def by_return(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by children that came back in the month."""
        return rows.returned_since(self.day.replace(day=1))

    def by_sample(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by the draw and by what the county found. Drawn cases are closed."""
        drawn = rows.drawn()
        if value == WAITING:
            return drawn.filter(sample_result__isnull=True)
        return drawn if value == "all" else drawn.filter(sample_result=value)

    def by_category(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by the ledger as it was last counted (cases/recount/standings.py).

        失联 and a return on somebody's word are worked out: few cases may stand so.
        """
        if value in LABELS:
            return rows.standing_as(value)
        found = list(_candidates(rows.open(), value)[: MOST_WORKED_OUT + 1])
        if len(found) > MOST_WORKED_OUT:
            words = f"按这一类别筛选一次最多{MOST_WORKED_OUT}个个案，请先选乡镇、学校或立案月份。"
            self.form.add_error("category", words)
            return rows.none()
        standing = standings(found, self.day)
        keys = [pk for pk, one in standing.items() if _stands(one, value)]
        return rows.filter(pk__in=keys)


def of_state(rows: QuerySet[Case], state: str) -> QuerySet[Case]:
    """The open or the closed ones. Closed cases stand on DX."""
    return rows.filter(stage="DX") if state == "closed" else rows.exclude(stage="DX")


def _candidates(rows: CaseQuerySet, value: str) -> CaseQuerySet:
    """The cases that may stand so, by what the database knows: a confirmation, a return."""
    if value == LOST:
        return rows.filter(confirmations__ground=GROUND_LOST, confirmations__reverted=None)
    return rows.filter(events__act=Act.RETURN).distinct()


def _stands(standing: Standing, value: str) -> bool:
    return standing.is_lost if value == LOST else bool(standing.pending_label)
