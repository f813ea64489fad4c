"""下载错误表: the refused rows as uploaded, wrong cells red, sent back into the same batch."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from foundation import clock
from students.roster.imports.books.error_book import CHECK, ROW_NO, WHY
from students.roster.models import Child, ImportBatch, ImportRow, ReturnedBook
from students.roster.rules.columns import COLUMNS
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text
from tests.roster.sheets import book, plain_book, pupil, saved
from tests.roster.steps import TODAY, bring_in, read, row, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

BAD = "53099920120506001"
RED = "00FFC7CE"
ID_NO = 13  # column M
LAST = len(COLUMNS)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def two_wrong(cast: Cast) -> ImportBatch:
    return read(
        cast,
        book(pupil(1), pupil(2, 身份证件号=BAD), pupil(3), pupil(4, 出生日期="不详")),
    )


def download(client: Any, batch: ImportBatch) -> Workbook:
    response = client.get(f"/roster/import/{batch.pk}/errors.xlsx")
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content))


def send_back(client: Any, batch: ImportBatch, content: bytes) -> ImportBatch:
    file = SimpleUploadedFile("错误表.xlsx", content)
    client.post(f"/roster/import/{batch.pk}/errors/", {"file": file})
    return run_job()


def test_it_holds_the_refused_rows_as_they_were_uploaded(cast: Cast, client):
    batch = two_wrong(cast)

    sheet = download(signed_in(client, cast), batch).active

    assert [cell.value for cell in sheet[1]] == [
        *[column.title for column in COLUMNS],
        ROW_NO,
        WHY,
        CHECK,
    ]
    assert sheet.cell(2, LAST + 1).value.isdecimal()
    assert [sheet.cell(line, 2).value for line in (2, 3)] == ["王小丙", "王小戊"]
    assert sheet.max_row == 3
    assert sheet.cell(2, ID_NO).value == BAD
    assert sheet.cell(2, 20).value == "东镇东村2组8号"


def test_a_number_is_read_whole_and_a_narrow_sheet_prints_on_one_page(cast: Cast, client):
    batch = two_wrong(cast)
    wide = download(signed_in(client, cast), batch).active
    assert wide.column_dimensions["M"].width > len(str(pupil(4)["身份证件号"]))
    assert not wide.sheet_properties.pageSetUpPr.fitToPage
    one = pupil(5)
    head = ["姓名", "性别", "出生日期", "身份证件号", "班级", "入学年月"]
    narrow = read(cast, plain_book([head, [one[at] for at in head[:3]] + [BAD, "2", "202409"]]))

    page = download(client, narrow).active

    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_wrong_cells_are_red_with_a_comment_and_no_others(cast: Cast, client):
    sheet = download(signed_in(client, cast), two_wrong(cast)).active

    red = [
        cell.coordinate
        for line in sheet.iter_rows(min_row=2)
        for cell in line
        if cell.fill.fgColor.rgb == RED
    ]
    assert red == ["M2", "D3"]
    assert "应为18位，现为17位" in sheet["M2"].comment.text
    assert sheet["M3"].comment is None
    assert sheet.cell(2, LAST + 2).value.startswith("身份证件号：")
    assert sheet.column_dimensions[sheet.cell(1, LAST + 3).column_letter].hidden


@pytest.mark.parametrize(
    "payload", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "=cmd|'/c'!A0"]
)
def test_no_cell_is_a_formula_or_a_link(cast: Cast, client, payload: str):
    batch = read(cast, book(pupil(1, 姓名=payload, 现住址=payload, 身份证件号=payload)))

    sheet = download(signed_in(client, cast), batch).active

    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert sheet.cell(2, 2).value == payload


def test_a_corrected_workbook_replaces_the_refused_rows(cast: Cast, client):
    batch = two_wrong(cast)
    client = signed_in(client, cast)
    made = download(client, batch)
    made.active["M2"] = pupil(2)["身份证件号"]
    made.active["D3"] = "20120506"

    batch = send_back(client, batch, saved(made))

    assert (batch.counts["new"], batch.counts["refused"], batch.counts["rows"]) == (4, 0, 4)
    assert row(batch, 3).name == "王小丙"
    assert "已采用" not in text(client.get(f"/roster/import/{batch.pk}/"))  # nothing left to mend
    write(cast, batch)
    assert Child.objects.count() == 4


def test_rows_still_wrong_or_not_sent_back_stay_refused_and_none_is_lost(cast: Cast, client):
    batch = two_wrong(cast)
    client = signed_in(client, cast)
    made = download(client, batch)
    made.active["M2"] = "53"
    made.active.delete_rows(3)

    batch = send_back(client, batch, saved(made))

    assert (batch.counts["new"], batch.counts["refused"], batch.counts["rows"]) == (2, 2, 4)
    assert "已采用《错误表.xlsx》中的 1 行" in text(client.get(f"/roster/import/{batch.pk}/"))
    again = download(client, batch).active
    assert [again.cell(line, 2).value for line in (2, 3)] == ["王小丙", "王小戊"]
    assert again["M2"].value == "53"


def test_rows_may_come_back_in_another_order_under_titles_of_the_office(cast: Cast, client):
    batch = two_wrong(cast)
    client = signed_in(client, cast)
    sheet = download(client, batch).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    lines[1][12], lines[2][3] = pupil(2)["身份证件号"], "20120506"

    batch = send_back(client, batch, plain_book([lines[0], lines[2], lines[1]]))

    assert batch.counts["refused"] == 0
    assert (row(batch, 3).name, row(batch, 5).name) == ("王小丙", "王小戊")


def refusal(cast: Cast, client: Any, change: Any) -> str:
    batch = two_wrong(cast)
    client = signed_in(client, cast)
    made = download(client, batch)
    change(made.active)
    batch = send_back(client, batch, saved(made))
    assert batch.state == ImportBatch.PREVIEW
    assert (batch.counts["new"], batch.counts["refused"]) == (2, 2)
    assert ReturnedBook.objects.get().content_sealed == ""
    shown = text(client.get(f"/roster/import/{batch.pk}/"))
    assert "《错误表.xlsx》没有采用" in shown
    return ReturnedBook.objects.get().problem


def test_a_row_of_no_number_is_refused_and_changes_none(cast: Cast, client):
    def add(sheet):
        sheet["M2"] = pupil(2)["身份证件号"]
        sheet["B4"] = "新来的"

    assert "错误表第4行的「原行号」不是本批待改正的行" in refusal(cast, client, add)


def test_a_changed_row_number_is_refused(cast: Cast, client):
    def change(sheet):
        sheet.cell(2, LAST + 1).value = "2"

    assert "错误表第2行的「原行号」" in refusal(cast, client, change)


def test_the_same_row_twice_is_refused(cast: Cast, client):
    def double(sheet):
        for column in (LAST + 1, LAST + 3):
            sheet.cell(3, column).value = sheet.cell(2, column).value

    assert "对应原表同一行（第3行），请只保留一行" in refusal(cast, client, double)


def test_another_sheet_is_no_error_workbook(cast: Cast, client):
    def cut(sheet):
        sheet.delete_cols(LAST + 1)

    assert "没有「原行号」列" in refusal(cast, client, cut)


def test_a_workbook_of_another_batch_is_refused(cast: Cast, client):
    client = signed_in(client, cast)
    other = saved(download(client, two_wrong(cast)))
    batch = two_wrong(cast)

    batch = send_back(client, batch, other)

    assert "不是本批待改正的行" in ReturnedBook.objects.get().problem
    assert batch.counts["refused"] == 2


def test_what_is_no_workbook_is_told_in_words(cast: Cast, client):
    batch = two_wrong(cast)
    batch = send_back(signed_in(client, cast), batch, b"hello")

    assert batch.state == ImportBatch.PREVIEW
    assert ReturnedBook.objects.get().problem


@pytest.mark.parametrize("fields", [{}, {"file": SimpleUploadedFile("a.xlsx", b"")}])
def test_no_file_or_an_empty_one_is_answered_in_words(cast: Cast, client, fields):
    batch = two_wrong(cast)

    page = signed_in(client, cast).post(f"/roster/import/{batch.pk}/errors/", fields, follow=True)

    assert "错误表" in text(page)
    assert not ReturnedBook.objects.exists()


def test_without_refused_rows_there_is_no_workbook(cast: Cast, client):
    batch = read(cast, book(pupil(1)))

    page = signed_in(client, cast).get(f"/roster/import/{batch.pk}/errors.xlsx", follow=True)

    assert "这一批没有不能导入的行" in text(page)


def test_after_the_import_the_refused_rows_can_still_be_fetched(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    assert download(signed_in(client, cast), batch).active.max_row == 2
    assert batch.rows.get(action=ImportRow.REFUSED).row_no == 3


def test_it_is_the_own_school_s_only(cast: Cast, client):
    batch = two_wrong(cast)
    page = f"/roster/import/{batch.pk}/errors.xlsx"

    assert signed_in(client, cast, there=True).get(page).status_code == 404
    assert signed_in(client, cast, "class_teacher").get(page).status_code == 403
