"""A return as built: period, canonical rows, their digest and the bytes of the workbook."""

from django.db import models

from reporting.returns.querysets import BuiltReturnQuerySet


class BuiltReturn(models.Model):
    """One building of a return for a county and a period; a later one is a new version."""

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="returns")
    code = models.CharField("报表", max_length=4)  # F16
    period = models.DateField("所属月份")  # first day of the month
    version = models.PositiveSmallIntegerField("版本")
    as_of = models.DateField("统计时点")
    state = models.CharField("状态", max_length=10, default="building")
    rows = models.JSONField("数据", default=dict)
    rows_hash = models.CharField("SHA-256", max_length=64, blank=True)
    workbook = models.BinaryField("工作簿", null=True)
    file_name = models.CharField("文件名", max_length=120, blank=True)
    checks = models.JSONField("勾稽关系", default=list)
    built_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    objects = BuiltReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code", "period", "version"], name="one_return_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period:%Y-%m} v{self.version}"
