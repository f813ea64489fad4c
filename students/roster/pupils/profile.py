"""One child as its page shows it: facts, guardians, enrolment, groups, papers; numbers masked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.accounts.viewer import Viewer
from foundation.masking import mask_id
from students.roster.models import Child, Enrolment, GroupSpell, GuardianAbsence
from students.roster.rules import codes
from students.roster.rules.group_kinds import lives_elsewhere
from students.roster.rules.left_behind import Finding, council_finding, registry_finding


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the page tells of special groups; shown to who has the right alone."""

    spells: list[GroupSpell]
    absences: list[GuardianAbsence]
    by_registry: Finding
    by_council: Finding
    elsewhere: bool | None
    told: str  # what the registry's sheet says of 留守
    day: date

    @property
    def differs(self) -> bool:
        """Whether the registry's sheet says otherwise than the facts (R52)."""
        return bool(self.told) and self.told != self.by_registry.words


def facts_of(child: Child, name: str) -> list[tuple[str, str]]:
    """Who the child is and where it is at home."""
    return [
        ("姓名", name),
        ("性别", child.sex_label),
        ("出生日期", f"{child.born_on:%Y年%-m月%-d日}" if child.born_on else ""),
        ("民族", codes.ETHNICITY_NAMES.get(child.ethnicity, "")),
        ("学籍号", mask_id(child.registry_no)),
        ("证件类型", codes.ID_TYPES.get(child.id_type, "")),
        ("证件号", child.masked_id),
        ("就读方式", "住校" if child.boards else "不住校"),
    ]


def home_of(child: Child) -> list[tuple[str, str]]:
    """The hukou, and where the child lives."""
    return [
        ("户籍村（居）", str(child.home_village or "待核实")),
        ("户籍乡镇", str(child.home_township or "待核实")),
        ("户籍区划码", child.home_region),
        ("现住址", child.masked_address),
    ]


def spells_of(child: Child, today: date) -> list[tuple[Enrolment, str]]:
    """Schools and classes, each with the name the class had at the end of the spell."""
    spells = child.enrolments.select_related("school__unit", "school_class")
    return [(spell, spell.school_class.name_on(_named_on(spell, today))) for spell in spells]


def _named_on(spell: Enrolment, today: date) -> date:
    return min(spell.ends_on or today, today) if spell.starts_on <= today else spell.starts_on


def guardians_of(child: Child, viewer: Viewer) -> list[tuple[str, Any]]:
    """Each guardian with the name the viewer may read."""
    return [(viewer.name_of(g.name), g) for g in child.guardians.all()]


def groups_of(child: Child, viewer: Viewer, today: date) -> GroupFacts:
    """Groups, who is away, and both definitions of 留守 with their reasons."""
    spells = GroupSpell.objects.visible_to(viewer, today).filter(child=child)
    away = GuardianAbsence.objects.visible_to(viewer, today).filter(child=child)
    absences = list(away.order_by("-starts_on", "-pk"))
    found = list(spells.select_related("evidence").order_by("-starts_on", "-pk"))
    facts = [absence.fact for absence in absences]
    elsewhere = lives_elsewhere(child.home_region, child.county.region.code)
    told = [s for s in found if s.group == "left_behind" and s.ends_on is None]
    return GroupFacts(
        spells=found,
        absences=absences,
        by_registry=registry_finding(facts, today, elsewhere=elsewhere),
        by_council=council_finding(facts, child.born_on, today),
        elsewhere=elsewhere,
        told=told[0].kind if told else "",
        day=today,
    )
