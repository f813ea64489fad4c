"""Name, birth date and school alone never decide: a person says whether it is the same child."""

import pytest

from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, Enrolment, ImportBatch, ImportRow
from tests.cast import Cast, make_child
from tests.roster.sheets import BORN, NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import answer, bring_in, read, row, words, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

SAME, OTHER = ImportRow.SAME, ImportRow.OTHER
NO_NUMBER = {"身份证件类型": "其他", "身份证件号": ""}
NAMESAKE = pupil(2, 姓名=pupil(1)["姓名"])  # the name and birth date of pupil 1, another number


@pytest.fixture
def asked(cast: Cast) -> ImportBatch:
    bring_in(cast, book(pupil(1)))
    return read(cast, book(NAMESAKE))


def test_another_number_with_the_same_name_and_birth_date_is_a_question(asked: ImportBatch):
    assert (row(asked).action, row(asked).child) == (ImportRow.ASKED, Child.objects.get())
    assert "请确认是否同一人" in words(row(asked).warnings)
    assert (asked.counts["asked"], asked.counts["absent"], asked.writes) == (1, 0, 0)


def test_a_row_without_a_number_is_asked_about_too(cast: Cast):
    bring_in(cast, book(pupil(1)))

    batch = read(cast, book(pupil(1, **NO_NUMBER)))

    assert row(batch).action == ImportRow.ASKED


def test_a_number_for_a_child_who_had_none_is_a_question(cast: Cast):
    child = make_child(cast.here, "王小乙", born_on=BORN)

    batch = answer(cast, read(cast, book(pupil(1))), SAME)

    assert row(batch).action == ImportRow.CHANGED
    write(cast, batch)
    child.refresh_from_db()
    assert child.id_no == pupil(1)["身份证件号"]


def test_an_unanswered_row_is_not_written(cast: Cast, asked: ImportBatch):
    write(cast, asked)

    assert Child.objects.get().id_no == pupil(1)["身份证件号"]


def test_the_same_child_gets_what_the_row_says(cast: Cast, asked: ImportBatch):
    batch = answer(cast, asked, SAME)

    assert row(batch).action == ImportRow.CHANGED
    assert (batch.counts["asked"], batch.counts["changed"], batch.writes) == (0, 1, 1)
    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.get().id_no == pupil(2)["身份证件号"]


def test_another_child_is_enrolled_beside_the_first_who_is_absent(cast: Cast, asked: ImportBatch):
    batch = answer(cast, asked, OTHER)

    assert (row(batch).action, row(batch).child) == (ImportRow.NEW, None)
    assert (batch.counts["new"], batch.counts["absent"]) == (1, 1)
    assert write(cast, batch).state == ImportBatch.DONE
    assert Enrolment.objects.count() == 2


def test_an_answer_may_be_changed_until_the_batch_is_confirmed(cast: Cast, asked: ImportBatch):
    batch = answer(cast, answer(cast, asked, OTHER), SAME)

    assert (batch.counts["changed"], batch.counts["new"], batch.counts["absent"]) == (1, 0, 0)
    assert not batch.rows.filter(action=ImportRow.ABSENT).exists()
    assert write(cast, batch).state == ImportBatch.DONE
    with pytest.raises(Refused, match="已导入，不能再确认"):
        answer(cast, batch, OTHER)


def test_two_rows_cannot_both_be_the_same_child(cast: Cast):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(NAMESAKE, pupil(3, 姓名=pupil(1)["姓名"])))
    answer(cast, batch, SAME, 2)

    with pytest.raises(Refused, match="第2行已对应这名学生"):
        answer(cast, batch, SAME, 3)

    assert row(batch, 3).action == ImportRow.ASKED


def test_a_row_that_was_not_asked_about_takes_no_answer(cast: Cast):
    batch = read(cast, book(pupil(1)))

    for number in (2, 99):
        with pytest.raises(Refused, match="没有需要确认的问题"):
            answer(cast, batch, SAME, number)


def test_a_row_without_number_that_says_just_what_is_known_needs_no_answer(cast: Cast):
    bring_in(cast, book(pupil(1, **NO_NUMBER)))

    assert row(read(cast, book(pupil(1, **NO_NUMBER)))).action == ImportRow.UNCHANGED
    assert row(read(cast, book(pupil(1, **NO_NUMBER, 现住址="新村1号")))).action == ImportRow.ASKED


def test_two_children_of_one_name_without_numbers_stay_two(cast: Cast):
    bring_in(cast, book(pupil(1)))
    twin = pupil(1, **NO_NUMBER, 班级="3", 现住址="西村9号")
    write(cast, answer(cast, read(cast, book(twin)), OTHER))

    again = read(cast, book(pupil(1), twin))

    assert again.counts["unchanged"] == again.counts["rows"] == 2


def test_the_same_name_at_another_school_is_no_question(cast: Cast):
    bring_in(cast, book(pupil(2, 姓名=pupil(1)["姓名"], 学校标识码=NEXT_SCHOOL_CODE)), there=True)

    assert row(read(cast, book(pupil(1)))).action == ImportRow.NEW


def test_an_answer_stands_in_the_audit_with_the_child(cast: Cast, asked: ImportBatch):
    answer(cast, asked, SAME)

    event = AuditEvent.objects.get(verb="answer_roster_row")
    assert event.children == [Child.objects.get().pk]
    assert event.details == {"row": 2, "answer": "same"}


def test_a_child_who_changed_after_the_answer_stops_the_batch(cast: Cast, asked: ImportBatch):
    batch = answer(cast, asked, SAME)
    Child.objects.update(boards=True)

    assert "又有变动，本批没有写入" in write(cast, batch).problem
