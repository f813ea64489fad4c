"""A row of a sheet against what the register holds: what would change, field by field, masked."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson

from foundation.masking import mask_id, mask_phone, mask_text
from foundation.protected import digest
from students.roster.imports.row_checks import Row
from students.roster.imports.snapshot import Home, Known, Person, Relative, id_digest
from students.roster.rules import codes
from students.roster.rules.columns import BOARDS, COLUMNS, EXTRA

LABELS = {column.field: column.heading for column in (*EXTRA, *COLUMNS) if column.field}
PLAIN = ("registry_no", "name", "sex", "born_on", "ethnicity", "id_type", "home_region", "boards")
PROTECTED = ("id_no", "address")
_SHEET_FIELDS = (*(name for name in PLAIN if name != "boards"), *PROTECTED)
_GUARDIAN_FIELDS = {
    position: tuple(
        (f"guardian{position}_{name}", name)
        for name in ("name", "relation", "is_guardian", "phone")
    )
    for position in (1, 2)
}

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
    facts: dict[str, Any] = {name: values[name] for name in _SHEET_FIELDS if name in values}
    if "born_on" in facts:
        facts["born_on"] = _date_of(facts["born_on"])
    if boarding := values.get("boarding"):
        facts["boards"] = boarding == BOARDS
    return facts


@lru_cache(maxsize=20_000)
def _date_of(words: str) -> date:
    return date.fromisoformat(words)


def guardians_of(row: Row) -> dict[int, dict[str, Any]]:
    """The family members a row names, by position; 联系电话 stands in for a first one's own."""
    found: dict[int, dict[str, Any]] = {}
    values = row.values
    for position, names in _GUARDIAN_FIELDS.items():
        facts: dict[str, Any] = {name: values[key] for key, name in names if key in values}
        if "is_guardian" in facts:
            facts["is_guardian"] = facts["is_guardian"] == "1"
        if "name" in facts or "phone" in facts:
            found[position] = facts
    if phone := values.get("phone"):
        found.setdefault(1, {}).setdefault("phone", phone)
    return found


def compare(row: Row, known: Known, home: Home) -> Difference:
    """What the row would change of a known child."""
    difference = Difference()
    _compare_child(difference, row, known)
    _compare_home(difference, row.values.get("home_region", ""), known.child, home)
    for position, facts in guardians_of(row).items():
        _compare_guardian(difference, position, facts, known.guardians.get(position))
    seat = row.values.get("seat_no")
    if seat and known.enrolment and known.enrolment.seat_no != seat:
        difference.seat_no = seat
        difference.note(LABELS["seat_no"], "seat_no", known.enrolment.seat_no, seat)
    return difference


def _compare_child(difference: Difference, row: Row, known: Known) -> None:
    child, facts = known.child, facts_of(row)
    if facts.get("registry_no") in known.former:
        del facts["registry_no"]  # an old list still carries it; the present one stays
    for name, value in facts.items():
        if name == "id_no":
            if id_digest(row) == child.id_no_digest:
                continue
        elif name == "address":
            if digest(value, name) == child.address_digest:
                continue
        elif value == getattr(child, name):
            continue
        difference.facts[name] = value
        difference.note(LABELS.get(name, "就读方式"), name, getattr(child, name), value)


def _compare_home(difference: Difference, code: str, child: Person, home: Home) -> None:
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
    difference: Difference, position: int, facts: dict[str, Any], guardian: Relative | None
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


_PERSON_STATE = attrgetter(
    *PLAIN, "id_no_digest", "address_digest", "home_village_id", "home_township_id"
)
_RELATIVE_STATE = attrgetter("position", "name", "relation", "is_guardian", "phone_digest")
_SPELL_STATE = attrgetter("pk", "school_class_id", "starts_on", "ends_on", "seat_no")


def fingerprint(known: Known) -> str:
    """A digest of everything of a child that a sheet may change; equal means nothing changed."""
    guardians = known.guardians
    state = (
        _PERSON_STATE(known.child),
        [_RELATIVE_STATE(guardians[position]) for position in sorted(guardians)],
        _SPELL_STATE(known.enrolment) if known.enrolment else None,
        known.later_from,
    )
    return hashlib.sha256(orjson.dumps(state)).hexdigest()


# --- columns in which the register's own values are kept --------------------------------------

HOME = "户口所在地"
CLASS = "班级"  # a move is no matter of a column: it is shown and decided by itself
_HOME_FIELDS = ("home_region", "home_village_id", "home_township_id")
_FIELDS = {label: (name,) for name, label in LABELS.items()} | {
    LABELS["boarding"]: ("boards",),
    HOME: _HOME_FIELDS,
    "户籍村（居）": _HOME_FIELDS,
}


def keep_back(difference: Difference, labels: Collection[str]) -> None:
    """Take the named columns out of what would be written; the rest stays."""
    for label in labels:
        for name in _FIELDS.get(label, ()):
            difference.facts.pop(name, None)
            if name == "seat_no":
                difference.seat_no = None
            if name.startswith("guardian"):
                position, fact = int(name[8]), name[10:]
                difference.guardians.get(position, {}).pop(fact, None)
    difference.guardians = {at: facts for at, facts in difference.guardians.items() if facts}


def is_empty(difference: Difference) -> bool:
    """Whether nothing of a child would be written any more."""
    return not (difference.facts or difference.guardians or difference.seat_no)
