"""Builds the page of one child: facts, guardians, enrolments, groups; numbers are masked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.accounts.models import Region
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from students.roster.models import Child, Enrolment, GroupSpell, GuardianAbsence
from students.roster.rules.columns import FAMILY, kept_in, led_by
from students.roster.rules.group_kinds import lives_elsewhere
from students.roster.rules.left_behind import LeftBehindFinding, council_finding, registry_finding
from students.roster.rules.roster_column import CellKind, Holder, RosterColumn, Section

_CHILD = led_by(kept_in(Holder.CHILD), "name", "sex", "born_on", "ethnicity", "registry_no")
_GUARDIAN = led_by(kept_in(Holder.GUARDIAN, FAMILY[0]), "name", "relation", "is_guardian")
ENROLMENT_COLUMNS = kept_in(Holder.ENROLMENT)
_PERSON = tuple(column for column in _CHILD if column.section is Section.PERSON)
_HOME = tuple(column for column in _CHILD if column.section is Section.HOME)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the page shows of special groups, to viewers with the right to see them."""

    memberships: list[GroupSpell]
    absences: list[GuardianAbsence]
    by_registry: LeftBehindFinding
    by_council: LeftBehindFinding
    elsewhere: bool | None
    told: str  # what the registry's sheet says of 留守
    day: date

    @property
    def differs(self) -> bool:
        """Whether the registry's sheet contradicts the facts on 留守 (R52)."""
        return bool(self.told) and self.told != self.by_registry.words


def facts_of(child: Child, viewer: Viewer) -> list[tuple[str, str]]:
    """Return the facts of the child as the viewer may read them, label by label."""
    masked = {
        "name": viewer.name_of(child.name, child.pk),
        "born_on": viewer.birth_of(child.born_on, child.pk),
    }
    return [
        (c.label, masked[c.attribute] if c.attribute in masked else _words(child, c))
        for c in _PERSON
    ]


def home_of(child: Child) -> list[tuple[str, str]]:
    """Return the hukou and the address."""
    return [
        ("户籍村（居）", str(child.home_village or "待核实")),
        ("户籍乡镇", str(child.home_township or "待核实")),
        *((column.label, _home_words(child, column)) for column in _HOME),
    ]


def _home_words(child: Child, column: RosterColumn) -> str:
    """A column of the home. A code of regions is told by their names."""
    code = getattr(child, column.attribute)
    if column.kind is not CellKind.REGION or not code:
        return _words(child, column)
    codes = [code[:digits] for digits in (6, 9, 12) if len(code) >= digits]
    known = Region.objects.filter(code__in=codes).order_by("code")
    names = "".join(known.values_list("name", flat=True))
    return f"{names or '本县以外'}（{code}）"


def _words(row: Any, column: RosterColumn) -> str:
    """Return the text of a roster column; a date is written out."""
    value = getattr(row, column.attribute)
    if value and column.kind is CellKind.DAY:
        return full_day_words(value)
    return column.shown(value)


@dataclass(frozen=True, slots=True)
class EnrolmentShown:
    """An enrolment, its class's name on its last day, and the roster's further facts of it."""

    row: Enrolment
    class_name: str
    more: list[tuple[str, str]]


def enrolments_of(child: Child, today: date) -> list[EnrolmentShown]:
    """Return the enrolments, the latest first."""
    rows = child.enrolments.select_related("school__unit", "school_class")
    return [
        EnrolmentShown(
            row,
            row.school_class.name_on(_named_on(row, today)),
            [(column.label, _words(row, column)) for column in ENROLMENT_COLUMNS],
        )
        for row in rows
    ]


def _named_on(row: Enrolment, today: date) -> date:
    return min(row.ends_on or today, today) if row.starts_on <= today else row.starts_on


def guardians_of(child: Child, viewer: Viewer) -> list[list[tuple[RosterColumn, str]]]:
    """Return each guardian column by column, with the name the viewer may read."""
    return [
        [
            (c, viewer.name_of(g.name, child.pk) if c.attribute == "name" else _words(g, c))
            for c in _GUARDIAN
        ]
        for g in child.guardians.all()
    ]


def groups_of(child: Child, viewer: Viewer, today: date) -> GroupFacts:
    """Return groups, absent parents, and both definitions of 留守 with their reasons."""
    memberships = GroupSpell.objects.visible_to(viewer, today).filter(child=child)
    away = GuardianAbsence.objects.visible_to(viewer, today).filter(child=child)
    absences = list(away.order_by("-starts_on", "-pk"))
    found = list(memberships.select_related("evidence").order_by("-starts_on", "-pk"))
    facts = [absence.fact for absence in absences]
    elsewhere = lives_elsewhere(child.home_region, child.county.region.code)
    told = [s for s in found if s.group == "left_behind" and s.ends_on is None]
    return GroupFacts(
        memberships=found,
        absences=absences,
        by_registry=registry_finding(facts, today, elsewhere=elsewhere),
        by_council=council_finding(facts, child.born_on, today),
        elsewhere=elsewhere,
        told=told[0].kind if told else "",
        day=today,
    )
