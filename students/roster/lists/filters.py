"""The filters of the pupil lists. The address holds them, so no number may be typed here."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from foundation.accounts.asking import prepared_for
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import QuickText, SelectFilter
from foundation.lists.rows import Later
from foundation.prepared import prepared
from students.roster.models import Child, Enrolment, GroupSpell, GuardianAbsence, SchoolClass
from students.roster.models.naming import name_like, name_seen
from students.roster.rules import codes
from students.roster.rules.grades import (
    NAMES,
    entry_year_of,
    grade_of,
    is_at_school,
    school_year_of,
)
from students.roster.rules.group_kinds import GROUPS

AWAY = "away"  # 父母外出: derived from absent parents, not ticked as a group


def refuse_numbers(value: str) -> None:
    """Raise ValidationError for an ID number or a telephone: addresses stay in histories and logs
    (S19)."""
    if re.search(r"\d{6}", value):
        raise ValidationError("证件号、学籍号、电话请用「按号码查找」，号码不会留在网址里。")


def names_read(viewer: Viewer, day: date) -> Q:
    """The rows of children whose names the viewer reads by some of the posts."""
    children = Child.objects.visible_to(viewer.by(Right.SEE_NAMES), day)
    return Q(child__in=children.values("pk"))


@dataclass(frozen=True, slots=True)
class Taught:
    """The schools by name, and the choices of grades, that a viewer's classes belong to."""

    schools: dict[int, str]
    grades: list[tuple[str, str]]


def taught_classes(viewer: Viewer, day: Any) -> QuerySet[Any]:
    """The classes whose pupils the viewer sees, and that are not closed."""
    seen: QuerySet[Any] = SchoolClass.objects.visible_to(viewer, day).taught_on(day)
    return seen


def taught_to(viewer: Viewer, day: date) -> Taught:
    """Schools and grades of those of these classes that are taught in the school year of the day.
    Two queries."""
    school_year, rows = school_year_of(day), _kinds_of_classes(viewer, day=day)
    found = [row for row in rows if is_at_school(row[1], row[2], school_year)]
    grades = sorted({grade_of(stage, entered, school_year) for _, stage, entered in found})
    schools = _school_names(keys=list({pk for pk, _, _ in found}))
    return Taught(dict(schools), [(str(n), f"{NAMES[n - 1]}年级") for n in grades])


@prepared_for
def _kinds_of_classes(viewer: Viewer, *, day: Any) -> QuerySet[SchoolClass, Any]:
    rows = taught_classes(viewer, day).order_by().distinct()
    return rows.values_list("school_id", "stage", "entry_year")


@prepared
def _homes(*, county: Any) -> QuerySet[Unit, Any]:
    """The townships and villages of a county."""
    rows = Unit.objects.filter(county_id=county, kind__in=[UnitKind.TOWNSHIP, UnitKind.VILLAGE])
    return rows.order_by("region__code").values_list("kind", "pk", "name", "parent_id")


@prepared
def _school_names(*, keys: Any) -> QuerySet[Unit, Any]:
    return Unit.objects.filter(pk__among=keys).order_by("name", "pk").values_list("pk", "name")


class PupilFilter(django_filters.FilterSet):
    """Filters by name or pinyin initials, school, grade, class, home, boarding, number and
    group."""

    q = django_filters.CharFilter(
        label="姓名或拼音首字母",
        method="by_words",
        validators=[refuse_numbers],
        max_length=60,
        widget=QuickText,
    )
    school = SelectFilter(label="学校", field_name="school_id")
    grade = SelectFilter(label="年级", method="by_grade")
    school_class = SelectFilter(label="班级", field_name="school_class_id")
    township = SelectFilter(label="户籍乡镇", field_name="child__home_township_id")
    village = SelectFilter(label="户籍村（居）", field_name="child__home_village_id")
    sex = SelectFilter(label="性别", field_name="child__sex", choices=list(codes.SEX.items()))
    boarding = SelectFilter(
        label="就读方式",
        method="by_boarding",
        choices=[("1", "住校"), ("0", "不住校")],
    )
    home = SelectFilter(
        label="户籍核实",
        method="by_home",
        choices=[("open", "待核实"), ("known", "已核实")],
    )
    number = SelectFilter(
        label="身份证件号",
        method="by_number",
        choices=[("none", "没有登记"), ("known", "已登记")],
    )
    group = SelectFilter(
        label="特殊群体",
        method="by_group",
        choices=[*((group.code, group.label) for group in GROUPS), (AWAY, "父母外出")],
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def __init__(self, data: Any, queryset: Later, *, viewer: Viewer, day: date) -> None:
        super().__init__(data, queryset)
        self.viewer, self.day, self.school_year = viewer, day, school_year_of(day)
        self._offer_classes()
        self._offer_homes()
        if not viewer.has(Right.SEE_GROUPS):
            del self.filters["group"]

    def _offer_classes(self) -> None:
        """Offer the schools that the viewer sees, and the classes of the chosen one."""
        taught = taught_to(self.viewer, self.day)
        schools = taught.schools
        asked = self.data.get("school", "") if self.data else ""
        self.filters["grade"].extra["choices"] = taught.grades
        self.has_many_schools = len(schools) > 1
        if self.has_many_schools:
            self.filters["school"].extra["choices"] = list(schools.items())
        else:
            asked = str(next(iter(schools), ""))
            del self.filters["school"]
        classes = self._classes_of(asked) if asked.isdecimal() else []
        self.filters["school_class"].extra["choices"] = [
            (c.pk, c.name_in(self.school_year)) for c in classes
        ]
        if not classes:
            self.filters["school_class"].extra["empty_label"] = "先选学校"

    def _classes_of(self, school: str) -> list[SchoolClass]:
        """The classes of the school that the viewer sees and that are taught this year."""
        seen = taught_classes(self.viewer, self.day).filter(school_id=school)
        return [c for c in seen if is_at_school(c.stage, c.entry_year, self.school_year)]

    def _offer_homes(self) -> None:
        """Offer the townships of the county, and the villages of the chosen one. One query.

        A township without a village is none where children live: a prison or a farm has a region
        of its own in the list.
        """
        rows = _homes(county=self.viewer.county_id)
        lived_in = {above for kind, _, _, above in rows if kind == UnitKind.VILLAGE}
        asked = self.data.get("township", "") if self.data else ""
        self.filters["township"].extra["choices"] = [
            (pk, name) for kind, pk, name, _ in rows if kind == UnitKind.TOWNSHIP and pk in lived_in
        ]
        villages = [
            (pk, name)
            for kind, pk, name, township in rows
            if kind == UnitKind.VILLAGE and (not asked or str(township) == asked)
        ]
        self.filters["village"].extra["choices"] = villages

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by part of a name, or by the first letters of its pinyin."""
        read = partial(names_read, self.viewer, self.day)
        return rows.filter(name_seen(name_like(value), value, self.viewer, read=read))

    def by_grade(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by the classes of a grade in the day's school year."""
        grade = int(value)
        stage = SchoolClass.PRIMARY if grade <= 6 else SchoolClass.JUNIOR
        year = entry_year_of(stage, grade, self.school_year)
        return rows.filter(school_class__stage=stage, school_class__entry_year=year)

    def by_boarding(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(child__boards=value == "1")

    def by_home(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by whether the home village is known; without one it has to be verified."""
        return rows.filter(child__home_village__isnull=value == "open")

    def by_number(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by whether an ID number is on record; 教育 and 公安 register the children without
        one (R33)."""
        unknown = Q(child__id_no_digest="")
        return rows.filter(unknown if value == "none" else ~unknown)

    def by_group(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Filter by a group on the day, among children whose groups the viewer may see."""
        if value == AWAY:
            found = GuardianAbsence.objects.on(self.day).visible_to(self.viewer, self.day)
        else:
            memberships = GroupSpell.objects.on(self.day).visible_to(self.viewer, self.day)
            found = memberships.filter(group=value)
        return rows.filter(child__in=found.values("child_id"))
