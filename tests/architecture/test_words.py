"""One word has one meaning, a class says by its name what it is, and the glossary knows it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.apps import apps

from tests.architecture.sources import PRODUCT, ROOT, functions, modules, nodes

# Names that say nothing without their noun.
RETIRED_CLASSES = {"Line", "Entry", "Kind", "Column", "Place", "Maker", "Handful"}
# A model's label stands in stored rows and in the history's tables, so its name stays.
KEPT_CLASSES = {("cases/watch/models.py", "Entry")}
# Django looks these up by name: every model has a Meta, every command is a Command.
NAMED_BY_DJANGO = {"Meta", "Command"}

# leave is 请假 alone, so nobody is a leaver and nothing is leaving; closure is 销号 alone.
RETIRED_WORDS = re.compile(r"leaver|leaving|closure", re.IGNORECASE)
OF_A_CASE = {
    "Closure",  # the model of a request to close a case
    "REQUEST_CLOSURE",  # acts and rights
    "CONFIRM_CLOSURE",
    "APPROVE_CLOSURE",
    "REFUSE_CLOSURE",
    "request_closure",  # modules of these acts
    "answer_closure",
    "closure",  # the row that an act answers
    "closure_waits",  # the state of a case in which an answer is due
    "CLOSURE_CODES",  # duties and their codes
    "CLOSURE_DUTIES",
}

RETIRED_SENTENCES = (
    "Of the same bytes as the attribute of the model, which is made of it.",
    "What is done meanwhile by who has nothing to do.",
    "Some rows of a roster as the register will hold them, made without asking a table.",
    "An act of which its event is all there is.",
)


def _classes() -> Iterator[tuple[str, str]]:
    for path, tree in modules(*PRODUCT).items():
        for node in nodes(tree):
            if isinstance(node, ast.ClassDef):
                yield path, node.name


def _identifiers(path: str, tree: ast.Module) -> Iterator[str]:
    """What a module names itself: its file, classes, functions, parameters, variables, fields."""
    yield from PurePosixPath(path).with_suffix("").parts
    for node in nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def _with_a_retired_word() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in modules(*PRODUCT).items():
        for name in _identifiers(path, tree):
            if RETIRED_WORDS.search(name):
                found[name].add(path)
    return found


def _docstrings() -> Iterator[tuple[str, str]]:
    for path, tree in modules(*PRODUCT).items():
        classes = (node for node in nodes(tree) if isinstance(node, ast.ClassDef))
        for node in (tree, *classes, *functions(tree)):
            yield path, " ".join((ast.get_docstring(node) or "").split())


def test_no_class_has_a_name_that_says_nothing_alone() -> None:
    found = {(path, name) for path, name in _classes() if name in RETIRED_CLASSES}
    assert found == KEPT_CLASSES


def test_no_two_classes_share_a_name() -> None:
    paths = defaultdict(list)
    for path, name in _classes():
        if name not in NAMED_BY_DJANGO:
            paths[name].append(path)
    assert {name: where for name, where in paths.items() if len(where) > 1} == {}


def test_leave_and_closure_have_one_meaning() -> None:
    found = _with_a_retired_word()
    assert {name: where for name, where in found.items() if name not in OF_A_CASE} == {}


def test_the_list_of_closures_names_only_what_there_is() -> None:
    assert OF_A_CASE - set(_with_a_retired_word()) == set()


def test_closure_is_a_word_of_cases_and_of_the_rights_to_close_them() -> None:
    found = _with_a_retired_word()
    where = set().union(*(found[name] for name in OF_A_CASE))
    outside = {path for path in where if not path.startswith("cases/")}
    assert outside == {"foundation/accounts/roles.py"}


def test_no_retired_sentence_comes_back() -> None:
    found = [
        (path, sentence)
        for path, text in _docstrings()
        for sentence in RETIRED_SENTENCES
        if sentence in text
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, tree in modules(*PRODUCT).items() if not ast.get_docstring(tree)] == []


# --- the glossary of the README ---------------------------------------------------------------


def glossary() -> list[tuple[str, str]]:
    """(English, Chinese) in the order of reading: the left half, then the right one."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.split("\n## Glossary\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows[1:]]
    return [(row[0], row[1]) for row in cells] + [(row[3], row[4]) for row in cells if row[3]]


def _noun(model: str) -> str:
    """AbsenceSpell → absence spell."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model).lower()


def _models() -> set[str]:
    """The product's own models; those of the history are made by pghistory."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PRODUCT and not hasattr(model, "pgh_tracked_model")
    }


def test_the_glossary_has_the_noun_of_each_model() -> None:
    words = {word for english, _ in glossary() for word in english.split(", ")}
    assert "AbsenceSpell" in _models()
    assert {model for model in _models() if _noun(model) not in words} == set()


def test_the_glossary_is_in_order_and_has_no_empty_place() -> None:
    english = [word for word, _ in glossary()]
    assert english == sorted(set(english))
    assert all(chinese for _, chinese in glossary())


# --- one word on all pages -----------------------------------------------------------------------

# What a page must not say, and the word of the glossary that it says instead.
OTHER_WORDS = {"调班": "转班"}


def test_pages_say_the_word_of_the_glossary() -> None:
    shown = [str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html")]
    sources = {path: (ROOT / path).read_text("utf-8") for path in (*shown, *modules(*PRODUCT))}
    assert [path for path, text in sources.items() for word in OTHER_WORDS if word in text] == []
