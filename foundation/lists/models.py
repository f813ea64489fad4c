"""Views of lists that a person keeps: filters, order and columns under a name."""

from django.db import models

from foundation.accounts.models import Person
from foundation.lists.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """The address of a list under a name of the person's own.

    Without a name it is the columns in which the person usually reads the list. It is nobody's fact
    and may be deleted. A shared one is offered to who holds the same role at the same unit; it
    stays its owner's, and lists what its reader may see.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="views_of_lists")
    page = models.CharField("列表", max_length=20)
    name = models.CharField("名称", max_length=20, blank=True)
    query = models.CharField("条件", max_length=500, blank=True)
    is_shared = models.BooleanField("同岗位的人也能看到", default=False)
    saved_at = models.DateTimeField("保存时间", auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["page", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "name"], name="one_view_a_name_and_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.page} {self.name}"
