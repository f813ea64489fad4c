"""变更记录: who changed which value of a child and when, from the rows the database kept.

A snapshot (models/tracking.py) holds the row before a change. The next snapshot, or the row itself,
holds it after the change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.masking import mask_id
from students.roster.models import Child, Enrolment, GroupSpell, Guardian, SchoolClass
from students.roster.rules.columns import FAMILY, IS_OR_NOT, kept_in, led_by
from students.roster.rules.roster_column import Holder, RosterColumn

CHANGED = "有变更"  # shown when the masked values are equal but the values differ


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One changed value: when, by whom, of which row, from what to what."""

    at: datetime
    who: str
    subject: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryField:
    """A column that the history shows: how it is compared and how it is shown."""

    column: str
    label: str
    words: Callable[[Any, Any, "Names"], str]


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind ids, and the viewer."""

    viewer: Viewer
    units: Mapping[int, str]
    classes: Mapping[int, str]


def _plain(column: str, label: str) -> HistoryField:
    def read(row: Any, owner: Any, names: Names) -> str:
        value = getattr(row, column)
        if isinstance(value, date):
            return full_day_words(value)
        return "" if value is None else str(value)

    return HistoryField(column, label, read)


def _sealed(name: str, label: str, mask: Callable[[str], str], compared_by: str) -> HistoryField:
    def read(row: Any, owner: Any, names: Names) -> str:
        field = type(owner).__dict__[name]
        return mask(field.reopen(owner, getattr(row, f"{name}_sealed")))

    return HistoryField(compared_by, label, read)


def _unit(column: str, label: str) -> HistoryField:
    return HistoryField(
        column, label, lambda row, _, names: names.units.get(getattr(row, column), "待核实")
    )


def _name(row: Any, owner: Any, names: Names) -> str:
    """The name of a child or of its guardian, as the viewer may read it."""
    return names.viewer.name_of(row.name, getattr(owner, "child_id", owner.pk))


def _born(row: Any, owner: Any, names: Names) -> str:
    """The day of birth of a child, or its month where the viewer reads no names."""
    return names.viewer.birth_of(row.born_on, owner.pk)


_MASKED = {"name": _name, "born_on": _born}


def _column(column: RosterColumn) -> HistoryField:
    """Return the field of a roster column; a boolean is shown as 是 or 否 here."""
    name, label = column.attribute, column.history_label
    if name in _MASKED:
        return HistoryField(name, label, _MASKED[name])
    if column.is_sealed:
        return _sealed(name, label, column.shown, column.compared_by)
    if column.true_code:
        return HistoryField(
            name, label, lambda row, owner, names: IS_OR_NOT.get(getattr(row, name), "")
        )
    return HistoryField(name, label, lambda row, owner, names: column.shown(getattr(row, name)))


def _columns(*columns: RosterColumn) -> Iterator[HistoryField]:
    """Return the fields of the columns; behind the hukou code come the units that it brings."""
    for column in columns:
        yield _column(column)
        if column.attribute == "home_region":
            yield _unit("home_village_id", "户籍村（居）")
            yield _unit("home_township_id", "户籍乡镇")


_UNIT_COLUMNS = ("home_village_id", "home_township_id", "school_id")
_FIELDS: Mapping[type, tuple[HistoryField, ...]] = {
    Child: tuple(_columns(*led_by(kept_in(Holder.CHILD), "name"))),
    Guardian: tuple(
        _columns(*led_by(kept_in(Holder.GUARDIAN, FAMILY[0]), "name", "relation", "is_guardian"))
    ),
    Enrolment: (
        _unit("school_id", "学校"),
        HistoryField(
            "school_class_id",
            "班级",
            lambda row, owner, names: names.classes.get(row.school_class_id, ""),
        ),
        _plain("starts_on", "在籍起"),
        _plain("ends_on", "在籍止"),
        *_columns(*kept_in(Holder.ENROLMENT)),
    ),
    GroupSpell: (
        _plain("kind", "类型"),
        _plain("starts_on", "起"),
        _plain("ends_on", "止"),
        _plain("end_reason", "退出原因"),
        _sealed("basis", "证件号或文号", mask_id, "basis_digest"),
        _sealed("note", "备注", str, "note_sealed"),
    ),
}


def changes_of(child: Child, viewer: Viewer, *, with_groups: bool) -> list[HistoryChange]:
    """Return every change on record, newest first; group changes only ``with_groups``."""
    owners: list[Any] = [child]
    owners += child.guardians.prefetch_related("snapshots")
    owners += child.enrolments.select_related("school_class").prefetch_related("snapshots")
    if with_groups:
        owners += child.group_spells.prefetch_related("snapshots")
    steps = [step for owner in owners for step in _steps(owner)]
    names, who = _names(steps, viewer), _people(steps)
    changes = [
        (event.pgh_created_at, event.pgh_id, change)
        for owner, event, after in steps
        for change in _differences(owner, event, after, names, who(event))
    ]
    return [change for _, _, change in sorted(changes, key=lambda c: c[:2], reverse=True)]


Step = tuple[Any, Any, Any]


def _steps(owner: Any) -> Iterator[Step]:
    events = sorted(owner.snapshots.all(), key=lambda event: event.pgh_id)
    for event, after in pairwise([*events, owner]):
        yield owner, event, after


def _differences(
    owner: Any, before: Any, after: Any, names: Names, who: str
) -> Iterator[HistoryChange]:
    for field in _FIELDS[type(owner)]:
        if getattr(before, field.column) == getattr(after, field.column):
            continue
        old, new = field.words(before, owner, names), field.words(after, owner, names)
        if old == new:
            old, new = "", CHANGED
        yield HistoryChange(before.pgh_created_at, who, _subject(owner), field.label, old, new)


def _subject(owner: Any) -> str:
    if isinstance(owner, Guardian):
        return f"监护人{owner.position}"
    if isinstance(owner, Enrolment):
        return f"在籍（{full_day_words(owner.starts_on)}起）"
    return owner.label if isinstance(owner, GroupSpell) else "基本信息"


def _names(steps: Iterable[Step], viewer: Viewer) -> Names:
    rows = [row for _, event, after in steps for row in (event, after)]
    units = _ids(getattr(row, column, None) for row in rows for column in _UNIT_COLUMNS)
    classes = _ids(getattr(row, "school_class_id", None) for row in rows)
    return Names(
        viewer,
        {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=units)},
        {c.pk: str(c) for c in SchoolClass.objects.filter(pk__in=classes)},
    )


def _ids(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}


def _people(steps: Iterable[Step]) -> Callable[[Any], str]:
    """Return a function from an event to its author: name with unit and post, or 系统."""
    signed: list[dict[str, Any]] = [event.pgh_context or {} for _, event, _ in steps]
    person_ids = _ids(one.get("person") for one in signed)
    people = dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "name"))
    rows = Post.objects.filter(pk__in=_ids(one.get("post") for one in signed))
    posts = {post.pk: post for post in rows.select_related("unit")}

    def who(event: Any) -> str:
        context = event.pgh_context or {}
        post = posts.get(context.get("post", 0))
        name = people.get(context.get("person", 0), "系统")
        return f"{name}（{post.unit} {post.role_label}）" if post else name

    return who
