"""Rows of the audit as a reader sees them: who, what, of which child, with the masks of the reader.

An auditor reads no name in full. A head reads the names of the children of his own school; what his
people did for a child that has left shows 张**.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.masking import mask_name
from kongchuo.setup.audit.contents import contents_of
from kongchuo.setup.audit.objects import told_of
from kongchuo.setup.audit.words import BY_GROUP, TAKEN, outcome_words, verb_words
from students.roster.models import Child

RIGHTS = (Right.SEE_AUDIT, Right.SEE_UNIT_AUDIT)
SYSTEM = "系统"
MOST_NAMED = 50  # children of a row whose names are taken out of its reason


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row: its moment by the shown clock, who acted, what, of which child, and why.

    ``about`` is the person, post, unit or value it was done to, where that is no child; ``content``
    what was changed, from what to what, by which document.
    ``number`` is the 导出编号 that a list or a workbook bears.
    """

    pk: int
    at: datetime
    who: str
    post: str
    what: str
    whom: str
    about: str
    content: str
    children: tuple[int, ...]
    outcome: str
    reason: str
    address: str
    request: str
    number: int | None


def names_of(ids: Sequence[int], viewer: Viewer, day: date) -> dict[int, tuple[str, str]]:
    """Each child's name as the viewer reads it, and in full where it must be hidden in a text."""
    children = Child.objects.filter(pk__in=ids)
    full = set[int]()
    if viewer.has(Right.SEE_NAMES):
        seen = children.visible_to(viewer.by(Right.SEE_NAMES), day)
        full = set(seen.values_list("pk", flat=True))
    return {
        pk: (name, "") if pk in full else (mask_name(name), name)
        for pk, name in children.values_list("pk", "name")
    }


def lines_of(events: Sequence[AuditEvent], viewer: Viewer, day: date) -> list[AuditLine]:
    """The rows of a page. Two queries for the names of children, and one for each kind of object,
    whatever their number."""
    wanted = {child for one in events for child in _named(one)}
    names = names_of(sorted(wanted), viewer, day) if wanted else {}
    told, contents = told_of(events), contents_of(events)
    return [
        replace(_line(one, names, told.get(one.pk, "")), content=contents.get(one.pk, ""))
        for one in events
    ]


def _named(event: AuditEvent) -> list[int]:
    """The children whose names the row needs: its only one, and whom its reason may name."""
    is_short = len(event.children) == 1 or bool(event.reason)
    return list(event.children[:MOST_NAMED]) if is_short else []


def _line(event: Any, names: dict[int, tuple[str, str]], about: str) -> AuditLine:
    told = [names[child] for child in _named(event) if child in names]
    shown = told[0][0] if len(event.children) == 1 and told else ""
    reason, post = event.reason, event.post
    for masked, hidden in told:
        reason = reason.replace(hidden, masked) if hidden else reason
    return AuditLine(
        pk=event.pk,
        at=clock.shown(event.at),
        who=event.person.name if event.person else SYSTEM,
        post=f"{post.unit.name} · {post.role_label}" if post else "",
        what=verb_words(event.verb),
        whom=shown or (f"{len(event.children)}名学生" if event.children else ""),
        about=about,
        content="",
        children=tuple(event.children),
        outcome=outcome_words(event.outcome),
        reason=reason,
        address=event.address or "",
        request=event.request_id,
        number=_number(event),
    )


def _number(event: AuditEvent) -> int | None:
    """A list of the roster has its own; other workbooks bear the number of their row."""
    if event.kind == "roster_export":
        return event.object_id
    return event.pk if event.verb in BY_GROUP[TAKEN] else None
