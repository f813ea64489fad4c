"""The first load: at most 100 KB compressed for a desk, 400 KB where pictures are drawn."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.browsing import client_of
from tests.cases.steps import OPENED

LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
DRAWN = {"head_teacher", "township_officer", "township_leader", "county_desk", "supervisor"}
PLAIN = {"class_teacher", "registrar", "village_cadre"}


def first_load(cast, role: str) -> tuple[int, str]:
    """The compressed bytes of the page with all it links, and its text."""
    client = client_of(cast.person(role))
    page = client.get("/").content.decode()
    found = [finders.find(name) for name in set(LINKED.findall(page))]
    assert None not in found, page
    linked = sum(len(gzip.compress(Path(str(one)).read_bytes())) for one in found)
    return linked + len(gzip.compress(page.encode())), page


def test_a_desk_without_pictures_loads_100_kb_at_most(cast, case, on) -> None:
    on(OPENED)
    for role in PLAIN:
        size, page = first_load(cast, role)
        assert "echarts" not in page, role
        assert size <= 100 * 1024, (role, size)


def test_a_desk_with_pictures_loads_400_kb_at_most(cast, case, on) -> None:
    on(OPENED)
    for role in DRAWN:
        size, page = first_load(cast, role)
        assert "echarts" in page, role
        assert size <= 400 * 1024, (role, size)
        assert page.index('id="todo"') < page.index('id="pictures"')
