"""Rule files know the standard library and one another: no Django, no database, no clock."""

import ast
import sys
from functools import cache

import pytest

from tests.architecture.sources import (
    PRODUCT,
    ROOT,
    dotted,
    imported,
    modules,
    nodes,
    paths,
    tree_of,
)

# Every module of a folder named ``rules`` is a rule file, and so are these of the apps whose rules
# have no folder of their own.
OUTSIDE_A_FOLDER = (
    "foundation/accounts/people/areas.py",
    "foundation/accounts/door/passwords.py",
    "foundation/accounts/limits/rules.py",
    "foundation/accounts/parameters.py",
    "foundation/accounts/values.py",
    "foundation/accounts/passwords/haste.py",
    "foundation/accounts/passwords/strength.py",
    "foundation/accounts/door/phones.py",
    "foundation/accounts/regions.py",
    "foundation/accounts/seconding/rules.py",
    "foundation/accounts/sessions/rules.py",
    "foundation/accounts/roles.py",
    "foundation/accounts/viewer.py",
    "foundation/files/kinds.py",
    "foundation/files/segments.py",
    "foundation/days.py",
    "foundation/masking.py",
    "foundation/papers/printing/sheets.py",
    "foundation/pages/substance.py",
    "students/calendars/coverage.py",
    "students/calendars/grid.py",
    "students/calendars/notice.py",
    "students/calendars/terms.py",
    "students/calendars/workdays.py",
    "foundation/tablefiles/cell.py",
    "students/roster/imports/reading/cells.py",
    "students/roster/imports/reading/pupil_row.py",
    "students/roster/imports/row_checks.py",
    "students/roster/imports/reading/seats.py",
    "students/roster/imports/reading/two_heads.py",
    "students/roster/imports/sheet_checks.py",
    "foundation/tablefiles/reader/limits.py",
    "foundation/tablefiles/words.py",
    "foundation/workbooks/definition.py",
    "students/staff/sheet.py",
    "students/roster/imports/reading/headings.py",
    "students/census/ages.py",
    "students/census/final_grades.py",
    "students/census/mobilising.py",
    "students/census/notices/words.py",
    "students/census/sheet.py",
    "cases/actions/automatic.py",
    "cases/duedates.py",
    "cases/policy.py",
    "cases/wording.py",
    "cases/watch/codes.py",
    "cases/watch/rules.py",
    "cases/watch/windows.py",
    "kongchuo/setup/audit/words.py",
    "kongchuo/status/lines.py",
    "reporting/figures/indicators.py",
    "reporting/figures/ledger.py",
    "reporting/figures/months.py",
    "reporting/returns/sheets/definition.py",
    "reporting/returns/sheets/lists.py",
    "reporting/returns/sheets/method.py",
    "reporting/returns/sheets/statistics.py",
    "reporting/returns/sheets/summary.py",
    "reporting/returns/sheets/ties.py",
)
IN_A_FOLDER = tuple(
    path for path in paths(*PRODUCT) if "/rules/" in path and not path.endswith("/__init__.py")
)
# Pinyin is a table of the language, no state of ours.
LIBRARIES = {
    "foundation/accounts/passwords/strength.py": {"pypinyin", "zxcvbn"},
    "students/roster/rules/names.py": {"pypinyin"},
}
RULES = IN_A_FOLDER + OUTSIDE_A_FOLDER
OURS = {dotted(path) for path in paths(*PRODUCT)}
ALLOWED = {dotted(path) for path in RULES}
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}

# Who may ask what day it is: the faces, which hand the day on as an argument.
FACES = ("views", "tasks", "commands", "middleware", "context", "rollcall", "requests")
# Others that know the clock, and why they may.
MAY_KNOW = {
    "foundation/accounts/actions/units.py": "moving the demo's clock, it drops the shift it kept",
    "kongchuo/setup/audit/filters.py": "days of a filter, by the real clock of the audit",
    "kongchuo/setup/audit/rows.py": "moments of the audit, by the clock of the pages",
    "kongchuo/setup/audit/exporting.py": "rows up to the order, by the real clock of the audit",
    "foundation/accounts/door/trusting.py": "the end of a sign-in, as its view",
    "reporting/desk/today.py": "exports that lapse, by the clock of the pages",
    "foundation/lists/filters.py": "the form of a list: this month is the example of its field",
    "kongchuo/web/tags.py": "what templates draw with: the real clock by that of the pages",
}


@pytest.mark.parametrize("path", RULES)
def test_a_rule_file_imports_rules_and_the_standard_library_only(path: str) -> None:
    assert (ROOT / path).exists(), "the file moved: mend the list"
    for name in imported(tree_of(path)):
        known = [module for module in OURS if name == module or name.startswith(f"{module}.")]
        if known:
            assert max(known, key=len) in ALLOWED | _packages(), f"{path} imports {name}"
        else:
            allowed = sys.stdlib_module_names | LIBRARIES.get(path, set())
            assert name.split(".")[0] in allowed, f"{path} imports {name}"


@cache
def _packages() -> set[str]:
    """``from students.roster import codes`` names the package first; it holds a docstring only."""
    return {dotted(path) for path, tree in modules(*PRODUCT).items() if _is_empty(path, tree)}


def _is_empty(path: str, tree: ast.Module) -> bool:
    return path.endswith("__init__.py") and not imported(tree)


@pytest.mark.parametrize("path", RULES)
def test_a_rule_file_reads_no_clock(path: str) -> None:
    for node in nodes(tree_of(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCKS, f"{path}:{node.lineno}"


def test_only_faces_ask_what_day_it_is() -> None:
    asking = {
        path
        for path, tree in modules(*PRODUCT).items()
        if "foundation.clock" in imported(tree) and not _stamps_only(tree)
    }
    inside = {path for path in asking if not any(face in path for face in FACES)}
    assert inside - _demo() == set(MAY_KNOW)


def _stamps_only(tree: ast.Module) -> bool:
    """Whether the clock is only handed to fields, which note when a row was written: a model that
    writes ``default=clock.now`` asks nothing itself and decides nothing by the day."""
    defaults = [
        key.value
        for node in nodes(tree)
        if isinstance(node, ast.Call)
        for key in node.keywords
        if key.arg == "default" and ast.unparse(key.value) == "clock.now"
    ]
    names = [node for node in nodes(tree) if isinstance(node, ast.Name) and node.id == "clock"]
    return 0 < len(names) == len(defaults)


@pytest.mark.parametrize(
    ("source", "is_stamp"),
    [
        ("at = DateTimeField(default=clock.now)", True),
        ("at = DateTimeField(default=clock.now)\nday = clock.today()", False),
        ("day = DateField(default=clock.today)", False),
        ("at = DateTimeField(default=now)", False),
    ],
)
def test_a_field_stamped_by_the_clock_is_no_question(source: str, is_stamp: bool) -> None:
    assert _stamps_only(ast.parse(source)) is is_stamp


def _demo() -> set[str]:
    """The demo county moves the clock; it is a face of its own."""
    return {path for path in paths(*PRODUCT) if path.startswith("kongchuo/demo/")}


def test_the_process_that_reads_a_hostile_file_holds_nothing_of_ours() -> None:
    reader = {
        path: tree for path, tree in modules(*PRODUCT).items() if "tablefiles/reader/" in path
    }
    ours = [
        f"{path} imports {name}"
        for path, tree in reader.items()
        for name in imported(tree)
        if name in OURS and not name.startswith("foundation.tablefiles.reader")
    ]
    assert reader
    assert not ours
