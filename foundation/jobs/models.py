"""The table of jobs. A row survives the crash of its worker."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from foundation.jobs.querysets import JobQuerySet


class Job(models.Model):
    """Work in the background. A worker leases it; when the lease lapses the next one takes it."""

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
    LABELS = {QUEUED: "排队中", RUNNING: "处理中", DONE: "已完成", FAILED: "未完成"}

    BROKEN_OFF = "处理中断，正在接着办，不用重新提交。"

    task = models.CharField("任务", max_length=80)
    args = models.JSONField("参数", default=dict)
    title = models.CharField("名称", max_length=120)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, default=QUEUED)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    lease_until = models.DateTimeField("租约到", null=True)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("共", default=0)
    note = models.CharField("进度说明", max_length=120, blank=True)
    problem = models.TextField("未完成的原因", blank=True)
    result_url = models.CharField("结果", max_length=200, blank=True)
    created_at = models.DateTimeField("提交时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # foundation.jobs.actions.pick_up reads it every 15 seconds.
            models.Index(
                fields=["id"], name="jobs_not_ended", condition=Q(state__in=["queued", "running"])
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return self.LABELS[self.state]

    @property
    def is_over(self) -> bool:
        """Whether the job has ended, well or badly."""
        return self.state in (self.DONE, self.FAILED)

    @property
    def percent(self) -> int:
        """Whole percent done; 100 only at the end."""
        return 100 if self.state == self.DONE else min(self.done * 100 // max(self.total, 1), 99)

    def is_held_at(self, now: datetime) -> bool:
        """Whether a worker's lease still runs; after it the next worker may take the job."""
        return bool(self.state == self.RUNNING and self.lease_until and self.lease_until > now)

    def is_broken_off_at(self, now: datetime) -> bool:
        """Whether its worker died; within a minute the next one takes the job."""
        lapsed = self.lease_until is not None and self.lease_until <= now
        return self.state == self.RUNNING and lapsed

    def words_at(self, now: datetime) -> str:
        """What the job is doing, in words; empty while the percentage says enough."""
        if self.is_over:
            return self.problem or "已完成。"  # the note says what it was doing
        if self.is_broken_off_at(now):
            return self.BROKEN_OFF
        if self.state == self.RUNNING and not self.total:
            return self.note or "正在处理…"
        return f"{self.note}（{self.done} / {self.total}）" if self.note and self.total else ""


class TaskRun(models.Model):
    """When a periodic task ran last, by the real clock. One row a task, written by the worker.

    It tells 系统状态 that beat and worker are there; what a task has to do stands elsewhere.
    """

    name = models.CharField("定时任务", max_length=80, unique=True)
    started_at = models.DateTimeField("最近开始")
    ended_at = models.DateTimeField("最近办完", null=True)
    failed_at = models.DateTimeField("最近失败", null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Whether its last run ended badly."""
        return bool(self.failed_at and (not self.ended_at or self.failed_at > self.ended_at))
