"""Each part of the design system is shown once on a page that only DEBUG serves."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from foundation.accounts.viewer import NOBODY
from kongchuo.web import examples

PARTS = Path(__file__).resolve().parents[2] / "static" / "css" / "parts.css"
# What another page must be there for: a light page's first part, and rules of other parts.
ELSEWHERE = {"css", "html"}


@pytest.fixture
def words(db: None) -> str:
    """The page as it is served where DEBUG is on."""
    request: Any = RequestFactory().get("/examples/")
    request.viewer = NOBODY
    return examples.page(request).content.decode()


def test_a_county_does_not_serve_it(client: Client, db: None) -> None:
    assert examples.urls() == []
    assert client.get("/examples/").status_code in (302, 404)


def test_debug_serves_it(settings: Any) -> None:
    settings.DEBUG = True
    assert [address.name for address in examples.urls()] == ["examples"]


def test_it_shows_each_part_that_the_index_names(words: str) -> None:
    index = PARTS.read_text(encoding="utf-8").split("*/")[0]
    named = set(re.findall(r"(?<![\w/])\.([a-z][\w-]+)", index)) - ELSEWHERE
    shown = set(" ".join(re.findall(r'class="([^"]*)"', words)).split())
    assert named - shown == set()
