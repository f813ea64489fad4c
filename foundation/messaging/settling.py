"""Which messages are about something that is done by now. The apps that send them tell."""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foundation.messaging.models import Message

# Each takes the keys of some messages and returns those whose matter is done.
SETTLERS: list[Callable[[Collection[str]], set[str]]] = []


def settled(letters: Iterable["Message"]) -> set[int]:
    """The primary keys of those of the messages whose matter is done. A query for each app."""
    by_key = {letter.key: letter.pk for letter in letters}
    done = {key for settler in SETTLERS for key in settler(by_key)} if by_key else set()
    return {by_key[key] for key in done}
