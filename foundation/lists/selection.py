"""Which rows of a list a form of selected rows names."""

from collections.abc import Callable

from django.http import QueryDict

MOST_PICKED = 1_000


def picked(sent: QueryDict, everything: Callable[[], list[int]] = list) -> list[int]:
    """The keys that were ticked, or all that the list's filters give where ``all`` was ticked.

    ``pks`` is what the page of the preview sends on: the same keys in one field.
    """
    if sent.get("only"):  # the button of one row, whatever is ticked besides
        return _numbers([str(sent["only"])])
    if sent.get("pks"):
        return _numbers(str(sent["pks"]).split(","))
    return everything()[:MOST_PICKED] if sent.get("all") else _numbers(sent.getlist("pk"))


def _numbers(words: list[str]) -> list[int]:
    found = (int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19)
    return list(dict.fromkeys(found))[:MOST_PICKED]
