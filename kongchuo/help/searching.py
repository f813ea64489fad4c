"""Finds the sections of the manual in which all words of a question stand, with a snippet each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kongchuo.help.manual import ManualSection

LONGEST, MOST = 60, 30  # letters of a question, answers
BEFORE, AFTER = 24, 72  # letters of a snippet around the first word


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A run of a snippet, and whether it is what was asked for."""

    words: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section that answers, and what of it is shown."""

    section: ManualSection
    snippet: tuple[SnippetPart, ...]


def asked(question: str) -> list[str]:
    """The words of a question in small letters, without quotation marks and commas."""
    return re.sub(r"[「」“”，。、？?,；;：:]", " ", question[:LONGEST]).casefold().split()


def find(
    question: str, sections: Iterable[ManualSection], own: frozenset[str]
) -> list[FoundSection]:
    """Sections that hold every word: by heading first, then those of the reader's chapters.

    ``own`` are the slugs of the reader's chapters.
    """
    words = asked(question)
    if not words:
        return []
    held = [one for one in sections if all(word in _whole(one) for word in words)]
    held.sort(key=lambda one: (-_in_heading(one, words), one.chapter.slug not in own))
    return [FoundSection(one, tuple(_snippet(one.words, words))) for one in held[:MOST]]


def _whole(section: ManualSection) -> str:
    return f"{section.chapter.title} {section.heading} {section.words}".casefold()


def _in_heading(section: ManualSection, words: list[str]) -> int:
    return sum(word in section.heading.casefold() for word in words)


def _snippet(text: str, words: list[str]) -> Iterator[SnippetPart]:
    places = [place for word in words if (place := text.casefold().find(word)) >= 0]
    middle = min(places, default=0)
    begin, end = max(0, middle - BEFORE), middle + AFTER
    cut = ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
    pattern = re.compile("(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    for number, part in enumerate(pattern.split(cut)):
        if part:
            yield SnippetPart(part, number % 2 == 1)
