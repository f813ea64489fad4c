"""Putting messages into the outbox, each key exactly once; and marking them read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.messaging.models import Message, ReadMark


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told to whom. Never a child's name: the page behind ``url`` shows it to who may.

    ``to_post`` addresses one post, otherwise everybody at the unit who reads its mail.
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
    """Write the letters in the caller's transaction; one whose key is there already is left out.

    Returns how many there were to write. One written after its day is marked 补发.
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
    """The person has read them; marking twice is harmless."""
    marks = [ReadMark(message_id=pk, person_id=person_id) for pk in message_ids]
    ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
