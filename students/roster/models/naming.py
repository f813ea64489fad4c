"""The condition by which lists find a child by a typed name."""

import re

from django.db.models import Q

_LETTERS = re.compile(r"[A-Za-z]+")


def name_like(words: str, prefix: str = "child__") -> Q:
    """Return the condition for part of a name, or for the first letters of its pinyin."""
    words = words.strip()
    if not _LETTERS.fullmatch(words):
        return Q(**{f"{prefix}name__contains": words})
    return Q(**{f"{prefix}name__icontains": words}) | Q(
        **{f"{prefix}initials__startswith": words.lower()}
    )
