"""A registry number that was replaced still finds its child, and never comes back by itself."""

import pytest

from students.roster.models import Child, FormerNumber, ImportRow
from tests.cast import Cast
from tests.roster.sheets import plain_book, pupil
from tests.roster.steps import bring_in, read, row

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

TEMPORARY = "L530999201205061234"
FORMAL = "G" + str(pupil(1)["身份证件号"])
HEAD = ["学籍号", "姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]


def listed(registry_no: str, n: int = 1) -> bytes:
    one = pupil(n)
    line = [registry_no, one["姓名"], "男", "20120506", one["身份证件号"], "2", "202409"]
    return plain_book([HEAD, line])


def old_list(registry_no: str) -> bytes:
    """A list without ID numbers: the registry number alone says who it is."""
    line = [registry_no, pupil(1)["姓名"], "男", "20120506", "2", "202409"]
    return plain_book([[title for title in HEAD if title != "身份证号"], line])


@pytest.fixture
def replaced(cast: Cast) -> Child:
    bring_in(cast, listed(TEMPORARY))
    bring_in(cast, listed(FORMAL))
    return Child.objects.get()


def test_the_number_that_was_replaced_is_kept(replaced: Child):
    assert replaced.registry_no == FORMAL
    assert FormerNumber.objects.get().registry_no == TEMPORARY


def test_an_old_list_still_finds_the_child_and_leaves_the_present_number(cast: Cast, replaced):
    batch = read(cast, old_list(TEMPORARY))

    assert (row(batch).child, row(batch).action) == (replaced, ImportRow.UNCHANGED)


def test_a_number_that_another_child_has_now_means_that_child(cast: Cast, replaced):
    bring_in(cast, listed(TEMPORARY.replace("1234", "5678"), 2))
    other = Child.objects.get(name=pupil(2)["姓名"])
    other.registry_no = TEMPORARY
    other.save()

    assert row(read(cast, listed(TEMPORARY, 2))).child == other


def test_a_number_set_once_is_no_former_number(cast: Cast):
    bring_in(cast, listed(FORMAL))

    assert not FormerNumber.objects.exists()
