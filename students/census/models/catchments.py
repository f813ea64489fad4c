"""The table of catchments: which village's children belong to which school (就近入学, R34)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from foundation import clock
from foundation.accounts.models import Unit
from foundation.accounts.models.people import DateRange
from students.census.querysets import CatchmentQuerySet
from students.roster.models import School


class Catchment(models.Model):
    """A village belongs to a school for one stage, from a day to a day; to one school at a time.

    ``source_document`` and ``reason`` tell what it was set by; rows of before lack both.
    """

    village = models.ForeignKey(Unit, models.PROTECT, related_name="catchments")
    school = models.ForeignKey(School, models.PROTECT, related_name="catchments")
    stage = models.CharField("学段", max_length=1)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    source_document = models.CharField("来源文件", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = CatchmentQuerySet.as_manager()

    class Meta:
        ordering = ["village_id", "stage", "-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="a_village_has_one_school_a_stage",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    ("stage", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_catchment_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(stage__in=["1", "2"]), name="catchment_has_a_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.stage} {self.school_id}"
