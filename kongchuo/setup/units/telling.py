"""Letters to those who take over what a unit had that closed or was merged."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse

from foundation.accounts.models import Unit, UnitChange, UnitKind
from foundation.days import full_day_words
from foundation.messaging.actions import Letter
from students.roster.models import SchoolClass

TITLE = "{name}并入{into}"
BACK = "{name}恢复，从{into}转回"
BODY = "从{day}起{came}：{moved}。文号：{document}。{renamed}请核对{what}。"


def letters_of(change: UnitChange, moved: Mapping[str, int], renamed: str = "") -> Iterator[Letter]:
    """One to each unit concerned and its township, where anything came to it. They name nobody.

    ``renamed`` tells of classes that bear another name there. Of an undoing both units are told.
    """
    undone = change.undoes
    into = undone.successor if undone else change.successor
    if into is None or not moved:
        return
    is_school = into.kind == UnitKind.SCHOOL
    words = BODY.format(
        day=full_day_words(change.day),
        moved="、".join(f"{label}{count}" for label, count in moved.items()),
        document=change.document,
        came="转回" if undone else "转来",
        renamed=renamed,
        what="班级名称、班主任和个案" if is_school else "学生和个案",
    )
    title = (BACK if undone else TITLE).format(name=change.unit.name, into=into.name)
    both = (change.unit, _township(change.unit)) if undone else ()
    for unit in dict.fromkeys(filter(None, (into, _township(into), *both))):
        yield Letter(
            key=f"unit_change:{change.pk}:{unit.pk}",
            to_unit_id=unit.pk,
            title=title[:60],
            body=words[:300],
            url=reverse("cases"),
            occurred_on=change.day,
        )


def renamed_words(pairs: Sequence[tuple[int, int]], day: date) -> str:
    """The classes, old and new, that bear another name than before: their number was taken."""
    classes = SchoolClass.objects.in_bulk([k for one in pairs for k in one])
    named = [(classes[old].name_on(day), classes[new].name_on(day)) for old, new in pairs]
    told = "、".join(f"{old}改称{new}" for old, new in named if old != new)
    return f"已有同样班号的：{told}。" if told else ""


def _township(unit: Unit) -> Unit | None:
    school = getattr(unit, "school", None)
    return school.township if school is not None else unit.parent
