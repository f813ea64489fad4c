"""What a county writes about its papers: their texts, and the words of their numbers."""

from django.db import models
from django.db.models import Q

from foundation import clock
from foundation.papers.querysets import DatedQuerySet
from foundation.papers.rules.merging import PaperWords


class PaperText(models.Model):
    """The county's text of a kind from a day on, with the document it comes from.

    Rows are only added. A text that is not in force yet is corrected, or withdrawn, by a row with
    the same day and the next ``revision``.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=20)
    title = models.CharField("标题", max_length=200)
    addressee = models.CharField("主送", max_length=200, blank=True)
    body = models.TextField("正文", max_length=6000)
    note = models.TextField("附注", max_length=1000, blank=True)
    valid_from = models.DateField("生效日期")
    source = models.CharField("来源文件", max_length=200)
    reason = models.CharField("原因", max_length=200)
    revision = models.PositiveIntegerField("修订次数", default=1)
    is_withdrawn = models.BooleanField("已撤回", default=False)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "valid_from", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "valid_from", "revision"],
                name="one_text_a_day_and_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from} {self.revision}"

    @property
    def words(self) -> PaperWords:
        """The text as the rules read it."""
        return PaperWords(self.title, self.body, self.addressee, self.note)


class NumberWord(models.Model):
    """A 代字 of the county's numbers from a day on: of a unit (机关), or of a kind (文种).

    Rows are only added, as those of PaperText.
    """

    county = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    kind = models.CharField("文书", max_length=20, blank=True)
    word = models.CharField("代字", max_length=8)
    valid_from = models.DateField("生效日期")
    source = models.CharField("来源文件", max_length=200)
    reason = models.CharField("原因", max_length=200)
    revision = models.PositiveIntegerField("修订次数", default=1)
    is_withdrawn = models.BooleanField("已撤回", default=False)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=clock.now)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "valid_from", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "unit", "kind", "valid_from", "revision"],
                nulls_distinct=False,
                name="one_number_word_a_day_and_revision",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) & ~Q(kind="") | Q(unit__isnull=False, kind=""),
                name="a_number_word_is_of_a_unit_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.valid_from}"
