"""Schools, their classes, and the class posts of teachers."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from foundation.accounts.models import Unit
from foundation.days import ONE_DAY
from students.roster.models.querysets import ClassQuerySet
from students.roster.rules.grades import grade_name, school_year_of


class School(models.Model):
    """The school facts of a unit of kind school: its ministry code and how it marks attendance."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="school")
    code = models.CharField("学校标识码", max_length=10, unique=True)
    township = models.ForeignKey(Unit, models.PROTECT, related_name="schools")
    is_boarding = models.BooleanField("寄宿制", default=False)
    marks_half_days = models.BooleanField("上下午分别点名", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{10}$"), name="school_code_has_10_digits"
            )
        ]

    def __str__(self) -> str:
        return self.unit.name


class SchoolClass(models.Model):
    """A class; its grade follows from stage, entry year and the school year (domain 6.2)."""

    PRIMARY, JUNIOR = "1", "2"

    school = models.ForeignKey(School, models.PROTECT, related_name="classes")
    stage = models.CharField("学段", max_length=1)
    entry_year = models.PositiveSmallIntegerField("入学年度")
    number = models.PositiveSmallIntegerField("班号")
    closed_on = models.DateField("撤并日期", null=True, blank=True)
    opened_by = models.ForeignKey(
        "roster.ImportBatch", models.PROTECT, null=True, related_name="classes"
    )

    objects = ClassQuerySet.as_manager()

    class Meta:
        ordering = ["school_id", "stage", "-entry_year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "stage", "entry_year", "number"], name="one_class_a_number"
            ),
            models.CheckConstraint(condition=Q(stage__in=["1", "2"]), name="stage_is_1_or_2"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_year}级{self.number}班"

    @property
    def before_it_began(self) -> date:
        """The day on which a class is closed that was made by mistake: it was never taught."""
        return date(self.entry_year, 1, 1)

    @property
    def never_began(self) -> bool:
        """Whether the class was made by mistake and taken back."""
        return self.closed_on is not None and self.closed_on <= self.before_it_began

    def name_on(self, day: date) -> str:
        """The class's everyday name on a day."""
        return self.name_in(school_year_of(day))

    def name_in(self, school_year: int) -> str:
        """The class's everyday name in a school year, e.g. 七年级2班."""
        return f"{grade_name(self.stage, self.entry_year, school_year)}{self.number}班"


class DaysHeld(Func):
    """SQL ``daterange(from, to + 1)``: both days belong to it, and ``to = from - 1`` is no day."""

    function = "daterange"
    template = "%(function)s(%(expressions)s + 1)"
    output_field = DateRangeField()


class ClassPost(models.Model):
    """A post held for one class, from a day to a day: the class teacher or a substitute.

    One that was taken back before its first day ends on the day before it: it holds on no day. The
    database refuses a change of what is past (migration 0023).
    """

    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="classes")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="posts")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    is_substitute = models.BooleanField("代课", default=False)
    assigned_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, blank=True, related_name="+"
    )
    assigned_at = models.DateTimeField("安排时间", null=True, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    ended_by = models.ForeignKey(
        "accounts.Post", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("结束登记时间", null=True, blank=True)
    end_reason = models.CharField("结束理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_class_post_twice",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("school_class", RangeOperators.EQUAL),
                    (DaysHeld("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - ONE_DAY),
                name="a_class_post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.school_class_id}"

    @property
    def never_began(self) -> bool:
        """Whether it was taken back before its first day."""
        return self.ends_on is not None and self.ends_on < self.starts_on
