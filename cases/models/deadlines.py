"""Deadlines and their reminders. A case has several deadlines (design 4.6)."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from django.db import models
from django.db.models import Q

from cases.duedates import Due
from cases.models.case import Case
from cases.policy import ALL_DUTIES, STEPS, Duty
from cases.querysets import DeadlineQuerySet
from foundation.accounts.models import Unit

URGENCY = ("due_on", "pk")  # the most urgent first: queue, case page and return alike


class Deadline(models.Model):
    """A duty of a case with its day 0 and due day, computed under one version of the rules.

    It is open while neither met nor void. ``lapsed_on`` says that silence moved the case on at the
    due day; the duty stays missed. Lateness is derived from ``due_on`` and today, never stored.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    code = models.CharField("事项", max_length=20)
    cycle = models.PositiveSmallIntegerField("轮次", default=1)
    level = models.CharField("责任层级", max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day0 = models.DateField("起算日")
    window_end = models.DateField("窗口期满")
    due_on = models.DateField("到期日")
    remind_on = models.DateField("提前提醒日")
    missed_on = models.DateField("逾期提醒日")
    days = models.SmallIntegerField("天数")
    day_type = models.CharField("日别", max_length=16)
    rule = models.CharField("依据", max_length=120, blank=True)
    parameter = models.CharField("参数及取值", max_length=60, blank=True)
    calendar_version = models.PositiveIntegerField("校历版本", default=0)
    met_on = models.DateField("完成日", null=True)
    met_event = models.ForeignKey("cases.CaseEvent", models.PROTECT, null=True, related_name="+")
    void_on = models.DateField("作废日", null=True)
    lapsed_on = models.DateField("逾期转办日", null=True)
    told_on = models.DateField("已告知县级", null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "cycle"], name="one_deadline_a_duty_and_cycle"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("day0")), name="due_after_day_0"
            ),
        ]
        indexes = [
            # For the sweep (cases/sweeping.py) and every page of a queue.
            models.Index(
                fields=["unit", "due_on"],
                name="open_deadlines_of_a_unit",
                condition=Q(met_on__isnull=True, void_on__isnull=True),
            ),
            # For who is late, and how many duties a county owes.
            models.Index(
                fields=["unit", "due_on"],
                name="owed_deadlines_of_a_unit",
                condition=Q(met_on__isnull=True, void_on__isnull=True, lapsed_on__isnull=True),
            ),
            models.Index(
                fields=["due_on"],
                name="open_deadlines",
                condition=Q(met_on__isnull=True, void_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code} {self.due_on}"

    @property
    def duty(self) -> Duty:
        """The duty's row in the ladder."""
        return ALL_DUTIES[self.code]

    @property
    def due(self) -> Due:
        """The due day as cases/duedates.py computed it."""
        return Due(
            self.day0,
            self.window_end,
            self.due_on,
            self.remind_on,
            self.missed_on,
            self.days,
            self.day_type,
            self.parameter,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes it."""
        return self.met_on is None and self.void_on is None and self.lapsed_on is None

    @property
    def climbed(self) -> bool:
        """Whether its silence took the case to another level. A rung of the same level is none."""
        to = self.duty.if_silent
        return self.lapsed_on is not None and to is not None and STEPS[to].owner != self.level

    def is_owed_on(self, day: date) -> bool:
        """Whether somebody owed it at the end of ``day``."""
        ends = (self.met_on, self.void_on, self.lapsed_on)
        return self.day0 <= day and not any(end is not None and end <= day for end in ends)


def most_urgent(deadlines: Iterable[Deadline], day: date) -> Deadline | None:
    """The duty owed at the end of ``day`` that a queue shows first; None where none is owed."""
    owed = (one for one in deadlines if one.is_owed_on(day))
    return min(owed, key=attrgetter(*URGENCY), default=None)


class Reminder(models.Model):
    """A reminder sent for a deadline, one for each phase: before, on, after (design 4.6)."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    phase = models.CharField("时点", max_length=6)
    day = models.DateField("应发日期")
    sent_on = models.DateField("发出日期")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "phase"], name="one_reminder_a_phase")
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.phase}"
