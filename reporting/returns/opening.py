"""Where a return leads on the screen: from a figure to its names, from a name to its case.

A figure is a link only where the names that the link opens are as many as the figure says.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cases.models import Case
from cases.rules.category import LABELS, Category
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.workbooks.definition import Block, Leaf
from foundation.workbooks.layout import BookCell, BookLine, Page
from reporting.figures.indicators import INDICATORS
from reporting.figures.tallies import STAGES
from reporting.returns.sheets import sheet_of
from reporting.returns.sheets.definition import ReturnSheet

Content = Mapping[str, Any]
Row = Mapping[str, Any]
Url = Callable[[Leaf, BookCell], str]

# Of a figure: the sheet of its names, and their category; no category means all of the sheet.
_NAMES: dict[str, tuple[str, str]] = {
    "suspected_end": ("9", LABELS[Category.SUSPECTED]),
    "dropout_end": ("9", LABELS[Category.DROPOUT]),
    "below": ("9", LABELS[Category.BELOW]),
    "away": ("9", ""),
    "returned": ("10", ""),
}
_CODES = {one.label: one.code for one in INDICATORS}
_STAGE_FIELDS = {"primary": STAGES["1"], "junior": STAGES["2"], "all": ""}
_JUNIOR = "七八九"  # the grades of 初中, as the name of a class begins with them
NARROWING = ("township", "school", "stage", "category")  # the fields of the address


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of the names of a sheet are meant; an empty field leaves all."""

    township: str = ""
    school: str = ""
    stage: str = ""
    category: str = ""

    @classmethod
    def asked(cls, address: Mapping[str, str]) -> "Narrowing":
        """What the address of the page asks for."""
        return cls(**{name: address.get(name, "")[:60] for name in NARROWING})

    @property
    def words(self) -> str:
        """What is listed, in words; empty where all is."""
        told = (self.township, self.school, self.stage, self.category)
        return "，".join(one for one in told if one)

    def takes(self, other: "Narrowing") -> bool:
        """Whether a name that stands so is meant."""
        pairs = zip(self._fields, other._fields, strict=True)
        return all(asked in ("", found) for asked, found in pairs)

    @property
    def wider(self) -> Iterator["Narrowing"]:
        """All that ask for this, each field named or left out."""
        for fields in product(*({one, ""} for one in self._fields)):
            yield Narrowing(*fields)

    @property
    def _fields(self) -> tuple[str, ...]:
        return self.township, self.school, self.stage, self.category


def _standings(sheet: ReturnSheet, content: Content) -> list[Narrowing]:
    """Where each name of a sheet stands."""
    places = {one["school"]: one["township"] for one in content["blocks"]["schools"]}
    return [
        Narrowing(places.get(row["school"], ""), row["school"], _stage_of(row), row["category"])
        for row in names_of(sheet, content)
    ]


def _stage_of(row: Row) -> str:
    """小学 or 初中 by the grade in the name of the class; empty without a class."""
    grade = str(row["class_name"])[:1]
    return STAGES["2" if grade in _JUNIOR else "1"] if grade else ""


def names_of(sheet: ReturnSheet, content: Content) -> list[Row]:
    """The rows of a sheet of names."""
    found: list[Row] = content["blocks"][sheet.blocks[0].code]
    return found


def opened(page: Page, sheet: ReturnSheet, content: Content) -> Page:
    """The sheet of figures with a link on each figure whose names the return lists."""
    blocks = []
    counted = {number: _counted(number, content) for number, _ in set(_NAMES.values())}
    for block, laid in zip(sheet.blocks, page.blocks, strict=True):
        rows, leaves = content["blocks"][block.code], dict(_columns(block))
        body = [
            _linked(line, leaves, _opener(row, counted))
            for line, row in zip(laid.body, rows, strict=False)
        ]
        totals = [
            _linked(line, leaves, _opener({"stage": total.equals}, counted))
            for line, total in zip(laid.totals, block.totals, strict=False)
        ]
        blocks.append(replace(laid, body=tuple(body) or laid.body, totals=tuple(totals)))
    return replace(page, blocks=tuple(blocks))


def _counted(number: str, content: Content) -> Counter[Narrowing]:
    """How many names of a sheet each narrowing lists."""
    sheet = sheet_of(number)
    rows = _standings(sheet, content) if sheet else []
    return Counter(wide for one in rows for wide in set(one.wider))


def _columns(block: Block) -> Iterator[tuple[int, Leaf]]:
    """The leaves of a block by the column in which each begins."""
    column = 1
    for leaf in block.leaves:
        yield column, leaf
        column += leaf.span


def _linked(line: BookLine, leaves: Mapping[int, Leaf], url: Url) -> BookLine:
    cells = (
        replace(cell, url=url(leaves[cell.column], cell)) if cell.column in leaves else cell
        for cell in line.cells
    )
    return replace(line, cells=tuple(cells))


def _opener(row: Row, counted: Mapping[str, Counter[Narrowing]]) -> Url:
    """Tells of a row's cells where each leads."""

    def url(leaf: Leaf, cell: BookCell) -> str:
        code = _CODES.get(str(row.get("label")), leaf.field)
        if code not in _NAMES or not isinstance(cell.value, int) or not cell.value:
            return ""
        number, category = _NAMES[code]
        stage = _STAGE_FIELDS.get(leaf.field, str(row.get("stage", "")))
        place = {name: str(row.get(name, "")) for name in ("township", "school")}
        wanted = Narrowing(**place, stage=stage, category=category)
        if counted[number][wanted] != cell.value:
            return ""
        asked = {name: value for name in NARROWING if (value := getattr(wanted, name))}
        return f"?{urlencode({'sheet': number, **asked})}"

    return url


def listed(
    page: Page, sheet: ReturnSheet, content: Content, wanted: Narrowing, numbers: Collection[str]
) -> list[BookLine]:
    """The lines of the names that are meant; those of ``numbers`` lead to their case."""
    leaves = dict(_columns(sheet.blocks[0]))
    rows = names_of(sheet, content)
    if not rows:
        return list(page.blocks[0].body)
    return [
        _linked(line, leaves, _to_case(row, numbers))
        for line, row, one in zip(
            page.blocks[0].body, rows, _standings(sheet, content), strict=True
        )
        if wanted.takes(one)
    ]


def _to_case(row: Row, numbers: Collection[str]) -> Url:
    address = reverse("case", args=[row["number"]]) if row["number"] in numbers else ""
    return lambda leaf, cell: address if leaf.field in ("number", "name") else ""


def cases_open_to(viewer: Viewer, sheet: ReturnSheet, content: Content) -> set[str]:
    """The numbers of the cases of a sheet that the viewer may open today. One query."""
    if not viewer.has(Right.SEE_CASES) or viewer.day is None:
        return set()
    named = [row["number"] for row in names_of(sheet, content)]
    seen = Case.objects.visible_to(viewer, viewer.day).filter(number__in=named)
    return set(seen.values_list("number", flat=True))
