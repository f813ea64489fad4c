"""Registers the app with Django."""

from typing import Any

from django.apps import AppConfig

from foundation.accounts.viewer import REACHERS, Viewer


class RosterConfig(AppConfig):
    """The app ``roster``: its tables, migrations and address names carry this label."""

    name = "students.roster"
    label = "roster"
    verbose_name = "名册"

    def ready(self) -> None:
        """Let a viewer be asked whether a post reaches a pupil."""
        model: Any = self.get_model("Child")
        children = model.objects

        def reaches(viewer: Viewer, child_id: int) -> bool:
            return bool(children.visible_to(viewer, viewer.day).filter(pk=child_id).exists())

        REACHERS.append(reaches)
