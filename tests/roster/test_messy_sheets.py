"""A messy sheet is understood, or it is asked about: nothing of it is lost in silence."""

from datetime import date

import pytest

from students.roster.models import Child, Enrolment, Guardian, ImportBatch, ImportRow
from students.roster.rules.ids import invent
from tests.cast import Cast
from tests.roster.messy import grouped_sheet, line, plain_sheet
from tests.roster.pages import run_job, signed_in, text, upload
from tests.roster.sheets import BORN
from tests.roster.steps import bring_in, read, row, words

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

GIRL = invent(BORN, 7, "2")


def test_a_head_of_two_rows_is_read_as_one(cast: Cast):
    bring_in(cast, grouped_sheet())

    parents = Guardian.objects.order_by("pk")
    assert [(one.name, one.relation) for one in parents] == [("王大", "父亲")] * 2
    assert [one.phone for one in parents] == ["13900000001", "13900000002"]
    assert list(Child.objects.order_by("pk").values_list("name", flat=True)) == ["王小乙", "王小丙"]


def test_a_pupil_of_whom_only_the_name_is_told_is_no_head(cast: Cast):
    batch = read(cast, plain_sheet(["王小甲"], line(1)))

    assert batch.counts["rows"] == 2
    assert row(batch, 2).action == ImportRow.REFUSED


def test_a_class_of_three_digits_is_a_grade_and_a_number(cast: Cast):
    bring_in(cast, grouped_sheet())

    assert {one.school_class for one in Enrolment.objects.all()} == {cast.here.school_class}


def test_a_total_and_remarks_are_no_pupils_and_are_told(cast: Cast):
    batch = read(cast, grouped_sheet())

    assert batch.counts["rows"] == 2
    assert "第6、7、8行（共3行）是合计或说明，不是学生，没有读取。" in batch.notes


def test_a_pupil_with_a_number_is_no_remark_whatever_the_first_cell_says(cast: Cast):
    batch = read(cast, plain_sheet(line(1, name="合计")))

    assert batch.counts["rows"] == 1


@pytest.mark.parametrize("born", ["2012年5月", "2012-05", "201205", "2012.5", 2012.5])
def test_a_birth_date_without_a_day_is_completed_by_the_id_number(cast: Cast, born):
    batch = bring_in(cast, plain_sheet(line(1, born=born)))

    assert Child.objects.get().born_on == BORN
    assert "出生日期只写到月，已按身份证件号记为2012-05-06" in words(row(batch).warnings)


@pytest.mark.parametrize("born", ["2012年4月", "2012年6月", "2012年13月"])
def test_a_birth_date_without_a_day_is_asked_for_when_the_number_says_another(cast: Cast, born):
    assert row(read(cast, plain_sheet(line(1, born=born)))).action == ImportRow.REFUSED


@pytest.mark.parametrize("mark", ["'", "’", "＇"])
def test_a_leading_apostrophe_is_no_part_of_the_cell(cast: Cast, mark: str):
    marked = [f"{mark}{cell}" for cell in line(1)]

    bring_in(cast, plain_sheet(marked))

    child = Child.objects.get()
    assert (child.name, child.born_on) == ("王小乙", BORN)


def test_a_telephone_far_to_the_right_is_read(cast: Cast):
    bring_in(cast, plain_sheet(line(1), far="13900000001"))

    assert Guardian.objects.get().phone == "13900000001"


# --- birth date or sex against the ID number ------------------------------------------------------


@pytest.fixture
def page(cast: Cast, client) -> str:
    """A preview in which a boy has a girl's number, and another's birth date is off."""
    client = signed_in(client, cast)
    rows = [line(1, id_no=GIRL), line(2, born="20120507"), line(3)]
    url = upload(client, plain_sheet(*rows))
    run_job()
    return url


def test_a_contradiction_is_asked_on_the_first_tab(cast: Cast, client, page):
    shown = text(client.get(page))

    assert "性别与身份证件号不一致，请核对" in shown
    assert "出生日期与身份证件号（2012-05-06）不一致，请核对" in shown
    assert "已核对户口簿，这 2 行照表导入" in shown
    assert ImportBatch.objects.get().writes == 1


def test_who_looked_at_the_papers_may_stand_by_the_rows(cast: Cast, client, page):
    client.post(f"{page}stand-by/")
    batch = run_job()

    assert batch.writes == 3
    assert "性别与身份证件号不一致" in words(row(batch).warnings)
    client.post(f"{page}confirm/", {"decision": "write"})
    run_job()
    assert Child.objects.get(name="王小丙").born_on == date(2012, 5, 7)


def test_it_is_asked_once(cast: Cast, client, page):
    client.post(f"{page}stand-by/")
    run_job()
    client.post(f"{page}confirm/", {"decision": "write"})
    run_job()

    again = read(cast, plain_sheet(line(1, id_no=GIRL), line(2, born="20120507")))
    assert [row(again, n).action for n in (2, 3)] == [ImportRow.UNCHANGED] * 2

    other = read(cast, plain_sheet(line(2, born="20120508")))
    assert row(other).action == ImportRow.REFUSED
