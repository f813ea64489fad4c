"""Enrolments: which child was in which class from when to when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from foundation.accounts.models.people import DateRange
from students.roster.models.children import Child
from students.roster.models.querysets import EnrolmentQuerySet, StandingEnrolments
from students.roster.models.schools import School, SchoolClass
from students.roster.models.tracking import tracked


@tracked(exclude=("recorded_at",))
class Enrolment(models.Model):
    """A child in a class from day to day, both included; enrolments of a child never overlap.

    When an import is undone, its enrolments are voided: they never count, and only ``everything``
    returns them.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="enrolments")
    starts_on = models.DateField("在籍起")
    ends_on = models.DateField("在籍止", null=True, blank=True)
    seat_no = models.CharField("班内学号", max_length=10, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)

    objects = StandingEnrolments()
    everything = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            # With it alone the county's pupils are counted, and each class's first day is found.
            models.Index(
                fields=["school_class", "starts_on", "ends_on"],
                name="standing_members_of_a_class",
                condition=Q(voided_on__isnull=True),
            ),
            models.Index(fields=["school", "starts_on"], name="members_of_a_school"),
        ]
        constraints = [
            ExclusionConstraint(
                name="enrolments_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_enrolment_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.school_class_id} {self.starts_on}"
