"""Columns in which the register's own values are kept: what is then left out of a difference."""

from collections.abc import Collection

from students.roster.comparing import LABELS, Difference

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
