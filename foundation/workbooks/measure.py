"""Measures text: how wide it is, and how many lines it takes."""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

_WIDE = "\u2e80"  # from here on characters are two digits wide


def lines_in(words: str, width: int) -> int:
    """The lines of text in a column of this width in digits; a Chinese sign is two digits wide."""
    if 2 * len(words) <= width and "\n" not in words:
        return 1
    return sum(
        max(1, -(-sum(1 if sign < _WIDE else 2 for sign in line) // max(width, 2)))
        for line in words.split("\n")
    )


def text_width(text: str) -> int:
    """The width in half-width characters; ambiguous ones (—, “) count as the wider."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def text_lines(text: str, room: float) -> int:
    """The lines a text takes in ``room`` half-width characters."""
    return sum(max(1, ceil(text_width(part) / room)) for part in text.split("\n"))


def runs(widths: Sequence[float], count: int) -> list[tuple[int, int]]:
    """``count`` runs of columns (from 1) of about the same width, at least one column each."""
    count = min(count, len(widths))
    whole, so_far = sum(widths), 0.0
    ends: list[int] = []
    for number, wide in enumerate(widths[:-1], start=1):
        so_far += wide
        must = len(widths) - number <= count - 1 - len(ends)
        if len(ends) < count - 1 and (must or so_far >= whole * (len(ends) + 1) / count):
            ends.append(number)
    return list(zip([1, *(end + 1 for end in ends)], [*ends, len(widths)], strict=True))
