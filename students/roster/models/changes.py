"""学籍异动: a change, its events, its proofs, and the child's absence from class that it brings."""

import uuid
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from foundation.accounts.models import Unit
from foundation.accounts.models.people import DateRange
from foundation.protected import Protected
from students.roster.models.change_querysets import AwaySpellQuerySet, ChangeQuerySet
from students.roster.models.children import Child
from students.roster.models.documents import Document
from students.roster.models.schools import School, SchoolClass
from students.roster.rules.change_kinds import (
    ACT_LABELS,
    BY_CODE,
    PENDING,
    REASONS,
    ChangeAct,
    ChangeKind,
    State,
    state_label,
)


class Change(models.Model):
    """One 异动 of one child; a child has at most one that is pending.

    The kinds are rows of rules/change_kinds.py. ``occurred_on`` is the day it happened or begins,
    ``recorded_on`` the day it was entered; a later entry is 补登. ``asked`` marks a transfer that
    the receiving school asked for. Until the sending school agrees, nothing of the child is shown
    to the receiving school.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="changes")
    kind = models.CharField("类别", max_length=20)
    state = models.CharField("办理状态", max_length=10)
    from_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="leaving")
    from_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    to_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="arriving")
    to_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    outside_school = models.CharField("县外学校", max_length=60, blank=True)
    outside_place = models.CharField("县外学校所在地", max_length=60, blank=True)
    township = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField("发生日期")
    until = models.DateField("期限至", null=True)
    reason = models.CharField("原因", max_length=2, blank=True)
    note_sealed = models.TextField(blank=True)
    asked = models.BooleanField("接收学校申请", default=False)
    agreed_on = models.DateField("原校同意日期", null=True)
    due_on = models.DateField("应办结日期", null=True)
    settled_on = models.DateField("办结日期", null=True)
    recorded_on = models.DateField("登记日期")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")

    note = Protected()  # 说明: of a suspension it tells of the illness
    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-occurred_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(state__in=[str(state) for state in PENDING]),
                name="one_pending_change_a_child",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(BY_CODE)), name="change_is_of_a_kind_that_exists"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("occurred_on")),
                name="a_change_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["from_school", "occurred_on"], name="changes_from_a_school"),
            models.Index(fields=["to_school", "occurred_on"], name="changes_to_a_school"),
            models.Index(fields=["state", "due_on"], name="changes_by_due_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.child_id} {self.occurred_on}"

    @property
    def rule(self) -> ChangeKind:
        """The row of KINDS."""
        return BY_CODE[self.kind]

    @property
    def kind_label(self) -> str:
        """The kind, in Chinese."""
        return self.rule.label

    @property
    def state_label(self) -> str:
        """The state, in Chinese."""
        return state_label(self.rule, State(self.state))

    @property
    def reason_label(self) -> str:
        """The reason, in Chinese."""
        return REASONS.get(self.reason, "")

    @property
    def is_pending(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.state in PENDING

    @property
    def is_backdated(self) -> bool:
        """补登: entered on a later day than it happened."""
        return self.recorded_on > self.occurred_on

    @property
    def is_hidden_from_asker(self) -> bool:
        """Whether the school that asked still waits for the sending school's answer."""
        return self.asked and self.agreed_on is None

    def is_late_on(self, day: date) -> bool:
        """Whether it is pending past its due day."""
        return self.is_pending and self.due_on is not None and self.due_on < day


class ChangeEvent(models.Model):
    """One act on a change, approvals included; append-only (R37, 可追溯)."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    change = models.ForeignKey(Change, models.PROTECT, related_name="events")
    act = models.CharField("动作", max_length=10)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    occurred_on = models.DateField("发生日期")
    recorded_on = models.DateField("记录日期")
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    text_sealed = models.TextField(blank=True)

    text = Protected()  # 说明

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.change_id} {self.act} {self.occurred_on}"

    @property
    def label(self) -> str:
        """The act, in Chinese."""
        return ACT_LABELS[ChangeAct(self.act)]


class ChangeProof(models.Model):
    """A paper of the child that proves a change; append-only."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="proofs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "document"], name="one_proof_a_paper")
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.document_id}"


class AwaySpell(models.Model):
    """在籍不在校: the child is on the roll but not expected in class; 应到 omits it (design 4).

    It lasts from ``starts_on`` to the day before ``back_on``. When the two days are equal it is
    void. ``returned_on`` is the day the child came back after a suspension.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="away_spells")
    change = models.OneToOneField(Change, models.PROTECT, related_name="away")
    starts_on = models.DateField("起")
    back_on = models.DateField("应返校", null=True)
    returned_on = models.DateField("返校", null=True)

    objects = AwaySpellQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ExclusionConstraint(
                name="away_spells_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "back_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(back_on__gte=F("starts_on")),
                name="an_away_spell_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.starts_on} {self.back_on}"
