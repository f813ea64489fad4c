"""Tables of a county's calendar: days that differ, years on record, terms, exceptions."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from foundation import clock
from foundation.accounts.models.people import DateRange


class CalendarYear(models.Model):
    """The State Council's arrangement for this year is on record in the county."""

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="calendar_years")
    year = models.PositiveSmallIntegerField("年份")
    source_document = models.CharField("来源文件", max_length=200)
    revision = models.PositiveIntegerField("修订次数", default=1)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="one_arrangement_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年"


class CalendarDay(models.Model):
    """A day that differs from Monday to Friday worked, weekend free.

    A correction changes the row and adds to ``revision``, so that a calendar's version only grows.
    A day that becomes ordinary again keeps its row, with the ordinary value.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="calendar_days")
    day = models.DateField("日期")
    is_working = models.BooleanField("是否上班")
    note = models.CharField("说明", max_length=60, blank=True)
    source = models.CharField("来源文件", max_length=200)
    revision = models.PositiveIntegerField("修订次数", default=1)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["county", "day"], name="one_calendar_row_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_working else '休息'}"


class TermName(models.TextChoices):
    """The two terms of a school year, in the words of a county's 校历."""

    AUTUMN = "autumn", "秋季学期"
    SPRING = "spring", "春季学期"


TERM_NAMES = ["autumn", "spring"]


class SchoolTerm(models.Model):
    """A term of a county: first and last teaching day, both included, and registration day."""

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="school_terms")
    school_year = models.PositiveSmallIntegerField("学年（起始年）")
    name = models.CharField("学期", max_length=10)
    first_day = models.DateField("第一个上课日")
    last_day = models.DateField("最后一个上课日")
    registration_day = models.DateField("报到注册日")
    revision = models.PositiveIntegerField("修订次数", default=1)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "school_year", "name"],
                name="one_term_a_half_year",
                violation_error_message="该学年的这个学期已经登记，请修改原有记录。",
            ),
            models.CheckConstraint(condition=Q(name__in=TERM_NAMES), name="a_known_term"),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="a_term_ends_after_it_begins",
                violation_error_message="学期的最后一个上课日早于第一个上课日，请改正。",
            ),
            ExclusionConstraint(
                name="terms_of_a_county_do_not_overlap",
                violation_error_message="与已登记的另一学期日期重叠，请核对起止日期。",
                expressions=[
                    ("county", RangeOperators.EQUAL),
                    (DateRange("first_day", "last_day", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}—{self.school_year + 1}学年{self.label}"

    @property
    def label(self) -> str:
        """The Chinese name of the term."""
        return TermName(self.name).label


class SchoolDayOverride(models.Model):
    """A suspended or a make-up teaching day, for one school or for the whole county.

    Rows are only added. The newest row of a day counts, among those of the school and of the whole
    county. A mistake is corrected by a newer row that says why.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    school = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="school_day_overrides"
    )
    day = models.DateField("日期")
    is_school_day = models.BooleanField("是否上课")
    reason = models.CharField("原因", max_length=200)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["county", "school", "day"], name="overrides_of_a_school")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="an_override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {'上课' if self.is_school_day else '停课'}"


class CalendarChangeKind(models.TextChoices):
    """What of a calendar was changed."""

    TERMS = "terms", "学年学期"
    ARRANGEMENT = "arrangement", "放假调休"


class CalendarChange(models.Model):
    """One change of a school year's terms or of a year's holidays: who, when, why, by which paper.

    Rows are only added. ``before`` and ``after`` are lists of what stood on record: terms as they
    were entered, or days as ``[day, is worked, note]``. ``before`` is empty for a first entry.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="calendar_changes")
    kind = models.CharField("种类", max_length=12, choices=CalendarChangeKind.choices)
    year = models.PositiveSmallIntegerField("年份（学年为起始年）")
    before = models.JSONField("变更前", default=list)
    after = models.JSONField("变更后")
    source_document = models.CharField("来源文件", max_length=200)
    reason = models.CharField("原因", max_length=200)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["county", "-id"], name="changes_of_a_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(source_document=""),
                name="a_change_of_the_calendar_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"
