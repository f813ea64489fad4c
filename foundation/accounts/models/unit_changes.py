"""Changes of units: what was ordered from which day, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models.people import Post
from foundation.accounts.models.places import Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

# What the facts of a school in ``told`` mean: to begin, and to end.
SCHOOL, CATCHMENT = "school", "catchment"
OF_A_SCHOOL = (SCHOOL, CATCHMENT)
SCHOOL_WORDS = {
    "is_boarding": ("寄宿制", "不再寄宿"),
    "marks_half_days": ("上午、下午分别点名", "一天点一次名"),
}
READERS = (Right.MANAGE_UNITS, Right.SEE_AUDIT)


class UnitChangeQuerySet(models.QuerySet["UnitChange"]):
    """Changes of units."""

    def visible_to(self, viewer: Viewer) -> "UnitChangeQuerySet":
        """The changes of the counties whose units the viewer keeps, or audits."""
        posts = viewer.posts_with(*READERS)
        return self.filter(county_id__in={post.county_id for post in posts})

    def waiting(self) -> "UnitChangeQuerySet":
        """Ordered and neither carried out nor withdrawn."""
        return self.filter(end__isnull=True)


class UnitChange(models.Model):
    """An order that changes a unit from a day on, with its reason and document. Append-only.

    ``before`` is the unit's name until then, ``after`` the one from then on where it changes.
    ``successor`` takes over what a closed unit had. ``undoes`` is the merge or closing that was
    carried out and that this order takes back.
    """

    ADDED, CHANGED, MERGED, CLOSED, UNDONE = "added", "changed", "merged", "closed", "undone"
    KINDS = (
        (ADDED, "增加"),
        (CHANGED, "更改"),
        (MERGED, "合并"),
        (CLOSED, "撤并"),
        (UNDONE, "恢复"),
    )

    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    kind = models.CharField("变动", max_length=10, choices=KINDS)
    day = models.DateField("生效日期")
    before = models.CharField("原名称", max_length=80, blank=True)
    after = models.CharField("新名称", max_length=80, blank=True)
    # Field → what it is from the day on; those of a school stand under SCHOOL,
    # its (village, stage) under CATCHMENT.
    told = models.JSONField("其他更改", default=dict)
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="taken_over")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    reason = models.CharField("理由", max_length=200)
    document = models.CharField("文号", max_length=100)
    ordered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("登记时间")

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("unit")),
                name="no_unit_succeeds_itself",
            ),
            models.CheckConstraint(
                condition=~Q(kind="merged") | Q(successor__isnull=False),
                name="who_is_merged_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(kind="undone", undoes__isnull=False)
                | (~Q(kind="undone") & Q(undoes__isnull=True)),
                name="an_undoing_says_what_it_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.day}"

    @property
    def school_words(self) -> list[str]:
        """What changes of the school's way of working, in Chinese."""
        facts = self.told.get(SCHOOL, {})
        ways = [name for name in facts if name in SCHOOL_WORDS]
        words = [SCHOOL_WORDS[name][0 if facts[name] else 1] for name in ways]
        if "township_id" in facts:
            words.append(f"所在乡镇改为{Unit.objects.get(pk=facts['township_id']).name}")
        if CATCHMENT in self.told:
            words.append(f"学区{len({village for village, _ in self.told[CATCHMENT]})}个村")
        return words


class UnitChangeEnd(models.Model):
    """What became of an order: carried out or withdrawn. There is one at most, and it stays.

    ``moved`` counts what went to the successor, ``marks`` names the rows, so that they can be
    handed back. Nobody's post carried out what waited for its day.
    """

    DONE, WITHDRAWN = "done", "withdrawn"
    OUTCOMES = ((DONE, "已生效"), (WITHDRAWN, "已撤回"))

    change = models.OneToOneField(UnitChange, models.PROTECT, related_name="end")
    outcome = models.CharField("结果", max_length=10, choices=OUTCOMES)
    at = models.DateTimeField("办理时间")
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200, blank=True)
    moved = models.JSONField("转出", default=dict)  # label → how many
    marks = models.JSONField("转出的登记", default=dict)  # kind of row → ids and former values

    def __str__(self) -> str:
        return f"{self.change_id} {self.outcome}"
