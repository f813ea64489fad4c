"""A page shows dates in one style: 2025年9月12日 and 9月12日, or 2025-09-12.

The walk over the addresses holds the same of every page of every role (walk.py).
"""

import re

from tests.architecture.shown import two_date_styles_in
from tests.architecture.sources import ROOT

# What an attribute holds nobody reads: an input's value, an address, a machine's date.
_ATTRIBUTE = re.compile(r'[a-z-]+="(?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*"')
_BY_NUMBERS = re.compile(r"date:.Y-m-d")
_IN_WORDS = re.compile(r"date:.(?:Y年)?n月j日")


def mixes(template: str) -> bool:
    """Whether a person reads both styles in it."""
    seen = _ATTRIBUTE.sub(" ", template)
    return bool(_BY_NUMBERS.search(seen) and _IN_WORDS.search(seen))


def test_no_template_mixes_them() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    found = [str(path.relative_to(ROOT)) for path in templates if mixes(path.read_text())]
    assert found == []


def test_a_mixture_is_found() -> None:
    assert mixes('{{ a|date:"Y-m-d" }} {{ b|date:"n月j日" }}')
    assert not mixes('<input value="{{ a|date:"Y-m-d" }}">{{ b|date:"n月j日" }}')
    assert not mixes('{{ a|date:"Y年n月j日" }} {{ b|date:"n月j日" }}')


def test_a_page_that_mixes_them_is_found() -> None:
    page = '<main>{}<p class="print-only print-line">时间：2025年9月12日</p></main>'
    assert two_date_styles_in(page.format("<p>9月12日未到</p><td>2025-09-12</td>"))
    assert not two_date_styles_in(page.format('<p>9月12日</p><input value="2025-09-12">'))
    assert not two_date_styles_in(page.format("<td>2025-09-12</td><td>530922-2025-0055</td>"))
