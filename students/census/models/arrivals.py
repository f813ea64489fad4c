"""Tables of the registration day, of the children who came, and of exemptions (R26, R29)."""

import uuid

from django.db import models
from django.db.models import F, Q

from foundation import clock
from foundation.protected import Protected
from students.census.models.entrants import Entrant
from students.roster.models import Enrolment, School, SchoolClass


class RegistrationDay(models.Model):
    """When and where a school registers its new children in a school year.

    Without a row the county's 报到注册日 of the autumn term counts.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="registration_days")
    school_year = models.PositiveSmallIntegerField("入学年度")
    day = models.DateField("报到日期")
    place = models.CharField("报到地点", max_length=100)
    hours = models.CharField("报到时间", max_length=40, blank=True)
    set_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        ordering = ["-school_year", "school_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_registration_day_a_school_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.day}"


class CheckIn(models.Model):
    """A child has reported at the school (已报到). Can be taken back on the same day only."""

    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="checkins")
    day = models.DateField("报到日期")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="+")
    undone_on = models.DateField("撤销日期", null=True)
    undone_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entrant"], condition=Q(undone_on=None), name="one_arrival_a_child"
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None) | Q(undone_on=F("day")),
                name="an_arrival_is_undone_the_same_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.day}"


class Exemption(models.Model):
    """Why a child need not register here, with its proof. It ends with its end date, if any."""

    KINDS = {
        "elsewhere": "已在外地（他校）就读",
        "deferred": "延缓入学已批准",
        "at_home": "送教上门",
        "special": "特殊教育学校就读",
        "moved": "户籍已迁出",
        "died": "死亡",
        "wrong": "信息有误，不属于本学年入学",
    }

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    entrant = models.ForeignKey(Entrant, models.PROTECT, related_name="exemptions")
    kind = models.CharField("情形", max_length=12)
    proof = models.CharField("佐证材料", max_length=200)
    until = models.DateField("至", null=True)
    document = models.ForeignKey("roster.Document", models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField("登记日期")
    granted_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    revoked_on = models.DateField("撤销日期", null=True)
    revoke_reason_sealed = models.TextField(blank=True)
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    revoke_reason = Protected()  # 撤销原因

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entrant"], condition=Q(revoked_on=None), name="one_exemption_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(proof=""), name="an_exemption_has_its_proof"),
            # 义务教育法 第十一条 and domain 3.8: a deferral is for a time, a year at most.
            models.CheckConstraint(
                condition=~Q(kind="deferred") | Q(until__isnull=False),
                name="a_deferral_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entrant_id} {self.kind}"

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return self.KINDS[self.kind]
