"""Filters of 文书台账. The address holds them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from foundation.accounts.models import Unit
from foundation.lists.filters import MonthFilter, QuickText, SelectFilter
from foundation.papers.kinds import KINDS, PaperKind
from foundation.papers.models import Paper, Sending
from foundation.papers.querysets import unanswered, unscanned, unserved
from foundation.papers.reading import NO_SCAN
from foundation.papers.rules.service import SERVED_WITHIN
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
            ("unserved", "未送达"),
            ("late", "逾期未送达"),
            ("unreceived", "未签收"),
            ("unanswered", "未回函"),
            ("unscanned", NO_SCAN),
            *((one.value, words.label) for one, words in STATES.items()),
        ],
    )
    unit = SelectFilter(label="发文机关", field_name="unit_id")
    month = MonthFilter(label="签发月份", method="by_month")

    class Meta:
        model = Paper
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Any], today: date, kinds: Iterable[PaperKind] = ()
    ) -> None:
        super().__init__(data, queryset)
        self.today = today
        self.filters["kind"].extra["choices"] = [(k.code, k.title) for k in kinds or KINDS.values()]
        units = Unit.objects.filter(Exists(queryset.order_by().filter(unit=OuterRef("pk"))))
        choices = [(str(unit.pk), str(unit)) for unit in units.order_by("name")]
        if len(choices) > 1:
            self.filters["unit"].extra["choices"] = choices
        else:
            del self.filters["unit"]

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the state; 未送达 is signed, of a kind that is served, and not served yet; 未签收 is
        sent to a unit that has not signed for it; 未回函 asks for a reply and has none;
        待上传签字扫描件 is signed by hand and its signed sheet is not here."""
        if value == "unreceived":
            return rows.filter(pk__in=Paper.objects.unreceived().values("pk"))
        if value == "unanswered":
            return rows.filter(unanswered())
        if value == "unscanned":
            return rows.filter(unscanned())
        if value == "unserved":
            return rows.filter(unserved())
        if value == "late":
            return rows.filter(unserved(), signed_on__lt=self.today - SERVED_WITHIN)
        return rows.filter(state=value)

    def by_month(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The papers that were signed in the month."""
        first = date.fromisoformat(f"{value}-01")
        after = (first + timedelta(days=31)).replace(day=1)
        return rows.filter(signed_on__gte=first, signed_on__lt=after)
