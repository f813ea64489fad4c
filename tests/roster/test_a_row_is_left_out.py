"""A row that waits may be left out of the import: recorded, told in the receipt, and revocable."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, ImportBatch, ImportRow
from students.roster.rules.ids import invent
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, read, row, words, write

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

BAD = "53099920120506001"  # a digit short


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def choose(client: Any, batch: ImportBatch, number: int) -> ImportBatch:
    """Press 不导入这一行, or 恢复这一行."""
    client.post(f"/roster/import/{batch.pk}/rows/{number}/choose/")
    return run_job()


def test_of_two_equal_rows_one_is_left_out_and_the_other_goes_in(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(1)))
    assert batch.counts["refused"] == 2
    client = signed_in(client, cast)
    assert text(client.get(f"/roster/import/{batch.pk}/")).count("不导入这一行<") == 2

    batch = choose(client, batch, 3)

    assert (row(batch, 2).action, row(batch, 3).action) == (ImportRow.NEW, ImportRow.REFUSED)
    assert "已选择不导入这一行" in words(row(batch, 3).problems)
    event = AuditEvent.objects.get(verb="leave_row_out")
    assert event.details == {"row": 3}
    assert write(cast, batch).state == ImportBatch.DONE
    assert Child.objects.get().name == row(batch, 2).name


def test_the_receipt_and_the_error_book_tell_it(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))
    client = signed_in(client, cast)
    batch = write(cast, choose(client, batch, 3))

    sheet = load_workbook(BytesIO(client.get(f"/roster/import/{batch.pk}/receipt.xlsx").content))
    told = {line[0].value: line[1].value for line in sheet.active.iter_rows(min_row=2)}
    assert told["选择不导入的行"] == "第3行（共1行）"
    errors = load_workbook(BytesIO(client.get(f"/roster/import/{batch.pk}/errors.xlsx").content))
    said = [cell.value for cell in errors.active[2]]
    assert any("已选择不导入这一行" in str(words) for words in said)


def test_it_is_taken_back_into_the_import(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))
    client = signed_in(client, cast)
    batch = choose(client, batch, 3)
    assert "恢复这一行" in text(client.get(f"/roster/import/{batch.pk}/"))

    batch = choose(client, batch, 3)

    assert "应为18位" in words(row(batch, 3).problems)


def test_a_row_that_asks_who_it_is_may_be_left_out_too(cast: Cast, client):
    write(cast, read(cast, book(pupil(1))))
    born_on = Child.objects.get().born_on
    assert born_on is not None
    other = invent(born_on, 77, "1")
    batch = read(cast, book(pupil(1, 身份证件号=other)))
    assert row(batch).action == ImportRow.ASKED

    batch = choose(signed_in(client, cast), batch, 2)

    assert row(batch).action == ImportRow.REFUSED
    assert "已选择不导入这一行" in words(row(batch).problems)
    assert batch.counts["asked"] == 0


def test_a_row_without_a_question_is_not_left_out(cast: Cast, client):
    batch = read(cast, book(pupil(1)))
    client = signed_in(client, cast)
    shown = text(client.post(f"/roster/import/{batch.pk}/rows/2/choose/", follow=True))
    assert "这一行没有需要处理的问题" in shown
    assert row(batch).action == ImportRow.NEW


def test_a_home_told_in_words_is_counted_on_the_first_page(cast: Cast, client):
    batch = read(cast, book(pupil(1, 户口所在地="东镇无此村2组"), pupil(2)))
    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))
    assert "有 1 行的户口所在地写的是文字或位数不对" in shown
    assert "列入户籍待核实" in words(row(batch).warnings)
