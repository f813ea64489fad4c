"""Confirming, the result with its receipt, and what is offered afterwards."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from foundation import clock
from students.roster.imports.views import batches
from students.roster.models import Child, ImportBatch
from tests.cases.steps import at
from tests.cast import Cast
from tests.roster.pages import run_job, signed_in, text, upload
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, bring_in, read

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

BAD = "53099920120506001"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


def test_the_decision_repeats_how_many_rows_of_which_classes(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2, 班级="3"), pupil(3, 身份证件号=BAD)))

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert "将写入 2 行，涉及八年级2班等2个班。" in shown
    assert "仅导入正确的 2 行" in shown
    assert "全部取消" in shown


def test_one_class_is_named_alone(cast: Cast, client):
    batch = read(cast, book(pupil(1), pupil(2)))

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert "涉及八年级2班。" in shown


@pytest.mark.parametrize("fields", [{}, {"decision": "all"}])
def test_without_a_decision_nothing_happens(cast: Cast, client, fields):
    batch = read(cast, book(pupil(1)))

    page = signed_in(client, cast).post(f"/roster/import/{batch.pk}/confirm/", fields, follow=True)

    assert "请先选择「仅导入正确的行」或「全部取消」" in text(page)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW


def test_all_may_be_given_up_in_the_same_place(cast: Cast, client):
    batch = read(cast, book(pupil(1)))

    signed_in(client, cast).post(f"/roster/import/{batch.pk}/confirm/", {"decision": "drop"})

    batch.refresh_from_db()
    assert batch.state == ImportBatch.DROPPED
    assert not Child.objects.exists()


def test_the_result_leads_to_the_pupils_and_a_preview_does_not(cast: Cast, client):
    page = upload(signed_in(client, cast), book(pupil(1)))
    run_job()
    assert "</a></td>" not in text(client.get(page)).split('data-label="姓名"')[1][:60]

    client.post(f"{page}confirm/", {"decision": "write"})
    run_job()

    child = Child.objects.get()
    shown = text(client.get(page))
    assert f'<a href="/pupils/{child.pk}/">王小乙</a>' in shown
    assert client.get(f"/pupils/{child.pk}/").status_code == 200


def test_the_receipt_names_file_hash_person_time_and_counts(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1), pupil(2, 身份证件号=BAD)))

    response = signed_in(client, cast).get(f"/roster/import/{batch.pk}/receipt.xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    told = {line[0].value: line[1].value for line in sheet.iter_rows(min_row=2)}
    assert told["文件"] == "名册.xlsx"
    assert told["文件校验值（SHA-256）"] == batch.file_hash
    assert told["上传人"] == str(batch.uploaded_by.person)
    assert told["上传时间"].startswith("2025年9月12日")
    assert (told["表中行数"], told["新增"], told["不能导入"]) == ("2", "1", "1")
    assert (told["涉及班级"], told["保留系统值的栏目"]) == ("八年级2班", "无")
    assert sheet.page_setup.paperSize == 9


def test_a_file_s_name_in_the_receipt_is_never_a_formula(cast: Cast, client):
    batch = read(cast, book(pupil(1)), name="=1+1.xlsx")
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.DONE, done_at=at(TODAY))

    response = signed_in(client, cast).get(f"/roster/import/{batch.pk}/receipt.xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    types = {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value}
    assert types == {"s"}


def test_before_the_end_there_is_no_receipt(cast: Cast, client):
    batch = read(cast, book(pupil(1)))

    page = signed_in(client, cast).get(f"/roster/import/{batch.pk}/receipt.xlsx", follow=True)

    assert "写入完成后才有回执" in text(page)


@pytest.mark.parametrize(("hours", "offered"), [(0, True), (24, True), (24.01, False)])
def test_taking_it_back_is_offered_for_24_hours(cast: Cast, client, monkeypatch, hours, offered):
    batch = bring_in(cast, book(pupil(1)))
    ImportBatch.objects.update(done_at=at(TODAY))
    plain = reverse

    def known(name, *args, **kwargs):
        return "/undo/" if name == "undo_import" else plain(name, *args, **kwargs)

    monkeypatch.setattr(batches, "reverse", known)
    monkeypatch.setattr(clock, "now", lambda: at(TODAY) + timedelta(hours=hours))

    shown = text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))

    assert ("撤销本次导入" in shown) is offered


def test_without_its_address_taking_it_back_is_not_offered(cast: Cast, client, monkeypatch):
    batch = bring_in(cast, book(pupil(1)))
    plain = reverse

    def unknown(name, *args, **kwargs):
        if name == "undo_import":
            raise NoReverseMatch
        return plain(name, *args, **kwargs)

    monkeypatch.setattr(batches, "reverse", unknown)

    assert "撤销本次导入" not in text(signed_in(client, cast).get(f"/roster/import/{batch.pk}/"))


def test_every_batch_is_listed(cast: Cast, client):
    batch = bring_in(cast, book(pupil(1)))

    shown = text(signed_in(client, cast).get("/roster/import/"))

    assert batch.file_name in shown
    assert batch.file_hash[32:] not in shown
    assert "已导入" in shown


def test_the_upload_says_what_is_taken_and_that_nothing_need_be_changed(cast: Cast, client):
    shown = text(signed_in(client, cast).get("/roster/import/"))

    assert "不需要改动国网导出的表" in shown
    assert "不超过10 MB、20000行、200列" in shown
    assert 'accept=".xlsx,.xls,.et,.ods,.csv,.txt,.html,.htm"' in shown


def test_a_form_sent_by_htmx_is_led_to_the_batch_as_a_whole(cast: Cast, client):
    client = signed_in(client, cast)
    client.defaults["HTTP_HX_REQUEST"] = "true"
    page = text(client.post("/roster/import/", {"as_of": "2025-09-12"}))
    assert 'id="upload"' in page

    file = BytesIO(book(pupil(1)))
    file.name = "名册.xlsx"
    response = client.post("/roster/import/", {"file": file, "as_of": "2025-09-12"})

    batch = ImportBatch.objects.get()
    assert response["HX-Redirect"] == f"/roster/import/{batch.pk}/"
