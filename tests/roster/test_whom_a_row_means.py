"""Matching: registry number, then ID number; a name alone means nobody."""

import pytest

from students.roster.models import Child, ImportRow
from tests.cast import Cast
from tests.roster.sheets import BORN, book, plain_book, pupil
from tests.roster.steps import bring_in, read, row, words

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

HEAD = ["学籍号", "姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]


def listed(registry_no: str, n: int = 1, **cells: str) -> list[str]:
    """A row of a list exported from the registry."""
    one = pupil(n) | cells
    return [registry_no, one["姓名"], "男", "20120506", one["身份证件号"], "2", "202409"]


def number(letter: str, n: int = 1) -> str:
    return letter + str(pupil(n)["身份证件号"])


def test_a_registry_number_finds_the_child_whose_name_was_corrected(cast: Cast):
    bring_in(cast, plain_book([HEAD, listed(number("G"))]))

    batch = read(cast, plain_book([HEAD, listed(number("G"), 姓名="王小一")]))

    assert row(batch).action == ImportRow.CHANGED
    assert row(batch).changes == [{"label": "姓名", "old": "王小乙", "new": "王小一"}]


def test_a_temporary_number_that_becomes_a_formal_one_is_the_same_child(cast: Cast):
    bring_in(cast, plain_book([HEAD, listed("L530999201205061234")]))

    batch = bring_in(cast, plain_book([HEAD, listed(number("G"))]))

    assert batch.counts["changed"] == 1
    assert Child.objects.get().registry_no == number("G")
    assert row(batch).changes[0]["new"].startswith("G530**")


def test_a_corrected_id_number_follows_the_registry_number(cast: Cast):
    bring_in(cast, plain_book([HEAD, listed(number("G"))]))
    right = str(pupil(77)["身份证件号"])

    bring_in(cast, plain_book([HEAD, listed(number("G"), 身份证件号=right)]))

    assert Child.objects.get().id_no == right


def test_numbers_of_two_children_in_one_row_are_refused(cast: Cast):
    bring_in(cast, plain_book([HEAD, listed(number("G", 1), 1), listed(number("G", 2), 2)]))

    mixed = listed(number("G", 1), 2)
    batch = read(cast, plain_book([HEAD, mixed]))

    assert "分别属于两名学生" in words(row(batch).problems)


def test_two_rows_that_mean_one_child_by_different_numbers_are_refused(cast: Cast):
    bring_in(cast, plain_book([HEAD, listed(number("G"))]))
    by_registry = listed(number("G"), 身份证件号=str(pupil(55)["身份证件号"]))
    by_id = listed("", 姓名="王小一")

    batch = read(cast, plain_book([HEAD, by_registry, by_id]))

    assert batch.counts["refused"] == 2
    assert "与第3行对应同一名学生" in words(row(batch, 2).problems)


def test_a_name_alone_never_matches(cast: Cast):
    bring_in(cast, book(pupil(1)))

    other = pupil(2, 姓名=pupil(1)["姓名"], 出生日期="20120507", 身份证件类型="其他", 身份证件号="")
    batch = read(cast, book(pupil(1), other))

    assert row(batch, 3).action == ImportRow.NEW


def test_two_pupils_of_one_name_and_birth_in_one_sheet_are_two_children(cast: Cast):
    bring_in(cast, book(pupil(1)))

    batch = read(cast, book(pupil(1), pupil(2, 姓名=pupil(1)["姓名"])))

    assert (batch.counts["unchanged"], batch.counts["new"]) == (1, 1)


def test_a_refused_row_keeps_its_pupil_from_being_listed_as_absent(cast: Cast):
    bring_in(cast, book(pupil(1)))

    batch = read(cast, book(pupil(1, 身份证件号="5.30999E+17")))

    assert (batch.counts["refused"], batch.counts["absent"]) == (1, 0)


def test_a_pupil_with_a_later_enrolment_is_told_to_choose_a_later_day(cast: Cast):
    bring_in(cast, book(pupil(1)))

    batch = read(cast, book(pupil(1)), as_of=BORN.replace(year=2025))

    assert "自2025年9月12日起已有学籍记录" in words(row(batch).problems)
