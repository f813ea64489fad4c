"""Short words for changes, so that the tests read as the regulation does."""

from datetime import date
from typing import Any

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from students.roster.changes.acts.recording import record_change
from students.roster.changes.acts.suspensions import approve_suspension, file_suspension
from students.roster.changes.acts.transfers import confirm_arrival
from students.roster.changes.entries import ChangeEntry, ChangePaper
from students.roster.models import AwaySpell, Change, Child, SchoolClass
from students.roster.pupils.acts.pupils import open_class
from students.roster.rules.change_kinds import BY_CODE
from tests.cases.steps import at
from tests.cast import Cast, Side
from tests.files.samples import photo

FRI = date(2025, 9, 12)
DUE = date(2025, 9, 26)  # 10 working days after it; N-R6


def papers(*titles: str) -> tuple[ChangePaper, ...]:
    """A photo of each paper."""
    return tuple(ChangePaper(title, f"{title}.jpg", photo()) for title in titles)


def by(cast: Cast, role: str, day: date, there: bool = False) -> Doer:
    """Who acts, from where, on which day."""
    post = cast.post(role, there)
    return Doer(cast.viewer(role, day, there), Origin(post.person_id, post.pk), day, at(day))


def record(
    cast: Cast,
    kind: str,
    child: Child,
    day: date = FRI,
    *,
    role: str = "registrar",
    there: bool = False,
    **more: Any,
) -> Change:
    """The school's desk records a change with every paper that the kind asks for."""
    more.setdefault("papers", papers(*BY_CODE[kind].proofs))
    more.setdefault("occurred_on", day)
    entry = ChangeEntry(kind=kind, child_id=child.pk, **more)
    return record_change(by(cast, role, day, there), entry)


def let_go(cast: Cast, child: Child, day: date = FRI, **more: Any) -> Change:
    """Out to the next township's school."""
    more.setdefault("to_school_id", cast.there.school.pk)
    return record(cast, "transfer_within", child, day, **more)


def arrive(cast: Cast, change: Change, day: date, arrived_on: date | None = None) -> Change:
    """The next township's school confirms."""
    return confirm_arrival(
        by(cast, "registrar", day, there=True),
        change.pk,
        cast.there.school_class.pk,
        arrived_on or day,
    )


def suspend(
    cast: Cast, child: Child, starts_on: date, until: date, day: date = FRI, **more: Any
) -> Change:
    """Asked, approved and filed on one day."""
    change = record(
        cast, "suspension", child, day, occurred_on=starts_on, until=until, reason="10", **more
    )
    approve_suspension(by(cast, "township_officer", day), change.pk, "诊断证明齐全，同意休学")
    return file_suspension(by(cast, "county_desk", day), change.pk, "备案1号")


def a_class(side: Side, number: int = 3, entry_year: int = 2024) -> SchoolClass:
    """Another class of the side's school."""
    return open_class(side.school, "2", entry_year, number)


def spells(child: Child) -> list[tuple[int, date, date | None]]:
    """The enrolment spells in order: class, first and last day."""
    rows = child.enrolments.order_by("starts_on")
    return list(rows.values_list("school_class_id", "starts_on", "ends_on"))


def away(child: Child) -> list[tuple[date, date | None]]:
    """When the child is on the roll and not expected in class."""
    rows = AwaySpell.objects.filter(child=child).order_by("starts_on")
    return list(rows.values_list("starts_on", "back_on"))


def state(change: Change) -> str:
    """The state as stored now."""
    change.refresh_from_db()
    return str(change.state)
