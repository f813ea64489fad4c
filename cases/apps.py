"""Registers the app with Django."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import import_string

from cases.pages.places import PLACES
from foundation.accounts.viewer import REACHERS, Viewer
from foundation.lists.shared import add_lists
from foundation.messaging.settling import SETTLERS


class CasesConfig(AppConfig):
    """Names the app cases."""

    name = "cases"
    label = "cases"
    verbose_name = "个案"

    def ready(self) -> None:
        """Let a viewer be asked whether a post reaches a child by a case; make lists known.

        Reminders tell which of them are of duties that are done.
        """
        model: Any = self.get_model("Case")
        cases = model.objects

        def reaches(viewer: Viewer, child_id: int) -> bool:
            own = cases.filter(child_id=child_id)
            return bool(own.visible_to(viewer, viewer.day).exists())

        REACHERS.append(reaches)
        SETTLERS.append(import_string("cases.actions.letters.reminding.settled"))
        add_lists(*PLACES)
        import_module("cases.papers.kinds.every")  # registers them
