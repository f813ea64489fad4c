"""Memberships in special groups, and absent parents. Seeing them needs a right of its own."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from foundation import clock
from foundation.accounts.models.people import DateRange
from foundation.masking import mask_id
from foundation.protected import Protected
from students.roster.models.children import Child
from students.roster.models.documents import Document
from students.roster.models.querysets import GroupQuerySet, StandingGroups
from students.roster.models.tracking import tracked
from students.roster.rules.group_kinds import label_of
from students.roster.rules.left_behind import PARENTS, GuardianAway


@tracked(exclude=("uuid", "recorded_at"))
class GroupSpell(models.Model):
    """A membership: a child is in a group from day to day, both included; one group never overlaps.

    When an import is undone, its memberships are voided: they never count, and only ``everything``
    returns them.
    """

    TYPED, ROSTER = "typed", "roster"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="group_spells")
    group = models.CharField("群体类别", max_length=20)  # group_kinds.GROUPS
    kind = models.CharField("类型", max_length=20, blank=True)  # 视力残疾, 双亲留守儿童 …
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    basis_sealed = models.TextField(blank=True)
    basis_digest = models.CharField(max_length=64, blank=True)
    evidence = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="group_spells"
    )
    note_sealed = models.TextField(blank=True)
    source = models.CharField("来源", max_length=10, default=TYPED)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    end_reason = models.CharField("退出原因", max_length=200, blank=True)

    voided_on = models.DateField("作废日期", null=True, blank=True)

    basis = Protected("basis")
    note = Protected()  # 备注
    objects = StandingGroups()
    everything = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "group", "starts_on"]
        indexes = [models.Index(fields=["group", "starts_on"], name="children_of_a_group")]
        constraints = [
            ExclusionConstraint(
                name="a_group_is_not_entered_twice",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_group_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.group} {self.starts_on}"

    @property
    def label(self) -> str:
        """The group, in Chinese."""
        return label_of(self.group, self.kind)

    @property
    def masked_basis(self) -> str:
        """The certificate's number, masked as on every page."""
        return mask_id(self.basis)


class GuardianAbsence(models.Model):
    """A parent is away from home from day to day; 留守 is derived from it (domain 6.7)."""

    PLACES = {"county": "县内", "province": "县外省内", "country": "省外", "abroad": "境外"}
    CARERS = {
        "parent": "在家的父亲或母亲",
        "grandparents": "祖父母、外祖父母",
        "relatives": "其他亲属",
        "others": "非亲属受托人",
        "nobody": "无人照料",
    }

    child = models.ForeignKey(Child, models.PROTECT, related_name="guardian_absences")
    parent = models.CharField("外出的父母", max_length=6)  # left_behind.PARENTS
    starts_on = models.DateField("外出日期")
    ends_on = models.DateField("返家前一日", null=True, blank=True)
    place = models.CharField("外出地", max_length=10)
    carer = models.CharField("实际照料人", max_length=12)
    other_can_guard = models.BooleanField("在家一方有监护能力", default=True)
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)
    ended_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("返家登记时间", null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "starts_on"]
        constraints = [
            ExclusionConstraint(
                name="a_parent_is_not_away_twice",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("parent", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_parent_comes_back_after_leaving",
            ),
            models.CheckConstraint(condition=Q(parent__in=list(PARENTS)), name="a_known_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.parent} {self.starts_on}"

    @property
    def fact(self) -> GuardianAway:
        """The row as the rules of 留守 take it."""
        return GuardianAway(self.parent, self.starts_on, self.ends_on, self.other_can_guard)

    @property
    def parent_label(self) -> str:
        """父亲 or 母亲."""
        return PARENTS[self.parent]

    @property
    def place_label(self) -> str:
        """How far away the parent is, in Chinese."""
        return self.PLACES.get(self.place, "")

    @property
    def carer_label(self) -> str:
        """Who looks after the child, in Chinese."""
        return self.CARERS.get(self.carer, "")
