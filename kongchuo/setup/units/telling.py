"""Letters to those who take over what a unit had that closed or was merged."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from foundation.accounts.models import Unit, UnitChange, UnitKind
from foundation.days import full_day_words
from foundation.messaging.actions import Letter

TITLE = "{name}并入{into}"
BODY = "从{day}起转来：{moved}。文号：{document}。请核对{what}。"


def letters_of(change: UnitChange, moved: Mapping[str, int]) -> Iterator[Letter]:
    """One to the successor and one to its township, where anything came to it. They name nobody."""
    into = change.successor
    if into is None or not moved or change.kind not in (UnitChange.CLOSED, UnitChange.MERGED):
        return
    is_school = into.kind == UnitKind.SCHOOL
    words = BODY.format(
        day=full_day_words(change.day),
        moved="、".join(f"{label}{count}" for label, count in moved.items()),
        document=change.document,
        what="班级名称、班主任和个案" if is_school else "学生和个案",
    )
    for unit in dict.fromkeys(filter(None, (into, _township(into)))):
        yield Letter(
            key=f"unit_change:{change.pk}:{unit.pk}",
            to_unit_id=unit.pk,
            title=TITLE.format(name=change.unit.name, into=into.name),
            body=words,
            url=reverse("cases"),
            occurred_on=change.day,
        )


def _township(unit: Unit) -> Unit | None:
    school = getattr(unit, "school", None)
    return school.township if school is not None else unit.parent
