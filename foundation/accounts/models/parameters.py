"""The county's dated parameters, and the clock shift of a demo."""

from django.db import models
from django.db.models import Exists, OuterRef

from foundation import clock


class ParameterQuerySet(models.QuerySet["Parameter"]):
    """Rows of parameters, of which some were corrected by later ones."""

    def standing(self) -> "ParameterQuerySet":
        """The newest row of each day from which a value is in force, unless it was withdrawn."""
        newer = Parameter.objects.filter(
            county=OuterRef("county"),
            code=OuterRef("code"),
            valid_from=OuterRef("valid_from"),
            revision__gt=OuterRef("revision"),
        )
        return self.filter(~Exists(newer), is_withdrawn=False)


class Parameter(models.Model):
    """One parameter of a county, in force from a day, with the document it comes from.

    Rows are only added. A value that is not in force yet is corrected, or withdrawn, by a row with
    the same day and the next ``revision``. Rows of the set-up name nobody and no reason.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="parameters")
    code = models.CharField("参数", max_length=4)
    value = models.JSONField("取值")
    valid_from = models.DateField("生效日期")
    source = models.CharField("来源文件", max_length=200)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    revision = models.PositiveIntegerField("修订次数", default=1)
    is_withdrawn = models.BooleanField("已撤回", default=False)
    reason = models.CharField("原因", max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = ParameterQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "valid_from", "revision"],
                name="one_value_a_day_a_parameter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value} {self.valid_from}"


class ClockShift(models.Model):
    """How far the clock of a demo or test is moved. The newest row counts."""

    shift = models.DurationField()
    set_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.shift)
