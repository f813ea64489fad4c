"""Filters of 操作记录. The address holds them all; a child stands in it by its key only (S19)."""

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation import clock
from foundation.accounts.models import AuditEvent, Post, Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import ONE_DAY
from foundation.lists.filters import QuickText, SelectFilter
from kongchuo.setup.audit.finding import people_called
from kongchuo.setup.audit.objects import done_to
from kongchuo.setup.audit.words import BY_GROUP, GROUPS, REVEALED, SEEN, TAKEN

USUAL = timedelta(days=6)  # without any filter the list begins so long before today
SAW, REFUSED = "saw", "refused"
WHAT = [
    (SAW, "看过或导出"),
    *GROUPS.items(),
    (REFUSED, "被拒绝的"),
]


class DayFilter(django_filters.DateFilter):
    """A day by the clock that the pages show."""

    def __init__(self, label: str, method: str) -> None:
        widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
        super().__init__(label=label, method=method, widget=widget)


class AuditFilter(django_filters.FilterSet):
    """By child, person, unit, days and what was done."""

    who = django_filters.CharFilter(
        label="经办人姓名或账号", method="by_person", max_length=40, widget=QuickText()
    )
    to = django_filters.CharFilter(
        label="涉及的人员", method="by_concerned", max_length=40, help_text="姓名或账号"
    )
    what = SelectFilter(label="事项", choices=WHAT, method="by_what")
    since = DayFilter("从", "from_day")
    until = DayFilter("到", "to_day")
    unit = SelectFilter(label="单位", method="by_unit")
    child = django_filters.NumberFilter(method="by_child", widget=forms.HiddenInput)
    export = django_filters.NumberFilter(
        label="导出编号", method="by_export", min_value=1, max_value=2**31
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, viewer: Viewer) -> None:
        super().__init__(data, queryset)
        if viewer.has(Right.SEE_AUDIT):
            units = Unit.objects.filter(Q(county_id=viewer.county_id) | Q(pk=viewer.county_id))
            names = units.order_by("kind", "name").values_list("pk", "name")
            self.filters["unit"].extra["choices"] = list(names)
        else:
            del self.filters["unit"]

    def by_person(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Persons whose name or account is, or whose name begins with, the words."""
        return rows.filter(person__in=people_called(value.strip()))

    def by_concerned(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What was done to these persons: to their accounts, posts, requests and phones."""
        words = value.strip()
        return rows.filter(done_to(people_called(words), words))

    def by_what(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A group of verbs, or what was refused."""
        if value == REFUSED:
            return rows.exclude(outcome="done")
        groups = (SEEN, REVEALED, TAKEN) if value == SAW else (value,)
        return rows.filter(verb__in=[verb for group in groups for verb in BY_GROUP[group]])

    def from_day(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Since the beginning of the day."""
        return rows.filter(at__gte=_beginning(value))

    def to_day(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Until the end of the day."""
        return rows.filter(at__lt=_beginning(value + ONE_DAY))

    def by_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Under the posts of the unit."""
        posts = Post.objects.filter(unit_id=int(value)).values_list("pk", flat=True)
        return rows.filter(post__in=list(posts))

    def by_child(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Where the answer showed the child, or the act was on it."""
        return rows.filter(children__contains=[int(value)])

    def by_export(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The number that is printed on an exported list: order, decision, writing, downloads."""
        own = Q(kind="roster_export", object_id=int(value))
        return rows.filter(own | Q(pk=int(value), verb__in=BY_GROUP[TAKEN]))


def _beginning(day: date) -> datetime:
    shown = datetime.combine(day, clock_time(), timezone.get_current_timezone())
    return clock.kept(shown)
