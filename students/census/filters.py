"""Filters of the lists of entrants and of their notices."""

import re
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from foundation.accounts.models import Unit
from foundation.papers.rules.states import UNSIGNED, PaperState
from students.census.ages import GRADES
from students.census.models import Entrant, Notice
from students.roster.lists.filters import refuse_numbers
from students.roster.models.naming import name_like

STATES = (
    ("no_notice", "未发通知书"),
    ("unsigned", "通知书待签发"),
    ("noticed", "已发通知书"),
    ("arrived", "已报到"),
    ("waiting", "尚未报到"),
    ("missing", "未报到（报到日已过）"),
    ("excused", "不需报到"),
)
NOTICE_STATES = (
    ("unsigned", "待签发"),
    ("open", "未发放"),
    ("served", "已发放"),
    ("cancelled", "已作废"),
)


def by_words(rows: QuerySet[Any], value: str, prefix: str = "") -> QuerySet[Any]:
    """Part of a name, the first letters of its pinyin."""
    return rows.filter(name_like(value, f"{prefix}child__"))


class EntrantFilter(django_filters.FilterSet):
    """By name, grade, village and state; rows carry their standing."""

    q = django_filters.CharFilter(
        label="姓名、拼音首字母或通知书序号",
        method="by_words",
        validators=[refuse_numbers],
        max_length=60,
    )
    state = django_filters.ChoiceFilter(
        label="情况", method="by_state", choices=STATES, empty_label="全部"
    )
    stage = django_filters.ChoiceFilter(
        label="年级", choices=list(GRADES.items()), empty_label="全部"
    )
    village = django_filters.ChoiceFilter(
        label="户籍村（居）", field_name="village_id", empty_label="全部"
    )

    class Meta:
        model = Entrant
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, today: date) -> None:
        super().__init__(data, queryset)
        self.today = today
        villages = Unit.objects.filter(pk__in=queryset.order_by().values("village_id"))
        choices = [(unit.pk, str(unit)) for unit in villages.order_by("name")]
        self.filters["village"].extra["choices"] = choices

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Part of a name, pinyin initials, or the number of the notice in one's hand."""
        if re.fullmatch(r"\d{1,5}", value.strip()):
            # One filter, so that all conditions hold for the same notice.
            return rows.filter(notices__paper__seq=int(value), notices__cancelled_on=None)
        return by_words(rows, value)

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What became of the child, as of today."""
        return rows.filter(states_on(self.today)[value])


def states_on(today: date) -> dict[str, Q]:
    """Each state as a condition on rows with their standing."""
    due = Q(arrived_on=None, is_excused=False, is_enrolled=False)
    return {
        "no_notice": Q(notice_no=None) & due,
        "unsigned": Q(notice_no="") & due,
        "noticed": Q(notice_no__gt=""),
        "arrived": Q(arrived_on__isnull=False) | Q(is_enrolled=True),
        "waiting": due & (Q(due_on__gte=today) | Q(due_on=None)),
        "missing": due & Q(due_on__lt=today),
        "excused": Q(is_excused=True, arrived_on=None),
    }


class NoticeFilter(django_filters.FilterSet):
    """By name or number, and by the state of the notice."""

    q = django_filters.CharFilter(
        label="姓名、拼音首字母或通知书序号",
        method="by_words",
        validators=[refuse_numbers],
        max_length=60,
    )
    state = django_filters.ChoiceFilter(
        label="情况", method="by_state", choices=NOTICE_STATES, empty_label="全部"
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Part of a name, pinyin initials, or the number."""
        if re.fullmatch(r"\d{1,5}", value.strip()):
            return rows.filter(paper__seq=int(value))
        return by_words(rows, value, "entrant__")

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Not yet signed, not yet handed out, handed out, or void."""
        conditions = {
            "unsigned": Q(paper__state__in=UNSIGNED),
            "open": Q(paper__state=PaperState.SIGNED),
            "served": Q(paper__state=PaperState.SERVED),
            "cancelled": Q(paper__state=PaperState.VOID),
        }
        return rows.filter(conditions[value])
