"""Repeatable random numbers, each drawn from a fixed seed and its own purpose.

No draw depends on the one before. So one pupil more, or a day repeated after a crash, changes no
other draw.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

SEED = "云县演示2025"
_TOP = 2**64
T = TypeVar("T")


def share(*purpose: object) -> float:
    """A number from 0 up to, not including, 1, fixed for the purpose."""
    words = "|".join(map(str, (SEED, *purpose)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) / _TOP


def number(first: int, last: int, *purpose: object) -> int:
    """A whole number from first to last, both included."""
    return first + int(share(*purpose) * (last - first + 1))


def pick(options: Sequence[T], *purpose: object) -> T:
    """One of the options."""
    return options[int(share(*purpose) * len(options))]


def weighted(options: Sequence[tuple[T, float]], *purpose: object) -> T:
    """One of the options by its weight."""
    left = share(*purpose) * sum(weight for _, weight in options)
    for option, weight in options:
        left -= weight
        if left < 0:
            return option
    return options[-1][0]
