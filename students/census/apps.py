"""Registers the app with Django."""

from typing import Any

from django.apps import AppConfig

from foundation.accounts.viewer import REACHERS, Viewer


class CensusConfig(AppConfig):
    """Names the app census."""

    name = "students.census"
    label = "census"
    verbose_name = "入学"

    def ready(self) -> None:
        """Let a viewer be asked whether a post reaches a child that is due at a school."""
        model: Any = self.get_model("Entrant")
        entrants = model.objects

        def reaches(viewer: Viewer, child_id: int) -> bool:
            own = entrants.filter(child_id=child_id)
            return bool(own.visible_to(viewer, viewer.day).exists())

        REACHERS.append(reaches)
