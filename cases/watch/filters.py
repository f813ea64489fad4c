"""Filters of early warning and of the ledger. The address holds them."""

from datetime import date
from functools import partial
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case
from cases.watch.codes import RISKS
from cases.watch.models import Entry, Score
from cases.watch.rules import GROUP_CODES, RULES
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import QuickText, SelectFilter
from students.roster.lists.filters import names_read, refuse_numbers, taught_to
from students.roster.models import Enrolment, SchoolClass
from students.roster.models.naming import name_like, name_seen
from students.roster.rules.grades import entry_year_of, school_year_of


class ChildFilter(django_filters.FilterSet):
    """Filters by name or pinyin initials, and by the child's school and grade on the day."""

    q = django_filters.CharFilter(
        label="姓名或拼音首字母",
        method="by_words",
        validators=[refuse_numbers],
        max_length=60,
        widget=QuickText,
    )
    school = SelectFilter(label="学校", method="by_school")
    grade = SelectFilter(label="年级", method="by_grade")

    def __init__(self, data: Any, queryset: QuerySet[Any], *, viewer: Viewer, day: date) -> None:
        super().__init__(data, queryset)
        self.viewer, self.day, self.school_year = viewer, day, school_year_of(day)
        taught = taught_to(viewer, day)
        schools = taught.schools
        self.filters["grade"].extra["choices"] = taught.grades
        self.has_many_schools = len(schools) > 1
        if self.has_many_schools:
            self.filters["school"].extra["choices"] = list(schools.items())
        else:
            del self.filters["school"]

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Match a part of the name, or the first letters of its pinyin."""
        read = partial(names_read, self.viewer, self.day)
        return rows.filter(name_seen(name_like(value), value, self.viewer, read=read))

    def by_school(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The children who are at the school on the day."""
        return self._in(rows, Q(school_id=int(value)))

    def by_grade(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The children who are in the grade on the day."""
        grade = int(value)
        stage = SchoolClass.PRIMARY if grade <= 6 else SchoolClass.JUNIOR
        entered = entry_year_of(stage, grade, self.school_year)
        return self._in(rows, Q(school_class__stage=stage, school_class__entry_year=entered))

    def _in(self, rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
        members = Enrolment.objects.on(self.day).visible_to(self.viewer, self.day)
        return rows.filter(child__in=members.filter(condition).values("child_id"))


class WarningFilter(ChildFilter):
    """Filters also by reason, by whether the child stands on the ledger, and by open case."""

    reason = SelectFilter(
        label="原因",
        method="by_reason",
        choices=[(rule.code, rule.label) for rule in RULES],
    )
    listed = SelectFilter(
        label="重点关注",
        method="by_listed",
        choices=[("no", "未列入"), ("yes", "已列入")],
    )
    case = SelectFilter(
        label="个案",
        method="by_case",
        choices=[("no", "未立案"), ("yes", "已立案")],
    )

    class Meta:
        model = Score
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, viewer: Viewer, day: date) -> None:
        super().__init__(data, queryset, viewer=viewer, day=day)
        if not viewer.has(Right.SEE_GROUPS):
            self.filters["reason"].extra["choices"] = [
                (rule.code, rule.label) for rule in RULES if rule.code not in GROUP_CODES
            ]

    def by_reason(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The children for whom the rule counts, a group's rule only where the viewer sees it."""
        found = rows.filter(reasons__contains=[{"code": value}])
        return found.filter(sees_groups=True) if value in GROUP_CODES else found

    def by_listed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The children that stand on the ledger today, or do not."""
        listed = Entry.objects.on(self.day).visible_to(self.viewer, self.day)
        is_on = Exists(listed.filter(child=OuterRef("child")))
        return rows.filter(is_on if value == "yes" else ~is_on)

    def by_case(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The children with or without an open case: with one, a warning comes too late."""
        cases = Case.objects.visible_to(self.viewer, self.day).open()
        has_one = Exists(cases.filter(child=OuterRef("child")))
        return rows.filter(has_one if value == "yes" else ~has_one)


class EntryFilter(ChildFilter):
    """Filters also by 风险类型, and by whether the child still stands on the ledger."""

    risk = SelectFilter(
        label="风险类型",
        method="by_risk",
        choices=[(risk.code, risk.label) for risk in RISKS],
    )
    state = SelectFilter(
        label="状态",
        method="by_state",
        choices=[("open", "在册"), ("ended", "已移出")],
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, viewer: Viewer, day: date) -> None:
        super().__init__(data, queryset, viewer=viewer, day=day)
        if not viewer.has(Right.SEE_GROUPS):
            self.filters["risk"].extra["choices"] = [
                (risk.code, risk.label) for risk in RISKS if not risk.is_sensitive
            ]

    def by_risk(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The entries of a type. A sensitive type matches only where the viewer sees the groups."""
        found = rows.filter(risks__contains=[value])
        is_sensitive = any(risk.is_sensitive for risk in RISKS if risk.code == value)
        return found.filter(sees_groups=True) if is_sensitive else found

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The entries that still stand, or those taken off."""
        return rows.filter(ends_on__isnull=value == "open")
