"""Tables of roll calls with their versions, absences, leave slips, and recounts."""

import uuid

from django.db import models
from django.db.models import F, Q

from foundation.protected import Protected
from students.attendance.querysets import (
    AbsenceQuerySet,
    NudgeQuerySet,
    RollCallQuerySet,
    SlipQuerySet,
    SpellQuerySet,
)
from students.attendance.rules.kinds import BY_CODE, HALVES, SESSIONS, SLIP_KINDS
from students.calendars.models import SchoolDayOverride
from students.roster.models import Child, SchoolClass


class RollCall(models.Model):
    """The roll of one class for one day or half-day. No row means 未点名, never 全勤.

    A roll that was taken back is 未点名 too. Called again, it counts from ``first_version`` on.
    """

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="roll_calls")
    day = models.DateField("日期")
    session = models.CharField("节次", max_length=2, default="d")  # kinds.SESSIONS
    version = models.PositiveSmallIntegerField("版本", default=1)
    expected = models.PositiveSmallIntegerField("应到")
    absent = models.PositiveSmallIntegerField("缺勤")
    first_called_at = models.DateTimeField("首次提交")
    # The version that called the roll; after a taking back, the version that called it again.
    first_version = models.PositiveSmallIntegerField("首次提交版本", default=1)
    is_taken_back = models.BooleanField("已撤回", default=False)

    objects = RollCallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "day", "session"], name="one_roll_call_a_session"
            ),
            models.CheckConstraint(condition=Q(session__in=list(SESSIONS)), name="a_known_session"),
            models.CheckConstraint(
                condition=Q(absent__lte=F("expected")), name="no_more_absent_than_expected"
            ),
            models.CheckConstraint(
                condition=Q(first_version__lte=F("version")), name="first_called_before_changed"
            ),
        ]
        indexes = [models.Index(fields=["day", "school_class"], name="roll_calls_of_a_day")]

    def __str__(self) -> str:
        return f"{self.school_class_id} {self.day} {self.session}"

    @property
    def present(self) -> int:
        """实到."""
        return self.expected - self.absent

    @property
    def is_changed(self) -> bool:
        """Whether the roll was changed after it was first called."""
        return self.version > self.first_version


class Submission(models.Model):
    """One version of a roll call: its sender, the browser's uuid, the reason, which may tell of an
    illness and is bound to that uuid.

    A version with ``takes_back`` makes the roll 未点名 again; it has no marks.
    """

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField("版本")
    client_uuid = models.UUIDField("提交编号", unique=True)
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reason_sealed = models.TextField(blank=True)
    marked_at = models.DateTimeField("点名时间", null=True)
    recorded_at = models.DateTimeField("收到时间")
    takes_back = models.BooleanField("撤销", default=False)

    reason = Protected()  # 更正理由

    class Meta:
        ordering = ["roll_call_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "version"], name="one_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.roll_call_id} v{self.version}"

    @property
    def uuid(self) -> uuid.UUID:
        """What the sealed reason is bound to."""
        return self.client_uuid


class Absence(models.Model):
    """A child missing at a roll call, from a version on; a correction ends it, never deletes it."""

    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="absences")
    child = models.ForeignKey(Child, models.PROTECT, related_name="absences")
    day = models.DateField("日期")
    halves = models.PositiveSmallIntegerField("半天数")  # a whole day is two
    kind = models.CharField("缺勤类型", max_length=12)  # kinds.KINDS
    leave_until = models.DateField("请假止", null=True, blank=True)
    guardian_told = models.BooleanField("已联系家长", default=False)
    uuid = models.UUIDField(null=True, editable=False)  # of a row with a note only
    note_sealed = models.TextField(blank=True)
    since_version = models.PositiveSmallIntegerField()
    until_version = models.PositiveSmallIntegerField(null=True)

    note = Protected()  # 说明
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roll_call", "child"],
                condition=Q(until_version__isnull=True),
                name="one_standing_mark_a_child",
            ),
            models.CheckConstraint(
                condition=Q(halves__in=sorted(set(HALVES.values()))), name="halves_are_0_to_2"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(BY_CODE)), name="a_known_kind"),
        ]
        indexes = [
            models.Index(
                fields=["child", "day"],
                name="standing_absences_of_a_child",
                condition=Q(until_version__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.day} {self.kind}"


class AbsenceSpell(models.Model):
    """连续缺勤: unexcused half-days in a row, recounted whenever a roll call tells of the child.

    ``ended_on`` is the day on which the roll found the child there, or excused, again; empty while
    the child is still away. ``halves`` counts only days whose roll was called.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="spells")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")
    started_on = models.DateField("首次无故缺勤")
    last_missed_on = models.DateField("最近无故缺勤")
    ended_on = models.DateField("返校", null=True)
    halves = models.PositiveSmallIntegerField("无故半天数")
    last_present_on = models.DateField("最后到校", null=True)
    is_void = models.BooleanField("已更正撤销", default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "started_on"]
        indexes = [
            # Covers only the few ongoing spells, whose length is queried every day.
            models.Index(
                fields=["halves"],
                name="spells_that_go_on",
                condition=Q(ended_on__isnull=True, is_void=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["child", "started_on"], name="one_spell_a_first_day"),
            models.CheckConstraint(
                condition=Q(last_missed_on__gte=F("started_on")), name="a_spell_goes_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.started_on} {self.halves}"


class LeaveSlip(models.Model):
    """假条: a guardian's signed leave from a day to a day. A revoked slip stays, with the reason.

    It excuses the leave marks of its days (students/attendance/rules/leave.py). The roll is called
    all the same.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="leave_slips")
    kind = models.CharField("请假类型", max_length=12)  # kinds.SLIP_KINDS
    first_day = models.DateField("请假起")
    last_day = models.DateField("请假止")
    reason_sealed = models.TextField()
    photo = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    taken_back_at = models.DateTimeField("撤销时间", null=True)
    taken_back_by = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    taken_back_reason_sealed = models.TextField(blank=True)

    reason = Protected()  # 事由
    taken_back_reason = Protected()  # 撤销理由
    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "first_day", "last_day", "kind"],
                condition=Q(taken_back_at__isnull=True),
                name="one_standing_slip_once",
            ),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="a_slip_goes_forward"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(SLIP_KINDS)), name="a_slip_is_of_a_leave"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | ~Q(taken_back_reason_sealed=""),
                name="a_slip_is_taken_back_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["child", "last_day"],
                name="standing_slips_of_a_child",
                condition=Q(taken_back_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.first_day} {self.last_day}"

    @property
    def kind_label(self) -> str:
        """病假 or 事假."""
        return BY_CODE[self.kind].label


class FollowedOverride(models.Model):
    """A suspended or make-up day after which its classes' spells were recounted."""

    override = models.OneToOneField(SchoolDayOverride, models.PROTECT, related_name="followed")
    followed_at = models.DateTimeField("重算时间")

    def __str__(self) -> str:
        return str(self.override_id)


class RuledDay(models.Model):
    """A day with a roll call, after the county's terms or holidays changed what it is.

    Rows are only added; the newest row of a day counts. ``followed_at`` is when the day's spells
    were recounted.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    day = models.DateField("日期")
    is_school_day = models.BooleanField("是否上课日")
    ruled_at = models.DateTimeField("核对时间")
    followed_at = models.DateTimeField("重算时间", null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["county", "day"], name="ruled_days_of_a_county")]

    def __str__(self) -> str:
        return f"{self.day} {'上课' if self.is_school_day else '不上课'}"


class RuledCalendar(models.Model):
    """The version of a county's terms and holidays last compared with its roll calls."""

    county = models.OneToOneField("accounts.Unit", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField("校历版本")
    ruled_at = models.DateTimeField("核对时间")

    def __str__(self) -> str:
        return f"{self.county_id} {self.version}"


class CountedRule(models.Model):
    """A version of the counting rules by which every standing spell was counted. Append-only."""

    version = models.PositiveIntegerField("计数规则版本", unique=True)
    counted_at = models.DateTimeField("重算时间")

    def __str__(self) -> str:
        return str(self.version)


class FollowedRoster(models.Model):
    """How far the rows of the roster were followed at a moment: the last id of each table.

    Append-only. A row may be committed after one with a higher id, so once a day a look goes
    ``again`` over all rows since the last such look (actions/reseating.py).
    """

    followed_at = models.DateTimeField("重算时间")
    again = models.BooleanField("复核", default=False)
    enrolment = models.BigIntegerField("在籍记录")
    edit = models.BigIntegerField("在籍记录的修改")
    change = models.BigIntegerField("异动的办理")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.edit} {self.change}"


class Nudge(models.Model):
    """催办: the school's desk asks a class's teacher to call the roll; append-only.

    ``told`` is how many posts were written to.
    """

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="nudges")
    day = models.DateField("点名日期")
    sent_at = models.DateTimeField("催办时间")
    sent_on = models.DateField("催办日期")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    told = models.PositiveSmallIntegerField("通知人数")

    objects = NudgeQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["school_class", "-sent_at"], name="nudges_of_a_class")]

    def __str__(self) -> str:
        return f"{self.school_class_id} {self.day}"
