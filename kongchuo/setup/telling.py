"""Letters to the holders of deadlines that a change of calendar or parameters moves.

One letter for each desk and change, however many of its deadlines move: it names the paper and the
first of the days, and leads to the list of duties.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from cases.actions.letters.notices import letters_to, teachers_of
from cases.recount.deadlines import Redated
from foundation.days import day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message

NAMED = 3  # cases that a letter names


def tell_holders(found: Iterable[Redated], *, key: str, why: str, paper: str, today: date) -> None:
    """Write the letters, in the transaction of the change. ``key`` names the change.

    ``why`` is what was changed, in words; ``paper`` is its document.
    """
    moving = [one for one in found if one.moves]
    teachers = teachers_of({one.deadline.case.school_class_id for one in moving}, today)
    held: dict[tuple[int, int | None], list[Redated]] = defaultdict(list)
    for one in moving:
        for letter in letters_to(
            one.deadline.case,
            one.deadline.duty.owed_by,
            key="",
            title="",
            body="",
            occurred_on=today,
            today=today,
            teachers=teachers,
        ):
            held[letter.to_unit_id, letter.to_post_id].append(one)
    post_letters([_letter(to, rows, key, why, paper, today) for to, rows in held.items()], today)


def _letter(
    to: tuple[int, int | None], rows: list[Redated], key: str, why: str, paper: str, today: date
) -> Letter:
    told = "；".join(_words(one) for one in rows[:NAMED])
    more = f"等{len(rows)}个" if len(rows) > NAMED else ""
    return Letter(
        key=f"{key}:unit{to[0]}:post{to[1] or 0}",
        to_unit_id=to[0],
        to_post_id=to[1],
        title=f"{len(rows)}个期限改期：{why}"[:60],
        body=f"{told}{more}。依据：{paper}"[:300],
        url=reverse("duties"),
        occurred_on=today,
        level=Message.WARN,
    )


def _words(one: Redated) -> str:
    before, after = one.deadline.due_on, one.due.due_on
    days = f"{day_words(before)}改为{day_words(after)}"
    return f"{one.deadline.case.number} {one.deadline.duty.label}，{days}"
