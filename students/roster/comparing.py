"""A row of a sheet against what the register holds: what would change, field by field, masked."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.masking import mask_id, mask_phone, mask_text
from foundation.protected import digest
from students.roster import codes
from students.roster.checking import Row
from students.roster.columns import BOARDS, COLUMNS, EXTRA
from students.roster.models import Child, Guardian
from students.roster.register import Home, Known

LABELS = {column.field: column.heading for column in (*EXTRA, *COLUMNS) if column.field}
PLAIN = ("registry_no", "name", "sex", "born_on", "ethnicity", "id_type", "home_region", "boards")
PROTECTED = {"id_no": "id", "address": "address"}
GUARDIAN_PLAIN = ("name", "relation", "is_guardian")
UNNAMED_GUARDIAN = "家长"

_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "registry_no": mask_id,
    "id_no": mask_id,
    "address": mask_text,
    "phone": mask_phone,
    "sex": lambda value: codes.SEX.get(value, ""),
    "ethnicity": lambda value: codes.ETHNICITY_NAMES.get(value, ""),
    "id_type": lambda value: codes.ID_TYPES.get(value, ""),
    "boards": lambda value: "住校" if value else "不住校",
    "is_guardian": lambda value: "是" if value else "否",
    "born_on": lambda value: value.isoformat() if value else "",
}

Change = dict[str, str]


@dataclass(slots=True)
class Difference:
    """What a row would write: child's fields, guardians' fields by position, and how it reads."""

    facts: dict[str, Any] = field(default_factory=dict)
    guardians: dict[int, dict[str, Any]] = field(default_factory=dict)
    seat_no: str | None = None
    changes: list[Change] = field(default_factory=list)

    def note(self, label: str, field_name: str, old: Any, new: Any) -> None:
        """Add a line 「label: old → new」 with protected values masked."""
        show = _SHOWN.get(field_name, str)
        words = ["" if value in (None, "") else show(value) for value in (old, new)]
        self.changes.append({"label": label, "old": words[0], "new": words[1]})


def facts_of(row: Row) -> dict[str, Any]:
    """The child's fields a row holds; an empty cell never erases, so it is not among them."""
    values = row.values
    facts: dict[str, Any] = {
        name: values[name] for name in (*PLAIN, *PROTECTED) if values.get(name)
    }
    if "born_on" in facts:
        facts["born_on"] = date.fromisoformat(facts["born_on"])
    if boarding := values.get("boarding"):
        facts["boards"] = boarding == BOARDS
    return facts


def guardians_of(row: Row) -> dict[int, dict[str, Any]]:
    """The family members a row names, by position; 联系电话 stands in for a first one's own."""
    found: dict[int, dict[str, Any]] = {}
    for position in (1, 2):
        prefix = f"guardian{position}_"
        facts: dict[str, Any] = {
            key.removeprefix(prefix): value
            for key, value in row.values.items()
            if key.startswith(prefix)
        }
        if "is_guardian" in facts:
            facts["is_guardian"] = facts["is_guardian"] == "1"
        if facts.get("name") or facts.get("phone"):
            found[position] = facts
    if phone := row.values.get("phone"):
        found.setdefault(1, {}).setdefault("phone", phone)
    return found


def compare(row: Row, known: Known, home: Home) -> Difference:
    """What the row would change of a known child."""
    difference = Difference()
    _compare_child(difference, facts_of(row), known.child)
    _compare_home(difference, row.values.get("home_region", ""), known.child, home)
    for position, facts in guardians_of(row).items():
        _compare_guardian(difference, position, facts, known.guardians.get(position))
    seat = row.values.get("seat_no")
    if seat and known.enrolment and known.enrolment.seat_no != seat:
        difference.seat_no = seat
        difference.note(LABELS["seat_no"], "seat_no", known.enrolment.seat_no, seat)
    return difference


def _compare_child(difference: Difference, facts: dict[str, Any], child: Child) -> None:
    for name, value in facts.items():
        if name in PROTECTED:
            if digest(value, PROTECTED[name]) == getattr(child, f"{name}_digest"):
                continue
        elif value == getattr(child, name):
            continue
        difference.facts[name] = value
        difference.note(LABELS.get(name, "就读方式"), name, getattr(child, name), value)


def _compare_home(difference: Difference, code: str, child: Child, home: Home) -> None:
    """A new code brings its units; a village unknown so far is filled in when it is known now."""
    if "home_region" in difference.facts:
        difference.facts |= {
            "home_village_id": home.village_id,
            "home_township_id": home.township_id,
        }
    elif code and child.home_village_id is None and home.village_id:
        difference.facts |= {
            "home_village_id": home.village_id,
            "home_township_id": home.township_id,
        }
        difference.note("户籍村（居）", "home_village", "", home.village_name)


def _compare_guardian(
    difference: Difference, position: int, facts: dict[str, Any], guardian: Guardian | None
) -> None:
    changed = {}
    for name, value in facts.items():
        old = getattr(guardian, name) if guardian and name != "phone" else None
        if name == "phone":
            if guardian and digest(value, "phone") == guardian.phone_digest:
                continue
            old = guardian.phone if guardian else ""
        elif value == old:
            continue
        changed[name] = value
        label = LABELS[f"guardian{position}_{name}"]
        difference.note(label, name, old, value)
    if changed:
        difference.guardians[position] = changed


def fingerprint(known: Known) -> str:
    """A digest of everything of a child that a sheet may change; equal means nothing changed."""
    child, spell = known.child, known.enrolment
    state = [
        *[str(getattr(child, name)) for name in PLAIN],
        *[getattr(child, f"{name}_digest") for name in PROTECTED],
        child.home_village_id,
        child.home_township_id,
        [
            [g.position, g.name, g.relation, g.is_guardian, g.phone_digest]
            for _, g in sorted(known.guardians.items())
        ],
        [spell.pk, spell.school_class_id, str(spell.starts_on), str(spell.ends_on), spell.seat_no]
        if spell
        else None,
        str(known.later_from),
    ]
    return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()
