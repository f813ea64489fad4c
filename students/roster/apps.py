"""Registers the app with Django."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from foundation.accounts.viewer import REACHERS, Viewer
from foundation.lists.shared import ListPlace, SharedView, add_lists

LISTS = (
    ListPlace(
        "pupils",
        "学生名册",
        "roster:pupils",
        (SharedView("户籍待核实", "home=open"), SharedView("没有登记证件号", "number=none")),
    ),
    ListPlace("leavers", "离校学生", "roster:leavers"),
    ListPlace("unverified_homes", "户籍待核实", "roster:unverified_homes"),
    ListPlace("groups", "特殊群体", "roster:groups"),
    ListPlace(
        "changes",
        "学籍异动",
        "changes:list",
        (
            SharedView("全部待办", "state=pending"),
            SharedView("逾期未办结", "state=late"),
            SharedView("跨县转出待确认", "kind=transfer_out&state=pending"),
        ),
    ),
    ListPlace("left_behind", "留守儿童", "roster:left_behind"),
    ListPlace("reports", "各校变动日报", "changes:reports"),
    ListPlace("class_reports", "各班变动日报", "changes:reports"),
    ListPlace("exports", "导出复核", "roster:exports"),
    ListPlace("batches", "导入记录", "roster:upload"),
    ListPlace("staff", "人员", "staff:people"),
    ListPlace("grants", "任职记录", "staff:grants", (SharedView("现任", "state=now"),)),
    ListPlace("substitutes", "代课记录", "staff:substitutes"),
    ListPlace("people", "人员与任职", "people"),
    ListPlace("limits", "使用超限", "limit_reports"),
    ListPlace("slips_owed", "未交假条", "slips_owed"),
    ListPlace("returns", "月报", "returns:index"),
    ListPlace("progress", "开通进度", "opening:progress"),
    ListPlace("audit", "操作记录", "audit:list"),
)


class RosterConfig(AppConfig):
    """The app ``roster``: its tables, migrations and address names carry this label."""

    name = "students.roster"
    label = "roster"
    verbose_name = "名册"

    def ready(self) -> None:
        """Let a viewer be asked whether a post reaches a pupil; make the lists known."""
        model: Any = self.get_model("Child")
        children = model.objects

        def reaches(viewer: Viewer, child_id: int) -> bool:
            return bool(children.visible_to(viewer, viewer.day).filter(pk=child_id).exists())

        REACHERS.append(reaches)
        add_lists(*LISTS)
        import_module("students.roster.certificates.kinds")  # registers its kinds
