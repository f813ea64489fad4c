"""Every pair of colours that is used together can be told apart, in the light and the dark set.

WCAG 2.2 AA: 4.5 for words, 3 for edges of fields, marks, lines of pictures. Paper is always light.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
DARK = "@media screen and (prefers-color-scheme: dark)"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")

WORDS, EDGES = 4.5, 3.0
SURFACES = ("ground", "surface", "surface-2", "raised", "blue-pale")
STATES = ("overdue", "escalated", "today", "soon", "normal", "done", "paused")
CHARTS = ("chart-1", "chart-2", "chart-3", "chart-4", "chart-limit")
PAIRS: list[tuple[str, str, float]] = [
    *(
        (ink, on, WORDS)
        for on in SURFACES
        for ink in ("ink", "ink-2", "muted", "blue", "blue-dark")
    ),
    *((state, f"{state}-bg", WORDS) for state in STATES),
    *((state, "surface", WORDS) for state in ("overdue", "today", "soon", "done", "paused")),
    ("muted", "normal-bg", WORDS),
    ("on-blue", "blue", WORDS),
    ("on-blue", "blue-dark", WORDS),
    ("on-masthead", "masthead", WORDS),
    ("on-masthead-2", "masthead", WORDS),
    ("paper-ink", "paper", WORDS),
    *(("line-strong", on, EDGES) for on in ("ground", "surface", "surface-2", "raised")),
    ("escalated-bg", "surface", EDGES),
    *((chart, "surface", EDGES) for chart in CHARTS),
]


def sets() -> dict[str, dict[str, str]]:
    """The colours by their names, in each set."""
    text = (STYLES / "variables.css").read_text(encoding="utf-8")
    light, dark = text.split(DARK)
    tokens = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
    first = dict(tokens.findall(light))
    return {"light": first, "dark": first | dict(tokens.findall(dark))}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#1677ff", "#ffffff") == pytest.approx(4.1, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_read_together_can_be_told_apart(scheme: str):
    colours = sets()[scheme]
    found = {(a, b): contrast(colours[a], colours[b]) for a, b, _ in PAIRS}
    assert [(a, b, round(found[a, b], 2)) for a, b, least in PAIRS if found[a, b] < least] == []


def test_the_dark_set_gives_every_colour_anew():
    """A colour forgotten there would be a light one on a dark page; white on red is the same."""
    text = (STYLES / "variables.css").read_text(encoding="utf-8")
    names = [set(re.findall(r"--([\w-]+): #", part)) for part in text.split(DARK)]
    assert names[0] - names[1] == {"paper", "paper-ink"}


def test_every_state_that_the_sheets_use_is_among_the_pairs():
    used = set()
    for sheet in STYLES.glob("*.css"):
        used |= set(re.findall(r"background(?:-color)?: var\(--([\w-]+)\)", sheet.read_text()))
    known = {on for _, on, _ in PAIRS} | {"normal-line"}  # the empty part of a bar of progress
    assert used - known == set()


def test_no_other_sheet_names_a_colour():
    sheets = [sheet for sheet in STYLES.glob("*.css") if sheet.name != "variables.css"]
    found = {sheet.name: COLOUR.findall(sheet.read_text(encoding="utf-8")) for sheet in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}
