"""What the manual quotes as a button or a link, and every text that the product shows."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kongchuo.help import manual
from kongchuo.help.chapters import CHAPTERS
from tests.architecture.sources import PRODUCT, ROOT, forget, modules, nodes

# **「提交点名」** is a button, a link or a tab. 「字」 without stars is not held to anything.
QUOTED = re.compile(r"\*\*「([^」]+)」\*\*")
_HIDDEN = re.compile(
    r"<(script|style|svg)\b.*?</\1>|\{%\s*comment\b.*?endcomment\s*%\}|\{#.*?#\}", re.DOTALL
)
# A text ends where a tag, a condition or a value of the page begins.
_BETWEEN = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def quotes() -> Iterator[tuple[str, str]]:
    """(chapter, words) of every button that the manual names."""
    for chapter in CHAPTERS:
        for words in QUOTED.findall(manual.source(chapter)):
            yield chapter.title, words


@cache
def shown() -> frozenset[str]:
    """Every whole text of the templates, and every string of the code that is no docstring."""
    texts = frozenset((*_of_templates(), *_of_code())) - {""}
    forget()
    return texts


def _of_templates() -> Iterator[str]:
    for file in Path(ROOT, "templates").rglob("*.html"):
        yield from texts_of(file.read_text(encoding="utf-8"))


def texts_of(template: str) -> Iterator[str]:
    """The texts of a template, one for each run between its marks."""
    for text in _BETWEEN.split(_HIDDEN.sub("", template)):
        yield " ".join(text.split())


def _of_code() -> Iterator[str]:
    for tree in modules(*PRODUCT).values():
        docstrings = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
        for node in nodes(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) not in docstrings:
                    yield node.value
