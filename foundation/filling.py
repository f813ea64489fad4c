"""Fills words into templates that are drawn once: what stands many times on every page.

Django asks a template's every word and condition anew for each cell, head and link; the HTML stays
in the templates, and only what differs is put in.
"""

from functools import cache
from html import escape
from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_MARK = "\ue000"  # stands in no text: around the name of a word that is filled in


def filled(template: str, **words: Any) -> SafeString:
    """The template with the words, escaped as Django escapes them.

    The template may name the words and ask whether one is there, but nothing else of them.
    """
    pieces = _pieces(template, *((name, bool(word)) for name, word in words.items()))
    return mark_safe("".join(escaped(words[one]) if named else one for named, one in pieces))


def escaped(words: Any) -> str:
    """The words as HTML. Most are plain text, which needs none of Django's questions."""
    return escape(words) if type(words) is str else str(conditional_escape(words))


@cache
def compiled(name: str) -> Template:
    """The compiled template: a page draws it for each of its rows."""
    found: Any = get_template(name)
    template: Template = found.template
    return template


@cache
def _pieces(template: str, *words: tuple[str, bool]) -> tuple[tuple[bool, str], ...]:
    """The HTML between the words, and the names of the words that are there."""
    told = {name: f"{_MARK}{name}{_MARK}" if is_there else "" for name, is_there in words}
    drawn = str(compiled(template).render(Context(told)))
    return tuple((n % 2 == 1, piece) for n, piece in enumerate(drawn.split(_MARK)))
