"""The table of children due at a school in a school year."""

from datetime import date

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.accounts.models import Unit
from students.census.ages import GRADES
from students.census.querysets import EntrantQuerySet
from students.roster.models import Child, School


class Entrant(models.Model):
    """A line of the 新生名单: of grade 1 as entered, of grade 7 as handed over (R25, R27).

    One that was entered by mistake is taken back with a reason; its row stays, and counts nowhere.
    ``township`` seals the notice: that of the home, or of the school where the home is not known.
    """

    ENTERED, HANDED_OVER = "entrant", "handover"

    child = models.ForeignKey(Child, models.PROTECT, related_name="entrants")
    school = models.ForeignKey(School, models.PROTECT, related_name="entrants")
    from_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="leavers")
    handover_row = models.OneToOneField(
        "census.HandoverRow", models.PROTECT, null=True, related_name="entrant"
    )
    school_year = models.PositiveSmallIntegerField("入学年度")
    stage = models.CharField("学段", max_length=1)
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.CharField("撤回原因", max_length=200, blank=True)

    # Added by querysets.with_standing; a row read without it does not have them.
    due_on: date | None
    arrived_on: date | None
    notice_no: str | None
    is_excused: bool
    is_enrolled: bool

    objects = EntrantQuerySet.as_manager()

    class Meta:
        ordering = ["child__name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "school_year"],
                condition=Q(withdrawn_on=None),
                name="one_entry_a_school_year",
            ),
            models.CheckConstraint(condition=Q(stage__in=["1", "2"]), name="entrant_has_a_stage"),
            models.CheckConstraint(
                condition=Q(from_school__isnull=True, handover_row__isnull=True)
                | Q(from_school__isnull=False, handover_row__isnull=False),
                name="a_leaver_comes_with_a_handover",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "school_year"], name="entrants_of_a_school"),
            models.Index(fields=["township", "school_year"], name="entrants_of_a_township"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.school_year}"

    @property
    def source(self) -> str:
        """How a case that arises from this row says the child was found."""
        return self.HANDED_OVER if self.from_school_id else self.ENTERED

    @property
    def grade_label(self) -> str:
        """一年级 or 七年级."""
        return GRADES[self.stage]
