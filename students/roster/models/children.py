"""A child, its former registry numbers and its guardians."""

import uuid

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Unit
from foundation.masking import mask_id, mask_phone, mask_text
from foundation.protected import Protected
from students.roster.models.querysets import ChildQuerySet, StandingRows
from students.roster.models.tracking import tracked


@tracked(exclude=("uuid", "name_key", "initials", "created_at"))
class Child(models.Model):
    """A person, enrolled or not; enrolments refer to it (design 4, Child first).

    ``home_village`` is the village that acts for the hukou. Without one the government's duty falls
    to the school's township, and the child is in the list 户籍待核实. ``home_words`` is what a
    sheet said of the hukou where that named no village: it helps to find the village, and stays as
    the address of the hukou when it is found.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    registry_no_sealed = models.TextField(blank=True)
    registry_no_digest = models.CharField(max_length=64, blank=True)
    name = models.CharField("姓名", max_length=60)
    name_key = models.CharField("姓名拼音序", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=30, blank=True)
    sex = models.CharField("性别", max_length=1, blank=True)  # 1 男, 2 女
    born_on = models.DateField("出生日期", null=True)
    ethnicity = models.CharField("民族", max_length=2, blank=True)
    id_type = models.CharField("身份证件类型", max_length=1, default="1")
    id_no_sealed = models.TextField(blank=True)
    id_no_digest = models.CharField(max_length=64, blank=True)
    home_region = models.CharField("户口所在地", max_length=12, blank=True)
    home_village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    home_township = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    address_sealed = models.TextField(blank=True)
    address_digest = models.CharField(max_length=64, blank=True)
    home_words_sealed = models.TextField(blank=True)
    home_words_digest = models.CharField(max_length=64, blank=True)
    boards = models.BooleanField("住校", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    registry_no = Protected("registry")
    id_no = Protected("id")
    address = Protected("address")
    home_words = Protected("home")
    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "id"]
        indexes = [models.Index(fields=["name_key"], name="children_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "id_no_digest"],
                condition=~Q(id_no_digest=""),
                name="one_child_an_id_number",
            ),
            models.UniqueConstraint(
                fields=["county", "registry_no_digest"],
                condition=~Q(registry_no_digest=""),
                name="one_child_a_registry_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_id(self) -> str:
        """The ID number, masked as on every page."""
        return mask_id(self.id_no)

    @property
    def masked_address(self) -> str:
        """The address, masked as on every page."""
        return mask_text(self.address)

    @property
    def masked_home(self) -> str:
        """What the sheet said of the hukou, masked as on every page."""
        return mask_text(self.home_words)

    @property
    def legal_guardian(self) -> "Guardian | None":
        """The first legal guardian on record; without one, the first of the family."""
        known = list(self.guardians.all())
        return next((one for one in known if one.is_guardian), known[0] if known else None)

    @property
    def sex_label(self) -> str:
        """男, 女 or ""."""
        return {"1": "男", "2": "女"}.get(self.sex, "")


class FormerNumber(models.Model):
    """A former 学籍号 of a child: a temporary L number is replaced by a G number (forms 2.4)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="former_numbers")
    registry_no_sealed = models.TextField()
    registry_no_digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(auto_now_add=True)

    registry_no = Protected("registry")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "registry_no_digest"], name="a_former_number_once"
            )
        ]
        indexes = [models.Index(fields=["registry_no_digest"], name="children_by_former_number")]

    def __str__(self) -> str:
        return mask_id(self.registry_no)


@tracked(exclude=("uuid",))
class Guardian(models.Model):
    """The first or second family member on the registry's form; ``is_guardian`` tells the legal
    guardian.

    A row that an import made is voided when the import is undone, as its enrolments are.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="guardians")
    position = models.PositiveSmallIntegerField("序", default=1)
    name = models.CharField("姓名", max_length=60)
    relation = models.CharField("关系", max_length=20, blank=True)
    is_guardian = models.BooleanField("是否监护人", default=True)
    phone_sealed = models.TextField(blank=True)
    phone_digest = models.CharField(max_length=64, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)

    phone = Protected("phone")
    objects = StandingRows()
    everything = models.Manager()

    class Meta:
        ordering = ["child_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "position"],
                condition=Q(voided_on__isnull=True),
                name="one_guardian_a_position",
            )
        ]
        indexes = [models.Index(fields=["phone_digest"], name="guardians_by_phone")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The telephone, masked as on every page."""
        return mask_phone(self.phone)
