"""What a person hands in of changes, as the acts take it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Paper:
    """An uploaded proof under the title that the kind asks for."""

    title: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change as a person records it."""

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
    papers: tuple[Paper, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)  # a child new to the county: name, id_no …


@dataclass(frozen=True, slots=True)
class Seen:
    """What a teacher saw: a member of the class, or a name that is not on its roll yet."""

    kind: str
    child_id: int | None = None
    name: str = ""
    remark: str = ""
