"""Tables of pupils: what a list shows of a child, with every number masked."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.urls import reverse
from django_tables2 import RequestConfig

from foundation.accounts.viewer import Viewer
from foundation.masking import mask_id
from foundation.paging import size_of
from students.roster.models import Enrolment

_BY_CLASS = (
    "school_class__stage",
    "-school_class__entry_year",
    "school_class__number",
    "child__name_key",
)


def _cell(place: str) -> dict[str, Any]:
    return {"td": {"class": place}}


class PupilTable(tables.Table):
    """The pupils of a day, one enrolment a row."""

    name = tables.Column(
        "姓名",
        accessor="child__name",
        order_by=("child__name_key",),
        linkify=lambda record: reverse("roster:pupil", args=[record.child_id]),
        attrs=_cell("cell-name"),
    )
    sex = tables.Column("性别", accessor="child__sex_label", order_by=("child__sex",))
    school = tables.Column("学校", accessor="school", order_by=("school__unit__name", *_BY_CLASS))
    school_class = tables.Column("班级", order_by=_BY_CLASS)
    registry_no = tables.Column("学籍号", accessor="child__registry_no", orderable=False)
    id_no = tables.Column("证件号", accessor="child__masked_id", orderable=False)
    village = tables.Column(
        "户籍村（居）",
        accessor="child__home_village",
        order_by=("child__home_village__name", "child__name_key"),
        empty_values=(),
    )
    guardians = tables.Column("监护人", accessor="child__guardians", orderable=False)

    caption = "学生名册"
    empty_text = "没有符合条件的学生。"

    class Meta:
        order_by = "name"

    def __init__(self, *args: Any, day: date, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.viewer = day, viewer

    def render_name(self, value: str) -> str:
        """In full for who works with the child, 张** for who only supervises."""
        return self.viewer.name_of(value)

    def render_school_class(self, record: Enrolment) -> str:
        """The class as it is called on the day."""
        return record.school_class.name_on(self.day)

    def render_registry_no(self, value: str) -> str:
        """The registry number holds the ID number, so it is masked as one."""
        return mask_id(value)

    def render_village(self, record: Enrolment) -> str:
        """The village of the hukou, or that nobody has verified it."""
        return str(record.child.home_village or "待核实")

    def render_guardians(self, record: Enrolment) -> str:
        """Names with their relation; telephones stay on the pupil's page."""
        return "、".join(
            f"{self.viewer.name_of(g.name)}（{g.relation}）"
            if g.relation
            else self.viewer.name_of(g.name)
            for g in record.child.guardians.all()
        )


class UnverifiedTable(PupilTable):
    """Pupils whose hukou code names no village of the county."""

    home_region = tables.Column(
        "登记的户口所在地代码", accessor="child__home_region", default="未填写"
    )

    caption = "户籍待核实的学生"
    empty_text = "没有户籍待核实的学生。"

    class Meta:
        order_by = "name"
        exclude = ("registry_no", "id_no", "village")
        sequence = ("name", "sex", "school", "school_class", "home_region", "guardians")


def paged(table: tables.Table, request: HttpRequest) -> tables.Table:
    """Order and page a table as the address says; a page that does not exist is the last one."""
    RequestConfig(request, paginate=False).configure(table)
    size = size_of(request)
    try:
        table.paginate(page=request.GET.get("page", 1), per_page=size)
    except PageNotAnInteger:
        table.paginate(page=1, per_page=size)
    except EmptyPage:
        table.paginate(page=table.paginator.num_pages, per_page=size)
    return table
