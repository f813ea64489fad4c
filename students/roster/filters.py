"""The filters of the pupil list; the address holds them, so no number may be typed here."""

import re
from datetime import date
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from students.roster.grades import NAMES, entry_year_of, is_at_school, school_year_of
from students.roster.models import Enrolment, SchoolClass


def refuse_numbers(value: str) -> None:
    """An ID number or a telephone in an address stays in histories and logs (S19)."""
    if re.search(r"\d{6}", value):
        raise ValidationError("证件号、学籍号、电话请用「按号码查找」，号码不会留在网址里。")


class PupilFilter(django_filters.FilterSet):
    """By name or pinyin initials, school, grade and class."""

    q = django_filters.CharFilter(
        label="姓名或拼音首字母", method="by_words", validators=[refuse_numbers], max_length=60
    )
    school = django_filters.ChoiceFilter(label="学校", field_name="school_id", empty_label="全部")
    grade = django_filters.ChoiceFilter(
        label="年级",
        method="by_grade",
        choices=[(str(n), f"{name}年级") for n, name in enumerate(NAMES, start=1)],
        empty_label="全部",
    )
    school_class = django_filters.ChoiceFilter(
        label="班级", field_name="school_class_id", empty_label="全部"
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Any], *, day: date, classes: list[SchoolClass]
    ) -> None:
        super().__init__(data, queryset)
        self.school_year = school_year_of(day)
        classes = [c for c in classes if is_at_school(c.stage, c.entry_year, self.school_year)]
        schools = {c.school_id: str(c.school) for c in classes}
        asked = self.data.get("school", "") if self.data else ""
        self.has_many_schools = len(schools) > 1
        if self.has_many_schools:
            self.filters["school"].extra["choices"] = list(schools.items())
            classes = [c for c in classes if str(c.school_id) == asked]
        else:
            del self.filters["school"]
        self.filters["school_class"].extra["choices"] = [
            (c.pk, c.name_in(self.school_year)) for c in classes
        ]
        if not classes:
            self.filters["school_class"].extra["empty_label"] = "先选学校"

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Part of a name, or the first letters of its pinyin."""
        words = value.strip()
        if re.fullmatch(r"[A-Za-z]+", words):
            return rows.filter(
                Q(child__initials__startswith=words.lower()) | Q(child__name__icontains=words)
            )
        return rows.filter(child__name__contains=words)

    def by_grade(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The classes of a grade in the school year of the day."""
        grade = int(value)
        stage = SchoolClass.PRIMARY if grade <= 6 else SchoolClass.JUNIOR
        year = entry_year_of(stage, grade, self.school_year)
        return rows.filter(school_class__stage=stage, school_class__entry_year=year)
