"""Reads the manual's Markdown: HTML for the page, sections for the search. Needs no Django.

Raw HTML is not let through (it is shown as text), and markdown-it refuses addresses of scripts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kongchuo.help.chapters import CHAPTERS, Chapter

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "使用手册"
Address = Callable[[Chapter, str], str]
_NOTES = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# Tables look like ours. Markdown wants a gap around the name of a button, Chinese does not.
_DRESS = (
    ("<th>", '<th scope="col">'),
    ("<table>", '<div class="tablebox"><table class="table">'),
    ("</table>", "</table></div>"),
    (" <strong>「", "<strong>「"),
    ("」</strong> ", "」</strong>"),
)


@dataclass(frozen=True, slots=True)
class ManualSection:
    """What stands under one heading of the second level; without one, before the first."""

    chapter: Chapter
    heading: str
    words: str

    @property
    def anchor(self) -> str:
        """The id of its heading, the only one of the whole manual; empty for the first words."""
        return anchor(self.chapter, self.heading)


def anchor(chapter: Chapter, heading: str) -> str:
    """The id of a heading. A gap would end it."""
    return f"{chapter.slug}-{'-'.join(heading.split())}" if heading else ""


@cache
def source(chapter: Chapter) -> str:
    """The chapter's Markdown without its title and without what is noted for its writers."""
    text = (FOLDER / chapter.file).read_text(encoding="utf-8")
    title, _, rest = _NOTES.sub("", text).partition("\n")
    if title != f"# {chapter.title}":
        raise ValueError(f"{chapter.file} begins with {title!r}")
    return rest.strip() + "\n"


@cache
def sections(chapter: Chapter) -> tuple[ManualSection, ...]:
    """The chapter's sections in their order."""
    return tuple(_sections(chapter, _READER.parse(source(chapter))))


@lru_cache(maxsize=1)
def told() -> frozenset[tuple[str, str]]:
    """(slug, heading) of each section of the manual."""
    return frozenset((one.chapter.slug, one.heading) for c in CHAPTERS for one in sections(c))


def html(chapter: Chapter, address: Address) -> str:
    """The chapter as HTML. ``address`` says where a link to a heading of a chapter leads."""
    tokens = _READER.parse(source(chapter))
    for heading, token in _headings(tokens):
        token.attrSet("id", anchor(chapter, heading))
    for token in _links(tokens):
        token.attrSet("href", _led(str(token.attrGet("href")), address))
    made = str(_READER.renderer.render(tokens, _READER.options, {}))
    for pattern, text in _DRESS:
        made = made.replace(pattern, text)
    return made


def _led(href: str, address: Address) -> str:
    """班主任.md#点名 → the address of that heading; anything else stays."""
    file, _, heading = unquote(href).partition("#")
    chapter = next((each for each in CHAPTERS if each.file == file), None)
    return address(chapter, heading) if chapter else href


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    for token, inner in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            yield _words(inner), token


def _links(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "link_open")


def _sections(chapter: Chapter, tokens: Sequence[Token]) -> Iterator[ManualSection]:
    heading, opened = "", False
    words: list[str] = []
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            yield ManualSection(chapter, heading, " ".join(words))
            words, opened = [], True
        elif token.type == "inline" and opened:
            heading, opened = _words(token), False
        elif token.type == "inline":
            words.append(_words(token))
    yield ManualSection(chapter, heading, " ".join(words))


def _words(token: Token) -> str:
    return "".join(
        child.content or " " * (child.type == "softbreak") for child in token.children or ()
    )
