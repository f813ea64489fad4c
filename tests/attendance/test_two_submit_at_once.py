"""Two browsers send one class's roll in the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from foundation.accounts.audit import Origin
from students.attendance.actions import call_roll
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import RollCallEntry, RollConflict
from students.roster.models import Child
from tests.attendance.help import FRI, at, missing
from tests.cast import Cast, make_cast, make_child
from tests.doers import doing


@pytest.fixture
def committed(own_database: str) -> Cast:
    """A county whose rows are committed and seen by every thread."""
    return make_cast()


def _send_at_once(cast: Cast, *sendings: tuple[UUID, tuple[Child, ...]]) -> list[str]:
    """Each sending on its own connection, all let go together; what each was answered."""
    gate = Barrier(len(sendings))
    viewer, post = cast.viewer("class_teacher", FRI), cast.post("class_teacher")

    def send(sending: tuple[UUID, tuple[Child, ...]]) -> str:
        number, away = sending
        marks = tuple(missing(child) for child in away)
        entry = RollCallEntry(cast.here.school_class, FRI, "d", marks, number)
        gate.wait(30)
        try:
            result = call_roll(
                doing(viewer, Origin(viewer.person_id, post.pk), today=FRI, now=at(FRI)), entry
            )
        except RollConflict:
            return "told"
        finally:
            connections.close_all()
        return "repeated" if result.repeated else "won"

    with ThreadPoolExecutor(len(sendings)) as pool:
        return sorted(pool.map(send, sendings))


def test_of_two_versions_one_wins_and_the_other_is_told(committed: Cast) -> None:
    one, two = make_child(committed.here, "张小明"), make_child(committed.here, "李小红")
    assert _send_at_once(committed, (uuid4(), (one,)), (uuid4(), (two,))) == ["told", "won"]
    assert RollCall.objects.get().version == 1
    assert Absence.objects.count() == AbsenceSpell.objects.count() == 1


def test_one_number_sent_eight_times_at_once_is_one_submission(committed: Cast) -> None:
    child, number = make_child(committed.here), uuid4()
    answers = _send_at_once(committed, *[(number, (child,))] * 8)
    assert answers == ["repeated"] * 7 + ["won"]
    assert (Submission.objects.count(), Absence.objects.count()) == (1, 1)
