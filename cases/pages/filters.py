"""Filters of the queue and of the list of cases. The address holds them and can be shared."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from cases.models import Case, Deadline
from cases.policy import LADDER
from cases.querysets import CaseQuerySet
from cases.rules.category import LABELS
from cases.rules.codes import SAMPLE_RESULTS
from foundation import clock

STAGES = [(step.stage.value, step.label) for step in LADDER]
WAITING = "waiting"
DUE = [("overdue", "逾期"), ("today", "今日到期"), ("soon", "临期")]


class QueueFilter(django_filters.FilterSet):
    """Filters the queue by due state, stage, case number or name."""

    # The address also says which of the two lists is filtered.
    of = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)
    due = django_filters.ChoiceFilter(
        label="期限", choices=DUE, empty_label="全部", method="by_due"
    )
    stage = django_filters.ChoiceFilter(
        label="处理阶段", choices=STAGES[:-1], empty_label="全部", field_name="case__stage"
    )
    q = django_filters.CharFilter(
        label="案号或姓名",
        method="by_words",
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = Deadline
        fields: list[str] = []

    def keep(self, rows: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Filter nothing: the view has chosen the list already."""
        return rows

    def by_due(self, rows: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Filter by the view's condition, which depends on today and on the calendar."""
        condition: Any = self.request.due_conditions[value]
        return rows.filter(condition)

    def by_words(self, rows: QuerySet[Deadline], name: str, value: str) -> QuerySet[Deadline]:
        """Match a part of the number, the beginning of a name, or its pinyin initials."""
        return rows.filter(_words(value, "case__"))


class CaseFilter(django_filters.FilterSet):
    """Filters the list by open or closed, stage, case number or name."""

    state = django_filters.ChoiceFilter(
        label="状态",
        choices=[("open", "未销号"), ("closed", "已销号")],
        empty_label="全部",
        method="by_state",
    )
    stage = django_filters.ChoiceFilter(label="处理阶段", choices=STAGES, empty_label="全部")
    category = django_filters.ChoiceFilter(
        label="台账类别",
        choices=list(LABELS.items()),
        empty_label="全部",
        method="by_category",
    )
    returned = django_filters.ChoiceFilter(
        label="复学", choices=[("month", "本月复学")], empty_label="不限", method="by_return"
    )
    sample = django_filters.ChoiceFilter(
        label="县级抽查",
        choices=[("all", "已抽中"), (WAITING, "待抽查"), *SAMPLE_RESULTS.items()],
        empty_label="不限",
        method="by_sample",
    )
    q = django_filters.CharFilter(
        label="案号或姓名",
        method="by_words",
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def by_state(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Filter by open or closed. Closed cases stand on DX."""
        return rows.filter(stage="DX") if value == "closed" else rows.exclude(stage="DX")

    def by_category(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by the ledger as it was last counted."""
        return rows.standing_as(value)

    def by_return(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by children that came back in the month."""
        return rows.returned_since(clock.today().replace(day=1))

    def by_sample(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Filter by the draw and by what the county found. Drawn cases are closed."""
        drawn = rows.drawn()
        if value == WAITING:
            return drawn.filter(sample_result__isnull=True)
        return drawn if value == "all" else drawn.filter(sample_result=value)

    def by_words(self, rows: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Match as the queue does."""
        return rows.filter(_words(value, ""))


def _words(value: str, prefix: str) -> Q:
    value = value.strip()
    return (
        Q(**{f"{prefix}number__icontains": value})
        | Q(**{f"{prefix}child__name__startswith": value})
        | Q(**{f"{prefix}child__initials__startswith": value.lower()})
    )
