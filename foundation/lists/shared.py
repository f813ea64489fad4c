"""The lists of the product, and the views that every holder of a role finds on them (ux 5.3)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from foundation.accounts.viewer import Viewer


def everybody(viewer: Viewer) -> bool:
    """A view for whoever sees the list."""
    return True


@dataclass(frozen=True, slots=True)
class SharedView:
    """A view with a fixed name. ``query`` is the address of its list; ``url_name`` leads elsewhere.

    ``shows`` says for whom it is.
    """

    label: str
    query: str = ""
    shows: Callable[[Viewer], bool] = everybody
    url_name: str = ""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list that can be kept: its code, its name, where it is, its shared views."""

    code: str
    label: str
    url_name: str
    views: tuple[SharedView, ...] = ()

    def url(self, query: str = "") -> str:
        """The address of the list with a query."""
        return f"{reverse(self.url_name)}?{query}" if query else reverse(self.url_name)

    def url_of(self, view: SharedView) -> str:
        """Where a shared view leads."""
        return reverse(view.url_name) if view.url_name else self.url(view.query)


# By code. Apps add theirs at the start (apps.py).
PLACES: dict[str, ListPlace] = {}


def add_lists(*places: ListPlace) -> None:
    """Make lists known."""
    PLACES.update({place.code: place for place in places})


def same_view(one: str, other: str) -> bool:
    """Whether two queries of a list say the same, whatever their order and empty fields."""
    return _told(one) == _told(other)


def _told(query: str) -> list[tuple[str, list[str]]]:
    asked = QueryDict(query)
    return sorted((name, values) for name, values in asked.lists() if any(values))
