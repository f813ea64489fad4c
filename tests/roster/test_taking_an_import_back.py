"""A whole import is taken back within 24 hours, while nobody has built on it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.files import actions as files
from students.roster.imports.acts.batches import confirm_import
from students.roster.imports.acts.undoing import undo_import
from students.roster.models import (
    Child,
    Document,
    Enrolment,
    Guardian,
    ImportBatch,
    ImportRow,
)
from students.roster.pupils.acts.pupils import put_guardian
from tests.cast import Cast
from tests.doers import doing
from tests.files.samples import photo
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import TODAY, bring_in, read, row, undo, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

EARLIER = TODAY - timedelta(days=10)
CHANGED = pupil(
    1,
    姓名="王小一",
    现住址="新村1号",
    班级="3",
    成员1联系电话="13911112222",
    成员2姓名="李梅",
    成员2关系="母亲",
)


def state_of_register() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Child, Guardian, Enrolment)]


def test_what_the_batch_changed_is_as_it_was(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)), EARLIER)
    before = state_of_register()
    batch = bring_in(cast, book(CHANGED, pupil(2)))
    assert state_of_register() != before

    assert undo(cast, batch).state == ImportBatch.UNDONE

    assert state_of_register() == before
    assert Child.objects.get(name="王小乙").address == pupil(1)["现住址"]


def test_what_the_batch_made_is_voided_and_nothing_is_deleted(cast: Cast):
    batch = undo(cast, bring_in(cast, book(pupil(1))))

    assert Child.objects.count() == 1
    assert not Enrolment.objects.exists()
    assert batch.undone_at is not None
    assert Enrolment.everything.get().voided_on == localtime(batch.undone_at).date()
    viewer = cast.viewer("registrar", TODAY)
    assert not Child.objects.visible_to(viewer, TODAY).exists()


def test_the_same_file_after_that_imports_as_before(cast: Cast):
    content = book(*[pupil(n) for n in range(1, 6)])
    undo(cast, bring_in(cast, content))

    batch = bring_in(cast, content)

    assert batch.counts["new"] == 5
    assert Child.objects.count() == Enrolment.objects.count() == 5


def test_a_changed_file_can_be_imported_again_too(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    undo(cast, bring_in(cast, book(CHANGED)))

    batch = bring_in(cast, book(CHANGED))

    assert batch.counts["moved"] == 1
    assert Child.objects.get().guardians.count() == 2


def test_a_move_between_schools_is_taken_back(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    before = state_of_register()
    batch = bring_in(cast, book(pupil(1, 学校标识码=NEXT_SCHOOL_CODE)), county=True)

    undo(cast, batch)

    assert state_of_register() == before


def test_a_class_corrected_in_place_is_taken_back(cast: Cast):
    bring_in(cast, book(pupil(1, 班内学号="7")))
    before = state_of_register()

    undo(cast, bring_in(cast, book(pupil(1, 班级="3", 班内学号="8"))))

    assert state_of_register() == before


@pytest.mark.parametrize("hours", [23, 24])
def test_until_24_hours_after_it_was_written_it_may_be_taken_back(cast: Cast, hours: int):
    assert undo(cast, bring_in(cast, book(pupil(1))), hours).state == ImportBatch.UNDONE


def test_after_24_hours_it_may_not(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))

    with pytest.raises(Refused, match="24小时内"):
        undo(cast, batch, 24.01)

    assert Enrolment.objects.exists()


def _moves(child: Child) -> None:
    spell = child.enrolments.get()
    spell.ends_on = TODAY
    spell.save()


def _is_renamed(child: Child) -> None:
    child.name = "王二"
    child.save()


def _gets_a_guardian(child: Child) -> None:
    put_guardian(child, 2, name="李梅")


def _gets_a_paper(child: Child) -> None:
    Document.objects.create(child=child, file=_kept(photo()), title="转学证明")


def _kept(content: bytes) -> Any:
    holder: Any = _kept
    return files.keep(holder.post, "转学证明.jpg", content)


@pytest.mark.parametrize("touch", [_moves, _is_renamed, _gets_a_guardian, _gets_a_paper])
def test_what_was_touched_since_stands_against_it_by_row(cast: Cast, touch):
    holder: Any = _kept
    holder.post = cast.viewer("registrar", TODAY).posts[0]
    batch = bring_in(cast, book(pupil(1), pupil(2)))
    touch(row(batch, 3).child)

    with pytest.raises(Refused, match=r"第3行（共1行）的学生在写入后已有新的"):
        undo(cast, batch)

    assert Enrolment.objects.count() == 2


def test_a_paper_of_before_does_not_stand_against_it(cast: Cast):
    holder: Any = _kept
    holder.post = cast.viewer("registrar", TODAY).posts[0]
    bring_in(cast, book(pupil(1)), EARLIER)
    _gets_a_paper(Child.objects.get())

    assert undo(cast, bring_in(cast, book(CHANGED))).state == ImportBatch.UNDONE


def test_work_that_others_found_stands_against_it(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))

    with pytest.raises(Refused, match="第2行"):
        undo(cast, batch, touched=[Child.objects.get().pk])


def test_a_child_of_another_batch_stands_against_nothing(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))
    bring_in(cast, book(pupil(1), pupil(2)))

    assert undo(cast, batch).state == ImportBatch.UNDONE
    assert Enrolment.objects.get().child.name == "王小丙"


def test_of_two_batches_the_later_is_taken_back_first(cast: Cast):
    first = bring_in(cast, book(pupil(1)), EARLIER)
    second = bring_in(cast, book(CHANGED))

    with pytest.raises(Refused, match="第2行"):
        undo(cast, first)
    undo(cast, second)

    assert undo(cast, first).state == ImportBatch.UNDONE


def test_only_what_was_written_is_taken_back_and_only_once(cast: Cast):
    batch = read(cast, book(pupil(1)))
    batch.done_at = batch.uploaded_at
    with pytest.raises(Refused, match="待确认，不能撤销"):
        undo(cast, batch)

    batch = undo(cast, write(cast, batch))

    with pytest.raises(Refused, match="已撤销，不能撤销"):
        undo(cast, batch)


def test_while_another_batch_is_written_it_waits(cast: Cast):
    batch, other = bring_in(cast, book(pupil(1))), read(cast, book(pupil(2)))
    confirm_import(doing(cast.viewer("registrar", TODAY), Origin()), other.pk)

    with pytest.raises(Refused, match="另一份名册正在写入"):
        undo(cast, batch)


def test_another_school_takes_nothing_back(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))
    viewer = cast.viewer("registrar", TODAY, there=True)
    assert batch.done_at is not None

    with pytest.raises(PermissionDenied):
        undo_import(doing(viewer, Origin(), now=batch.done_at), batch.pk)


def test_it_stands_in_the_audit_with_the_children(cast: Cast):
    undo(cast, bring_in(cast, book(pupil(1), pupil(2))))

    event = AuditEvent.objects.get(verb="undo_roster")
    assert event.children == sorted(Child.objects.values_list("pk", flat=True))


def test_what_was_there_before_is_kept_sealed(cast: Cast):
    bring_in(cast, book(pupil(1)), EARLIER)
    batch = bring_in(cast, book(CHANGED))

    kept = batch.chunks.get(kind="before").content_sealed
    assert kept.startswith("v1.")
    assert "王小乙" not in kept


def test_the_rows_of_the_batch_stay_as_they_were_shown(cast: Cast):
    batch = undo(cast, bring_in(cast, book(pupil(1))))

    assert row(batch).action == ImportRow.NEW
