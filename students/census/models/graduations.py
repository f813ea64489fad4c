"""Tables of graduations of grade 6 and 9: one act a school and year, one row a child."""

from django.db import models
from django.db.models import Q

from foundation import clock
from students.census.querysets import GraduationQuerySet
from students.roster.models import Child, Enrolment, School


class GraduationBatch(models.Model):
    """The graduation of a school's final classes on the last day of the school year."""

    school = models.ForeignKey(School, models.PROTECT, related_name="graduations")
    school_year = models.PositiveSmallIntegerField("学年（起始年）")
    day = models.DateField("毕业日期")
    done_on = models.DateField("办理日期")
    done_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    undone_on = models.DateField("撤销日期", null=True)
    undone_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                condition=Q(undone_on=None),
                name="one_graduation_a_school_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.school_year}"


class GraduationRow(models.Model):
    """One graduate and the enrolment that ended; append-only."""

    batch = models.ForeignKey(GraduationBatch, models.PROTECT, related_name="rows")
    child = models.ForeignKey(Child, models.PROTECT, related_name="graduations")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "child"], name="one_graduation_a_child")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.child_id}"
