"""Filters of 文书台账. The address holds them."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from foundation.accounts.models import Unit
from foundation.lists.filters import MonthFilter, QuickText, SelectFilter
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, Sending
from foundation.papers.rules.states import STATES


class ReceivedFilter(django_filters.FilterSet):
    """By whether one's unit has signed for it."""

    state = SelectFilter(
        label="签收",
        method="by_state",
        choices=[("waiting", "未签收"), ("received", "已签收")],
    )

    class Meta:
        model = Sending
        fields: list[str] = []

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that wait, or those that were signed for."""
        if value == "waiting":
            waiting: QuerySet[Any] = rows.waiting()  # type: ignore[attr-defined]
            return waiting
        return rows.filter(received_on__isnull=False)


class PaperFilter(django_filters.FilterSet):
    """By number, kind, state, unit, and the month of the signature."""

    q = django_filters.CharFilter(
        label="文号", field_name="number", lookup_expr="contains", max_length=40, widget=QuickText
    )
    kind = SelectFilter(label="文书")
    state = SelectFilter(
        label="状态",
        method="by_state",
        choices=[
            ("unserved", "待送达"),
            ("unreceived", "未签收"),
            *((one.value, words.label) for one, words in STATES.items()),
        ],
    )
    unit = SelectFilter(label="发文机关", field_name="unit_id")
    month = MonthFilter(label="签发月份", method="by_month")

    class Meta:
        model = Paper
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset)
        self.filters["kind"].extra["choices"] = [(k.code, k.title) for k in KINDS.values()]
        units = Unit.objects.filter(pk__in=queryset.order_by().values("unit_id").distinct())
        choices = [(str(unit.pk), str(unit)) for unit in units.order_by("name")]
        if len(choices) > 1:
            self.filters["unit"].extra["choices"] = choices
        else:
            del self.filters["unit"]

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the state; 待送达 is signed, of a kind that is served, and not served yet; 未签收 is
        sent to a unit that has not signed for it."""
        if value in ("unserved", "unreceived"):
            found: QuerySet[Any] = getattr(Paper.objects, value)()
            return rows.filter(pk__in=found.values("pk"))
        return rows.filter(state=value)

    def by_month(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The papers that were signed in the month."""
        year, month = map(int, value.split("-"))
        return rows.filter(signed_on__year=year, signed_on__month=month)
