"""What a person enters for a change, as plain values that the forms build and the acts take."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ChangePaper:
    """An uploaded proof under the title that the kind asks for."""

    title: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    kind: str
    occurred_on: date
    child_id: int | None = None
    reason: str = ""
    note: str = ""
    until: date | None = None
    to_school_id: int | None = None
    to_class_id: int | None = None
    outside_school: str = ""
    outside_place: str = ""
    papers: tuple[ChangePaper, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)  # a child new to the county: name, id_no …


@dataclass(frozen=True, slots=True)
class Seen:
    """What a teacher saw: a member of the class, or the name of a child who is not on its roll
    yet."""

    kind: str
    child_id: int | None = None
    name: str = ""
    remark: str = ""
