"""The filters that lists of cases and of duties share: place, month of opening, cause, name."""

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet

from cases.querysets import case_scope
from cases.rules.codes import CAUSES, SENSITIVE_CAUSES, TOWNSHIP
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import MonthFilter, QuickText, SelectFilter
from foundation.lists.rows import Later
from students.roster.areas import school_rows
from students.roster.models.naming import name_seen

_OTHER = "99"  # 其他: what a sensitive cause reads for everybody else


class AreaFilter(django_filters.FilterSet):
    """Filters rows that belong to a case. ``to_case`` leads from a row to it.

    A viewer of one school is offered neither townships nor schools.
    """

    to_case = ""
    filters: dict[str, Any]
    first: ClassVar[tuple[str, ...]] = ("q",)  # these stand first, in this order

    q = django_filters.CharFilter(
        label="案号或姓名",
        method="by_words",
        max_length=60,
        widget=QuickText({"type": "search", "autocomplete": "off"}),
    )
    township = SelectFilter(label=TOWNSHIP, method="by_township")
    school = SelectFilter(label="学校", method="by_school")
    month = MonthFilter(label="立案月份", method="by_month")
    cause = SelectFilter(label="原因", choices=list(CAUSES.items()), method="by_cause")

    def __init__(self, data: Any, queryset: Later, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        viewer: Viewer = request.viewer
        assert viewer.day is not None  # a request has posts of a day
        self.day = viewer.day
        self.filters = {
            name: self.filters[name] for name in dict.fromkeys((*self.first, *self.filters))
        }
        self._offer_places(viewer)
        if not viewer.has(Right.SEE_SENSITIVE_CAUSE):
            self.filters["cause"].extra["choices"] = [
                (code, words) for code, words in CAUSES.items() if code not in SENSITIVE_CAUSES
            ]

    def _offer_places(self, viewer: Viewer) -> None:
        """Offer the schools of the viewer's area, and the townships in which they lie."""
        asked = self.data.get("township", "") if self.data else ""
        schools = school_rows(viewer, Right.SEE_CASES)
        townships = {key: name for *_, key, name in schools}
        self.has_many_schools = len(schools) > 1
        self._offer("township", list(townships.items()), len(townships) > 1)
        chosen = asked if len(townships) > 1 else ""
        offered = [(key, name) for key, name, at, _ in schools if not chosen or str(at) == chosen]
        self._offer("school", offered, self.has_many_schools)

    def _offer(self, name: str, choices: list[tuple[Any, str]], wanted: bool) -> None:
        if wanted:
            self.filters[name].extra["choices"] = choices
        else:
            del self.filters[name]

    def _has(self, **conditions: Any) -> Q:
        return Q(**{f"{self.to_case}{name}": value for name, value in conditions.items()})

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Match a part of the number, the beginning of a name, or its pinyin initials.

        A name that the viewer does not read is matched by its first character only.
        """
        viewer: Viewer = self.request.viewer
        named = name_seen(
            _name_like(value, self.to_case),
            value,
            viewer,
            read=lambda: case_scope(viewer.by(Right.SEE_NAMES), self.day, self.to_case),
            prefix=f"{self.to_case}child__",
        )
        return rows.filter(_number_like(value, self.to_case) | named)

    def by_township(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The cases whose child lives in the township, or whose school lies there."""
        at = int(value)
        return rows.filter(self._has(township_id=at) | self._has(school_township_id=at))

    def by_school(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The cases of the school."""
        return rows.filter(self._has(school_id=int(value)))

    def by_month(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The cases opened in the month."""
        first = date.fromisoformat(f"{value}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return rows.filter(self._has(opened_on__range=(first, last)))

    def by_cause(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The cases with the cause, as the viewer reads it (design 4, Sensitive causes).

        A sensitive cause is found only among cases where the viewer may read it; elsewhere it is
        其他, in the list and here.
        """
        viewer: Viewer = self.request.viewer
        read = case_scope(viewer.by(Right.SEE_SENSITIVE_CAUSE), self.day, self.to_case)
        named = self._has(cause=value)
        if value in SENSITIVE_CAUSES:
            return rows.filter(named & read)
        if value == _OTHER:
            named |= self._has(cause__in=SENSITIVE_CAUSES) & ~read
        return rows.filter(named)


def _number_like(words: str, prefix: str) -> Q:
    return Q(**{f"{prefix}number__icontains": words.strip()})


def _name_like(words: str, prefix: str) -> Q:
    """The beginning of a name, or its initials."""
    words = words.strip()
    return Q(**{f"{prefix}child__name__startswith": words}) | Q(
        **{f"{prefix}child__initials__startswith": words.lower()}
    )
