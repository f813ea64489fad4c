"""How a list finds a child by what somebody typed."""

import re

from django.db.models import Q

_LETTERS = re.compile(r"[A-Za-z]+")


def name_like(words: str, prefix: str = "child__") -> Q:
    """Part of a name; letters alone may be the first letters of its pinyin too."""
    words = words.strip()
    if not _LETTERS.fullmatch(words):
        return Q(**{f"{prefix}name__contains": words})
    return Q(**{f"{prefix}name__icontains": words}) | Q(
        **{f"{prefix}initials__startswith": words.lower()}
    )
