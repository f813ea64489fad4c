"""The pages of the manual. They hold nothing of a county, so that they ask for no password."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from foundation.accounts.requests import Request
from kongchuo.help import manual
from kongchuo.help.chapters import BY_SLUG, CHAPTERS, GENERAL, Chapter, own_chapters
from kongchuo.help.links import address, roles_of
from kongchuo.help.searching import LONGEST, find


@login_not_required
def index(request: Request) -> HttpResponse:
    """The contents, or what a search finds."""
    own = own_chapters(roles_of(request.viewer))
    question = request.GET.get("q", "").strip()[:LONGEST]
    found = find(
        question,
        [section for chapter in CHAPTERS for section in manual.sections(chapter)],
        frozenset(chapter.slug for chapter in own),
    )
    context = {
        "own": own,
        "first": [_listed(each) for each in (*own, *GENERAL)],
        "others": [_listed(each) for each in CHAPTERS if each not in (*own, *GENERAL)],
        "question": question,
        "found": [(one, address(one.section.chapter, one.section.heading)) for one in found],
    }
    return render(request, "help/index.html", context)


@login_not_required
def chapter(request: Request, slug: str) -> HttpResponse:
    """One chapter with the list of its headings."""
    if slug not in BY_SLUG:
        raise Http404
    here = BY_SLUG[slug]
    return render(request, "help/chapter.html", _listed(here) | {"text": _html(here, address)})


@login_not_required
def whole(request: Request) -> HttpResponse:
    """All chapters one after the other, for the printer."""
    chapters = [(each, _html(each, _on_the_same_page)) for each in CHAPTERS]
    return render(request, "help/whole.html", {"chapters": chapters})


def _listed(chapter: Chapter) -> dict[str, Any]:
    headings = [section.heading for section in manual.sections(chapter) if section.heading]
    return {
        "chapter": chapter,
        "url": address(chapter),
        "headings": [(heading, address(chapter, heading)) for heading in headings],
    }


def _on_the_same_page(chapter: Chapter, heading: str) -> str:
    return f"#{manual.anchor(chapter, heading) or chapter.slug}"


@cache
def _html(chapter: Chapter, leads: manual.Address) -> SafeString:
    # Our own file, read by a reader that lets no HTML through.
    return mark_safe(manual.html(chapter, leads))
