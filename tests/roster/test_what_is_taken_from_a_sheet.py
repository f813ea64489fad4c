"""Sheets of other shapes: titles above the header, other headings, parents in columns, homes."""

import subprocess
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils.timezone import get_default_timezone
from openpyxl import load_workbook

from foundation.accounts.actions import add_unit
from foundation.accounts.models import Region, UnitKind
from foundation.tablefiles import reading
from students.roster.imports.acts import previews
from students.roster.imports.chunks import row_of
from students.roster.models import Child, ImportBatch, ImportPart, ImportRow
from tests.cast import Cast
from tests.roster.sheets import BORN, VILLAGE_CODE, book, plain_book, pupil, saved
from tests.roster.steps import bring_in, read, row, words

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

HEAD = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]


def line(n: int = 1, *more: Any) -> list[Any]:
    one = pupil(n)
    return [one["姓名"], "男", "2012-05-06", one["身份证件号"], "八年级2班", "202409", *more]


def test_titles_above_the_header_do_not_matter(cast: Cast):
    rows: list[list[Any]] = [
        ["东镇中学2025年秋季学期学生名册"],
        [None, "单位：人"],
        HEAD,
        line(1),
        line(2),
    ]

    batch = read(cast, plain_book(rows))

    assert (batch.counts["new"], row(batch, 4).name) == (2, "王小乙")
    assert batch.notes[0] == "表头在第3行，读取了6列。"


def test_a_header_below_the_fifteenth_row_is_not_looked_for(cast: Cast):
    above: list[list[Any]] = [["说明"]] * 15
    assert read(cast, plain_book([*above, HEAD, line()])).state == ImportBatch.REFUSED
    assert read(cast, plain_book([*above[1:], HEAD, line()])).state == ImportBatch.PREVIEW


def test_blank_rows_between_pupils_are_no_rows(cast: Cast):
    batch = read(cast, plain_book([HEAD, line(1), [None, " "], line(2)]))

    assert batch.counts["rows"] == 2
    assert row(batch, 4).name == "王小丙"


def test_another_sheet_of_the_file_is_named_as_not_read(cast: Cast):
    made = load_workbook(BytesIO(book(pupil())))
    made.create_sheet("教师")["A1"] = "姓名"

    batch = read(cast, saved(made))

    assert batch.sheet_name == "学生信息"
    assert "另有「教师」没有读取；需要时请分别上传。" in batch.notes


def test_columns_nobody_needs_are_named_as_not_kept(cast: Cast):
    batch = read(cast, plain_book([[*HEAD, "血型", "爱好"], line(1, "A", "足球")]))

    assert "控辍保学不需要的2列没有读取，也不保存：血型、爱好。" in batch.notes
    assert "足球" not in row(batch).payload


def test_dates_typed_as_excel_types_them_are_dates(cast: Cast):
    one = line()
    one[2], one[5] = date(2012, 5, 6), 202409
    bring_in(cast, plain_book([HEAD, one]))

    assert Child.objects.get().born_on == BORN


def test_a_sheet_with_grade_and_class_needs_no_month_of_entry(cast: Cast):
    head = ["姓名", "性别", "出生日期", "身份证号", "年级", "班级"]
    one = pupil(1)
    rows = [head, [one["姓名"], "男", "20120506", one["身份证件号"], "八年级", "2班"]]

    bring_in(cast, plain_book(rows))

    assert Child.objects.get().enrolments.get().school_class == cast.here.school_class


def test_a_blank_grade_without_a_month_of_entry_is_asked_for(cast: Cast):
    head = ["姓名", "性别", "出生日期", "身份证号", "年级", "班级"]
    one = pupil(1)

    batch = read(
        cast, plain_book([head, [one["姓名"], "男", "20120506", one["身份证件号"], None, "2班"]])
    )

    assert "不能确定年级" in words(row(batch).problems)


def test_father_and_mother_in_columns_of_their_own_are_two_guardians(cast: Cast):
    head = [*HEAD, "父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    bring_in(cast, plain_book([head, line(1, "王大", "13900000001", "李二", "13900000002")]))

    told = [(g.name, g.relation, g.phone) for g in Child.objects.get().guardians.all()]
    assert told == [("王大", "父亲", "13900000001"), ("李二", "母亲", "13900000002")]


def test_a_telephone_without_a_name_is_still_somebody_to_ring(cast: Cast):
    bring_in(cast, plain_book([[*HEAD, "联系电话"], line(1, "13900000001")]))

    guardian = Child.objects.get().guardians.get()
    assert (guardian.name, guardian.phone) == ("家长", "13900000001")


def test_whether_a_pupil_boards_may_be_asked_with_yes_or_no(cast: Cast):
    bring_in(cast, plain_book([[*HEAD, "是否住校"], line(1, "是"), line(2, "否")]))

    assert list(Child.objects.order_by("pk").values_list("boards", flat=True)) == [True, False]


def test_an_unknown_village_of_a_known_township_finds_the_township(cast: Cast):
    bring_in(cast, book(pupil(1, 户口所在地="530999101299"), pupil(2, 户口所在地="530111101299")))

    known, unknown = Child.objects.order_by("pk")
    assert (known.home_village, known.home_township) == (None, cast.here.township)
    assert (unknown.home_village, unknown.home_township) == (None, None)


def test_a_village_entered_later_is_filled_in_by_the_same_sheet(cast: Cast):
    content = book(pupil(1, 户口所在地="530999101299"))
    bring_in(cast, content)
    parent = Region.objects.get(code="530999101")
    region = Region.objects.create(
        code="530999101299", name="南村", parent=parent, valid_from=date(2025, 9, 1)
    )
    village = add_unit(UnitKind.VILLAGE, "南村村民委员会", region, cast.here.township)

    batch = bring_in(cast, content)

    assert Child.objects.get().home_village == village
    assert row(batch).changes == [{"label": "户籍村（居）", "old": "", "new": "南村村民委员会"}]
    assert read(cast, content).counts["unchanged"] == 1


def test_a_moved_hukou_brings_the_new_village(cast: Cast):
    bring_in(cast, book(pupil(1)))

    bring_in(cast, book(pupil(1, 户口所在地="530999102201")))

    child = Child.objects.get()
    assert (child.home_village, child.home_township) == (
        cast.there.village,
        cast.there.township,
    )


def test_a_child_of_a_nine_year_school_is_placed_by_age(cast: Cast):
    young = pupil(1, 出生日期="20180506", 身份证件类型="其他", 身份证件号="", 入学年月="202409")

    batch = read(cast, book(young))

    assert row(batch).class_label == "二年级2班"


def test_a_sheet_of_20000_rows_is_read_and_one_of_more_is_not(cast: Cast, monkeypatch):
    def sheet(rows: int) -> bytes:
        return plain_book([HEAD, *[["x"]] * rows])

    monkeypatch.setattr(
        previews, "check_sheet", lambda rows, place, layout, *tellers: _tell(len(list(rows)))
    )
    assert read(cast, sheet(20_000)).problem == "20001"
    assert "超过20000行" in read(cast, sheet(20_050)).problem
    assert "超过20000行" in read(cast, sheet(21_500)).problem


def _tell(rows: int) -> Any:
    raise reading.Unreadable(str(rows))


def test_the_reader_gets_no_secret_of_ours(cast: Cast, monkeypatch):
    given: dict[str, str] = {}
    popen: Any = subprocess.Popen

    def note(*args: Any, env: dict[str, str], **kwargs: Any) -> Any:
        given.update(env)
        return popen(*args, env=env, **kwargs)

    monkeypatch.setattr("subprocess.Popen", note)
    assert read(cast, book(pupil(1))).state == ImportBatch.PREVIEW
    assert set(given) == {"PATH", "LANG", "PYTHONUTF8"}


@pytest.mark.parametrize(("days", "kept"), [(30, True), (31, False)])
def test_the_uploaded_file_is_kept_for_30_days(cast: Cast, days: int, kept: bool):
    old = read(cast, book(pupil(1)))
    noon = datetime(2025, 9, 12, 12, tzinfo=get_default_timezone())
    ImportBatch.objects.filter(pk=old.pk).update(uploaded_at=noon - timedelta(days=days))

    read(cast, book(pupil(2)))

    assert bool(ImportPart.objects.get(batch=old).content_sealed) is kept
    assert old.rows.get().action == ImportRow.NEW
    assert row_of(old.rows.get()).values["home_region"] == VILLAGE_CODE
