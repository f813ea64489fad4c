"""Registers the app with Django."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from foundation.accounts.viewer import REACHERS, Viewer
from foundation.lists.shared import ListPlace, SharedView, add_lists

LISTS = (
    ListPlace(
        "entrants",
        "新生名单",
        "census:entrants",
        (
            SharedView("未发通知书", "state=no_notice"),
            SharedView("尚未报到", "state=waiting"),
            SharedView("未报到", "state=missing"),
        ),
    ),
    ListPlace(
        "notices",
        "通知书登记册",
        "census:notices",
        (SharedView("待签发", "state=unsigned"), SharedView("未发放", "state=open")),
    ),
    ListPlace("handovers", "六年级名册交接", "census:handovers"),
    ListPlace("catchments", "学区划分", "census:catchments"),
    ListPlace("arrivals", "报到登记", "check_in", (SharedView("未报到", "state=missing"),)),
)


class CensusConfig(AppConfig):
    """Names the app census."""

    name = "students.census"
    label = "census"
    verbose_name = "入学"

    def ready(self) -> None:
        """Let a viewer be asked whether a post reaches a child due here; make lists known."""
        model: Any = self.get_model("Entrant")
        entrants = model.objects

        def reaches(viewer: Viewer, child_id: int) -> bool:
            own = entrants.filter(child_id=child_id)
            return bool(own.visible_to(viewer, viewer.day).exists())

        REACHERS.append(reaches)
        add_lists(*LISTS)
        import_module("students.census.handover_kind")  # registers it
        import_module("students.census.notices.kind")  # registers it
