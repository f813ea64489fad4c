"""Whatever page a role can open, the menu says where it belongs."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.accounts.roles import role_of
from foundation.accounts.viewer import HeldPost, Viewer
from kongchuo.web.navigation import menu
from tests.architecture.access import TABLE
from tests.architecture.access.rows import Row, expected
from tests.cast import ROLES

# Pages about oneself, help, and what is no page.
APART = ("/accounts/", "/help/", "/healthz/", "/readyz/", "/manifest.webmanifest")


def _addresses(
    patterns: list[URLPattern | URLResolver], path: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    """(name as a row has it, path) of every address; what varies in a path is 1."""
    for one in patterns:
        longer = path + re.sub(r"<[^>]+>", "1", str(one.pattern))
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from _addresses(one.url_patterns, longer, inner)
        elif one.name:
            yield space + one.name, longer


PATHS = dict(_addresses(get_resolver().url_patterns))


def _viewer(role: str) -> Viewer:
    kind = role_of(role).unit_kind
    return Viewer(1, "甲", (HeldPost(1, role, 1, "单位", kind, None, 1),))


def _opens(row: Row, role: str) -> bool:
    """A page of before the sign-in (``public``) has no menu to be marked in."""
    if row.public or PATHS[row.name].startswith(APART):
        return False
    return expected(row.get, role).startswith("200")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_belongs_to_an_entry(role: str) -> None:
    opened = [PATHS[row.name] for row in TABLE if _opens(row, role)]
    assert len(opened) > 4
    viewer = _viewer(role)
    assert [path for path in opened if menu(viewer, path).here is None] == []


def test_the_desk_is_marked_on_its_own_pages_alone() -> None:
    viewer = _viewer("registrar")
    found = {path: menu(viewer, path).here for path in PATHS.values()}
    desk = [path for path, here in found.items() if here and here.label == "工作台"]
    assert {path.split("/")[1] for path in desk} == {"", "duties", "lists"}
