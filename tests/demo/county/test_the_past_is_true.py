"""What stands in the rows is what the acts would have left: nothing was written as a result."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.actions.following import follow
from cases.models import CaseEvent
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from kongchuo.demo.county.dates import DEMO_DAY, FIRST_DAY, at
from kongchuo.demo.rolls.calls import Call, call, call_all
from kongchuo.demo.script.stories import TOUR_KEY, WAITING
from students.attendance.actions import recount
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import Mark
from students.roster.models import Child
from tests.demo.county.find import class_of

MODELS = (RollCall, Submission, Absence, AuditEvent)
OWN = frozenset({"id", "roll_call_id", "object_id", "at"})  # numbers, and the moment of writing
SPELL = ("child_id", "started_on", "last_missed_on", "ended_on", "halves", "last_present_on")


def spells() -> list[tuple[Any, ...]]:
    rows = AbsenceSpell.objects.standing().order_by("child_id", "started_on")
    return list(rows.values_list(*SPELL))


def test_counting_all_spells_again_changes_none(county) -> None:
    before = spells()
    children = frozenset(Child.objects.values_list("pk", flat=True))
    recount(children, FIRST_DAY, DEMO_DAY)
    assert before
    assert spells() == before


def test_following_all_children_again_moves_no_case(county) -> None:
    before = CaseEvent.objects.count()
    children = Child.objects.values_list("pk", flat=True)
    follow(children, DEMO_DAY, at(DEMO_DAY, 8), Origin())
    assert CaseEvent.objects.count() == before


def test_a_roll_written_with_others_is_the_roll_that_its_teacher_calls(county, rows) -> None:
    row = class_of(rows, next(key for key in WAITING if key != TOUR_KEY))
    ill = Mark(row.members[-1].child_id, "sick", DEMO_DAY, guardian_told=True)
    one = Call(row, DEMO_DAY, "d", (ill,), at(DEMO_DAY, 8, 5), DEMO_DAY)
    assert left_by(lambda: call_all([one], DEMO_DAY)) == left_by(lambda: call(one))


def left_by(work: Callable[[], None]) -> list[dict[str, Any]]:
    """The rows that the work adds, without their numbers; then it is taken back."""
    with transaction.atomic():
        before = {model: model.objects.aggregate(last=Max("pk"))["last"] for model in MODELS}
        work()
        rows = [
            plain(row)
            for model, last in before.items()
            for row in model.objects.filter(pk__gt=last).order_by("pk")
        ]
        transaction.set_rollback(True)
    return rows


def plain(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OWN
    }
