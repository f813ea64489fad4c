"""A teacher's browser without a script: what a page asks for is read from it and sent back."""

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from foundation.accounts.models import Person
from students.roster.models import Child
from tests.browsing import client_of


class _Fields(HTMLParser):
    """The fields of one form with their values, as a browser would send them."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.action, self.inside = form, "", False
        self.data: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("id") == self.form or f"data-{self.form}" in at
            self.action = (self.inside and at.get("action")) or self.action
        if not self.inside or tag != "input" or not at.get("name"):
            return
        if at.get("type") in ("radio", "checkbox") and "checked" not in at:
            return
        self.data.setdefault(str(at["name"]), []).append(at.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def fields_of(html: str) -> dict[str, list[str]]:
    """What the roll's form on the page would send."""
    parser = _Fields("roll")
    parser.feed(html)
    return parser.data


def undo_of(html: str) -> tuple[str, dict[str, list[str]]]:
    """Where the button 撤销 on the page sends what."""
    parser = _Fields("undo")
    parser.feed(html)
    return parser.action, parser.data


@dataclass
class Browser:
    """One person's browser on the page of one class."""

    client: Client
    path: str
    html: str = ""
    status: int = 0

    def open(self, query: str = "") -> "Browser":
        """Load the page; its form is what is sent next."""
        return self._keep(self.client.get(self.path + query))

    def send(self, **changes: Any) -> "Browser":
        """Send the form with changes; a redirect is followed, as browsers do."""
        data = {**fields_of(self.html), **changes}
        return self._keep(self.client.post(self.path, data, follow=True))

    def undo(self, **changes: Any) -> "Browser":
        """Press 撤销 on the page."""
        action, data = undo_of(self.html)
        return self._keep(self.client.post(action, {**data, **changes}, follow=True))

    def _keep(self, answer: Any) -> "Browser":
        self.html, self.status = answer.content.decode(), answer.status_code
        return self


def browser_of(person: Person, class_id: int, day: date | None = None) -> Browser:
    """The person's browser at the address of a class, today or on a day."""
    return Browser(client_of(person), f"/roll/{class_id}/" + (f"{day}/" if day else ""))


def absent(child: Child, kind: str, until: date | None = None) -> dict[str, Any]:
    """What a page sends for one more child that is not there."""
    return {
        f"asked-{child.pk}": "1",
        f"kind-{child.pk}": kind,
        f"until-{child.pk}": until.isoformat() if until else "",
    }
