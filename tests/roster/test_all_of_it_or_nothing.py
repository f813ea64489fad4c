"""A batch is written whole or not at all, and only while its preview still holds."""

import pytest
from django.db import IntegrityError, connection

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from students.roster import tasks
from students.roster.imports.acts.batches import confirm_import, drop_import
from students.roster.imports.acts.writing import Writer
from students.roster.imports.building import RowBuilder
from students.roster.models import Child, Enrolment, Guardian, ImportBatch, SchoolClass
from tests.cast import Cast
from tests.doers import doing
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import TODAY, bring_in, job_of, read, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def test_a_failure_in_the_middle_writes_nothing_and_the_preview_stays(cast: Cast, monkeypatch):
    batch = read(cast, book(*[pupil(n, 班级="7") for n in range(1, 251)]))
    whole, calls = Writer._add, []

    def fail_later(self, hand):
        calls.append(len(hand.new_enrolments))
        if len(calls) == 2:
            raise RuntimeError("the machine stops")
        whole(self, hand)

    monkeypatch.setattr(Writer, "_add", fail_later)
    with pytest.raises(RuntimeError):
        write(cast, batch)

    assert len(calls) == 2
    for model in (Child, Guardian, Enrolment):
        assert not model.objects.exists()
    assert not SchoolClass.objects.filter(number=7).exists()
    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW
    assert "数据没有改动" in batch.problem


def test_a_failure_in_what_is_made_ahead_writes_nothing_either(cast: Cast, monkeypatch):
    batch = read(cast, book(*[pupil(n) for n in range(1, 251)]))
    whole, calls = RowBuilder.build, []

    def fail_later(self, due):
        calls.append(len(due))
        if len(calls) == 3:
            raise RuntimeError("the machine stops")
        return whole(self, due)

    monkeypatch.setattr(RowBuilder, "build", fail_later)
    with pytest.raises(RuntimeError):
        write(cast, batch)

    assert len(calls) == 3
    assert not Child.objects.exists()
    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW


def test_after_a_failure_the_same_preview_can_be_confirmed_again(cast: Cast, monkeypatch):
    batch = read(cast, book(pupil(1)))
    with monkeypatch.context() as broken:
        broken.setattr(Writer, "_add", lambda self, hand: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write(cast, batch)

    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.count() == 1


def test_a_child_changed_since_the_preview_stops_the_batch(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)))
    batch = read(cast, book(pupil(1, 现住址="新村1号"), pupil(2), pupil(3)))
    _board("王小乙")

    batch = write(cast, batch)

    assert batch.state == ImportBatch.PREVIEW
    assert "第2行（共1行）的学生信息又有变动，本批没有写入" in batch.problem
    assert Child.objects.count() == 2


def test_a_child_to_whom_nothing_is_written_may_have_changed(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)))
    batch = read(cast, book(pupil(1, 现住址="新村1号"), pupil(2), pupil(3)))
    _board("王小丙")

    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.get(name="王小丙").boards


def _board(name: str) -> None:
    child = Child.objects.get(name=name)
    child.boards = True
    child.save()


def test_of_two_previews_of_one_file_only_the_first_is_written(cast: Cast):
    first, second = read(cast, book(pupil(1))), read(cast, book(pupil(1)))

    assert write(cast, first).state == ImportBatch.DONE
    assert write(cast, second).state == ImportBatch.PREVIEW
    assert Child.objects.count() == 1


def test_a_child_registered_elsewhere_since_the_preview_stops_the_batch(cast: Cast):
    batch = read(cast, book(pupil(1)))
    bring_in(cast, book(pupil(1, 学校标识码=NEXT_SCHOOL_CODE)), there=True)

    batch = write(cast, batch)

    assert batch.state == ImportBatch.PREVIEW
    assert "没有写入" in batch.problem


def test_a_clash_that_only_the_database_sees_is_words_too(cast: Cast, monkeypatch):
    batch = read(cast, book(pupil(1)))

    def clash(self, hand):
        raise IntegrityError("one_child_an_id_number")

    monkeypatch.setattr(Writer, "_add", clash)
    assert "已由他人登记" in write(cast, batch).problem


def test_while_one_batch_of_a_school_is_written_the_second_is_told(cast: Cast):
    first, second = read(cast, book(pupil(1))), read(cast, book(pupil(2)))
    viewer = cast.viewer("registrar", TODAY)
    confirm_import(doing(viewer, Origin()), first.pk)

    with pytest.raises(Refused, match="本校另一份名册正在写入"):
        confirm_import(doing(viewer, Origin()), second.pk)

    second.refresh_from_db()
    assert second.state == ImportBatch.PREVIEW


def test_another_school_s_import_runs_beside_it(cast: Cast):
    first = read(cast, book(pupil(1)))
    confirm_import(doing(cast.viewer("registrar", TODAY), Origin()), first.pk)

    bring_in(cast, book(pupil(2, 学校标识码=NEXT_SCHOOL_CODE)), there=True)


def test_a_batch_is_confirmed_once(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))

    with pytest.raises(Refused, match="已导入，不能再次确认"):
        confirm_import(doing(cast.viewer("registrar", TODAY), Origin()), batch.pk)


def test_running_the_job_twice_changes_nothing(cast: Cast):
    batch = bring_in(cast, book(pupil(1)))

    assert batch.job_id is not None
    tasks.write_batch(batch.job_id)

    assert Child.objects.count() == 1


def test_a_dropped_batch_writes_nothing_and_forgets_what_the_file_said(cast: Cast):
    batch = read(cast, book(pupil(1)))
    viewer = cast.viewer("registrar", TODAY)

    drop_import(doing(viewer, Origin()), batch.pk)

    batch.refresh_from_db()
    assert batch.state == ImportBatch.DROPPED
    assert not Child.objects.exists()
    assert set(batch.chunks.values_list("content_sealed", flat=True)) == {""}
    assert set(batch.parts.values_list("content_sealed", flat=True)) == {""}
    with pytest.raises(Refused, match="已取消，不能取消"):
        drop_import(doing(viewer, Origin()), batch.pk)


def test_a_batch_whose_worker_died_three_times_does_not_block_the_school(cast: Cast):
    batch = read(cast, book(pupil(1)))
    viewer = cast.viewer("registrar", TODAY)
    batch = confirm_import(doing(viewer, Origin()), batch.pk)
    job = job_of(batch)
    job.state, job.problem = "failed", "连续三次没有完成，已停止。"
    job.save()

    other = read(cast, book(pupil(2)))
    confirm_import(doing(viewer, Origin()), other.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (ImportBatch.PREVIEW, "连续三次没有完成，已停止。")


def test_the_write_stands_in_the_audit_with_the_children(cast: Cast):
    bring_in(cast, book(pupil(1), pupil(2)))

    event = AuditEvent.objects.get(verb="write_roster")
    assert event.children == sorted(Child.objects.values_list("pk", flat=True))
    assert event.post == cast.post("registrar")


def test_no_number_stands_in_the_clear_in_any_table_of_the_import(cast: Cast):
    batch = read(cast, book(pupil(1)))
    number = str(pupil(1)["身份证件号"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(r::text, '') FROM roster_importrow r)"
            " || (SELECT string_agg(b::text, '') FROM roster_importbatch b)"
            " || (SELECT string_agg(c::text, '') FROM roster_importchunk c)"
        )
        text = cursor.fetchone()[0]
    assert batch.counts["new"] == 1
    assert number not in text
    assert "13900000001" not in text
    assert "东村1组8号" not in text
