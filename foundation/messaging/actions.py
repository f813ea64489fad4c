"""Writes messages into the outbox, each key exactly once, and marks them read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.messaging.models import Message, ReadMark


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be written. It never holds a child's name: the page behind ``url`` shows it.

    ``to_post`` addresses one post; without it everybody at the unit who reads its mail.
    """

    key: str
    to_unit_id: int
    title: str
    body: str
    url: str
    occurred_on: date
    level: str = Message.INFO
    to_post_id: int | None = None


def post_letters(letters: Iterable[Letter], today: date) -> int:
    """Write the letters in the caller's transaction, omitting those whose key exists already.

    Returns how many letters were given. A letter written after its day is marked 补发.
    """
    rows = [
        Message(
            key=letter.key,
            to_unit_id=letter.to_unit_id,
            to_post_id=letter.to_post_id,
            level=letter.level,
            title=letter.title,
            body=letter.body,
            url=letter.url,
            occurred_on=letter.occurred_on,
            is_late=letter.occurred_on < today,
        )
        for letter in letters
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def mark_read(message_ids: Iterable[int], person_id: int) -> None:
    """Mark messages as read by the person. Marking twice is harmless."""
    marks = [ReadMark(message_id=pk, person_id=person_id) for pk in message_ids]
    ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
