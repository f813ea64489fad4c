"""The lists of the product, and the views that every holder of a role finds on them (ux 5.3)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

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
    """A list that can be kept: its code, its name, where it is, its shared views.

    ``tab`` is the field of the address that chooses a tab of the list: a shared view that names
    none stays in the reader's.
    """

    code: str
    label: str
    url_name: str
    views: tuple[SharedView, ...] = ()
    tab: str = ""

    def url(self, query: str = "") -> str:
        """The address of the list with a query."""
        return f"{reverse(self.url_name)}?{query}" if query else reverse(self.url_name)

    def query_of(self, view: SharedView, query: str) -> str:
        """The query of a shared view, in the tab of the list's query."""
        asked, wanted = QueryDict(query), QueryDict(view.query)
        if not asked.get(self.tab) or self.tab in wanted:
            return view.query
        return f"{urlencode({self.tab: asked[self.tab]})}&{view.query}"

    def url_of(self, view: SharedView, query: str = "") -> str:
        """Where a shared view leads from the list with a query."""
        if view.url_name:
            return reverse(view.url_name)
        return self.url(self.query_of(view, query))


# By code. Apps add theirs at the start (apps.py).
PLACES: dict[str, ListPlace] = {}


def add_lists(*places: ListPlace) -> None:
    """Make lists known."""
    PLACES.update({place.code: place for place in places})


def same_view(one: str, other: str) -> bool:
    """Whether two queries of a list say the same, whatever their order and empty fields."""
    return told_by(one) == told_by(other)


def told_by(query: str) -> list[tuple[str, list[str]]]:
    """What a query of a list says: its fields and their values, without order and empty fields."""
    asked = QueryDict(query)
    return sorted((name, values) for name, values in asked.lists() if any(values))
