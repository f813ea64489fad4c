"""The condition by which lists find a child by a typed name."""

import re
from collections.abc import Callable

from django.db.models import Q

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

_LETTERS = re.compile(r"[A-Za-z]+")


def name_like(words: str, prefix: str = "child__") -> Q:
    """Return the condition for part of a name, or for the first letters of its pinyin."""
    words = words.strip()
    if not _LETTERS.fullmatch(words):
        return Q(**{f"{prefix}name__contains": words})
    return Q(**{f"{prefix}name__icontains": words}) | Q(
        **{f"{prefix}initials__startswith": words.lower()}
    )


def name_seen(
    whole: Q, words: str, viewer: Viewer, *, read: Callable[[], Q], prefix: str = "child__"
) -> Q:
    """The condition ``whole``, as far as the viewer reads names.

    Who sees 张** finds by what is seen: the first character, or its letter. Otherwise a search
    would tell the name that is hidden. ``read`` gives the rows whose names a viewer with several
    posts reads; for everybody else it is not worked out.
    """
    words = words.strip()
    if viewer.has(Right.SEE_NAMES) and viewer.is_one_in(Right.SEE_NAMES):
        return whole
    found = Q(**{f"{prefix}name__startswith": words}) | Q(
        **{f"{prefix}initials__startswith": words.lower()}
    )
    seen = found if len(words) == 1 else Q(**{f"{prefix}pk__in": []})
    return (whole & read() if viewer.has(Right.SEE_NAMES) else Q(**{f"{prefix}pk__in": []})) | seen
