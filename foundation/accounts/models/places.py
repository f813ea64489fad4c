"""Two trees: regions (places) and acting units."""

from django.db import models


class Region(models.Model):
    """A place with its statistical code: county 6, township 9, village 12 digits (domain 6.1)."""

    code = models.CharField("统计用区划代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(valid_to__isnull=True),
                name="one_living_region_a_code",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^(\d{6}|\d{9}|\d{12})$"),
                name="region_code_has_6_9_or_12_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """The kinds of unit: first the government line, then the education line (domain 1.1)."""

    COUNTY = "county", "县教育局"
    SUPERVISION = "supervision", "督导室"
    TOWNSHIP = "township", "乡镇人民政府"
    EDUCATION_OFFICE = "education_office", "镇教育管理办公室"
    VILLAGE = "village", "村（居）委会"
    CENTRAL_SCHOOL = "central_school", "中心校"
    SCHOOL = "school", "学校"


class Unit(models.Model):
    """An office or school that acts. It lies in a region; the root is the education bureau.

    Calendars, parameters and numbers hang on the county unit, so that a prefecture can run all its
    counties in one installation.
    """

    kind = models.CharField("类别", max_length=20)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    county = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    phone = models.CharField("联系电话", max_length=30, blank=True)
    # The township of which a central school is 镇教管办, too, where one unit is both (R6).
    office_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="office_at"
    )
    is_open = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["county", "kind"], name="units_of_a_county")]
        constraints = [
            models.UniqueConstraint(fields=["parent", "kind", "name"], name="one_unit_a_name"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def may_hold(self, unit_kind: str) -> bool:
        """Whether roles of this kind of unit are held here; 中心校 may be 镇教管办, too."""
        is_office = unit_kind == UnitKind.EDUCATION_OFFICE and self.office_of_id is not None
        return unit_kind == self.kind or is_office

    @property
    def kind_label(self) -> str:
        """The Chinese word for the kind."""
        return UnitKind(self.kind).label
