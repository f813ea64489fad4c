"""The county's dated parameters, and the clock shift of a demo."""

from django.db import models

from foundation import clock


class Parameter(models.Model):
    """One parameter of a county, in force from a day, with the document it comes from."""

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="parameters")
    code = models.CharField("参数", max_length=4)
    value = models.JSONField("取值")
    valid_from = models.DateField("生效日期")
    source = models.CharField("来源文件", max_length=200)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "valid_from"], name="one_value_a_day_a_parameter"
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
