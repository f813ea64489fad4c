"""The round trip through the pages: template, upload, progress, preview, confirm, drop."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.http import content_disposition_header
from openpyxl import load_workbook

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.roster import tasks
from students.roster.models import Child, ImportBatch, ImportRow
from students.roster.rules.columns import COLUMNS
from tests.browsing import let_in
from tests.cases.steps import at
from tests.cast import Cast, make_child
from tests.roster.sheets import book, pupil
from tests.roster.steps import TODAY, bring_in, read

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


@pytest.fixture
def sign_in(client, cast: Cast):
    def as_role(role: str = "registrar", there: bool = False) -> Any:
        let_in(client, cast.person(role, there))
        return client

    return as_role


def upload(client: Any, content: bytes, name: str = "名册.xlsx", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/roster/import/", {"file": file, "as_of": "2025-09-01"} | fields)


def run_job() -> ImportBatch:
    batch = ImportBatch.objects.latest("pk")
    assert batch.job is not None
    run = tasks.read_batch if batch.job.task.endswith("read_batch") else tasks.write_batch
    run(batch.job.pk)
    batch.refresh_from_db()
    return batch


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_whole_story_of_a_sheet_from_template_to_list(cast: Cast, sign_in):
    client = sign_in()
    response = upload(client, book(pupil(1), pupil(2, 身份证件号="5.30999E+17")))
    page = response["Location"]
    assert "正在排队" in text(client.get(page))

    run_job()
    preview = text(client.get(page))
    assert "表中共 <strong>2</strong> 行：新增 1" in preview
    assert "<strong>M3</strong> 证件号已被Excel转成数字" in preview
    assert "仅导入正确的 1 行" in preview
    assert "八年级2班" in preview
    assert not Child.objects.exists()

    assert client.post(f"{page}confirm/", {"decision": "write"})["Location"] == page
    assert run_job().state == ImportBatch.DONE
    assert "已导入" in text(client.get(page))
    assert "王小乙" in text(client.get("/roster/"))
    assert Child.objects.get().enrolments.get().starts_on == date(2025, 9, 1)


def test_the_template_uploaded_as_it_is_has_no_pupils(cast: Cast, sign_in):
    client = sign_in()
    response = client.get("/roster/template.xlsx")
    name = content_disposition_header(True, "学生信息导入模板.xlsx")
    assert response["Content-Disposition"] == name
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.max_column == len(COLUMNS)

    page = upload(client, response.content)["Location"]
    run_job()

    assert "表头下面没有数据行" in text(client.get(page))


def test_a_file_that_is_no_workbook_gets_words_and_the_template(cast: Cast, sign_in):
    client = sign_in()
    page = upload(client, b"hello", "notes.txt")["Location"]
    run_job()

    shown = text(client.get(page))

    assert "这不是表格文件" in shown
    assert "/roster/template.xlsx" in shown


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (b"", {}, "文件是空的（0字节）"),
        (b"x", {"as_of": ""}, "请填写数据日期"),
        (b"x", {"as_of": "去年"}, "请填写日期，如2025-09-01"),
        (b"x", {"as_of": "1999-12-31"}, "数据日期应在2000年之后"),
        (b"x", {"as_of": "2025-10-14"}, "不晚于今天之后31天"),
    ],
)
def test_a_wrong_form_is_answered_in_words_and_makes_no_batch(
    cast: Cast, sign_in, content, fields, words
):
    assert words in text(upload(sign_in(), content, **fields))
    assert not ImportBatch.objects.exists()


def test_a_form_without_a_file_is_answered_in_words(cast: Cast, sign_in):
    response = sign_in().post("/roster/import/", {"as_of": "2025-09-01"})
    assert "请选择要上传的名册文件" in text(response)


def test_the_day_31_days_ahead_is_still_allowed(cast: Cast, sign_in):
    assert upload(sign_in(), b"x", as_of="2025-10-13").status_code == 302


def test_progress_is_a_fragment_while_the_job_runs_and_a_reload_after(cast: Cast, sign_in):
    client = sign_in()
    status = upload(client, book(pupil(1)))["Location"] + "status/"

    running = client.get(status, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in text(running)
    run_job()

    over = client.get(status, headers={"HX-Request": "true"})
    assert over["HX-Refresh"] == "true"
    assert client.get(status).status_code == 302


def test_tabs_show_each_kind_of_row(cast: Cast, sign_in):
    bring_in(cast, book(pupil(1), pupil(2)))
    changed = pupil(1, 现住址="新村1组2号")
    batch = read(cast, book(changed, pupil(3), pupil(4, 班级="火箭班")))
    client = sign_in()

    def shown(tab: str) -> str:
        return text(client.get(f"/roster/import/{batch.pk}/", {"show": tab}))

    assert "P4" in text(client.get(f"/roster/import/{batch.pk}/"))
    assert "<del>东镇东村1组…</del> → <ins>新村1组2号</ins>" in shown("changed")
    assert "王小丁" in shown("new")
    assert "在籍但不在本表中，保留不动" in shown("absent")
    assert "这一类没有行" in shown("moved")
    assert "P4" in shown("nonsense")


def test_the_same_file_as_before_is_pointed_out(cast: Cast, sign_in):
    content = book(pupil(1))
    bring_in(cast, content)
    batch = read(cast, content)

    shown = text(sign_in().get(f"/roster/import/{batch.pk}/"))

    assert "同一文件已在" in shown
    assert "没有需要写入的变化" in shown


def test_a_dropped_batch_stays_listed(cast: Cast, sign_in):
    batch = read(cast, book(pupil(1)), name="八年级名册.xlsx")
    client = sign_in()

    client.post(f"/roster/import/{batch.pk}/drop/")

    listed = text(client.get("/roster/import/"))
    assert "八年级名册.xlsx" in listed
    assert "已取消《八年级名册.xlsx》的导入，名册没有改动。" in listed
    assert not Child.objects.exists()


def test_confirming_twice_is_answered_in_words(cast: Cast, sign_in):
    batch = bring_in(cast, book(pupil(1)))
    client = sign_in()

    client.post(f"/roster/import/{batch.pk}/confirm/", {"decision": "write"})

    shown = text(client.get(f"/roster/import/{batch.pk}/"))
    assert "这一批名册已导入，不能再次确认" in shown


def test_a_batch_of_another_school_does_not_exist(cast: Cast, sign_in):
    batch = read(cast, book(pupil(1)))
    client = sign_in(there=True)

    assert client.get(f"/roster/import/{batch.pk}/").status_code == 404
    for act in ("status", "confirm", "drop"):
        url = f"/roster/import/{batch.pk}/{act}/"
        response = client.get(url) if act == "status" else client.post(url)
        assert response.status_code == 404
    batch.refresh_from_db()
    assert batch.state == ImportBatch.PREVIEW
    assert "名册.xlsx" not in text(client.get("/roster/import/"))


def test_another_school_s_id_in_the_form_is_refused(cast: Cast, sign_in):
    response = upload(sign_in(), book(pupil(1)), school=cast.there.school.pk)

    assert response.status_code == 200
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("role", ["class_teacher", "central_school", "supervisor", "village_cadre"])
def test_who_may_not_import_is_refused(cast: Cast, sign_in, role: str):
    batch = read(cast, book(pupil(1)))
    client = sign_in(role)

    for path in ("", f"{batch.pk}/", f"{batch.pk}/status/"):
        assert client.get(f"/roster/import/{path}").status_code == 403
    for act in ("confirm", "drop"):
        assert client.post(f"/roster/import/{batch.pk}/{act}/").status_code == 403
    assert client.get("/roster/template.xlsx").status_code == 403


def test_a_batch_is_confirmed_by_post_only(cast: Cast, sign_in):
    batch = read(cast, book(pupil(1)))

    assert sign_in().get(f"/roster/import/{batch.pk}/confirm/").status_code == 405


def test_looking_at_a_preview_is_in_the_audit_with_the_children(cast: Cast, sign_in):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(pupil(1)))

    sign_in().get(f"/roster/import/{batch.pk}/")

    event = AuditEvent.objects.get(verb="preview_roster")
    child = batch.rows.get(action=ImportRow.UNCHANGED).child
    assert child is not None
    assert event.children == [child.pk]


def test_a_preview_shows_no_number_in_the_clear(cast: Cast, sign_in):
    bring_in(cast, book(pupil(1)))
    batch = read(cast, book(pupil(1, 成员1联系电话="13911112222")))

    shown = text(sign_in().get(f"/roster/import/{batch.pk}/"))

    assert "<del>139****0001</del> → <ins>139****2222</ins>" in shown
    assert "13911112222" not in shown
    assert str(pupil(1)["身份证件号"]) not in shown


def test_a_first_roster_is_dated_by_the_term_s_first_day_a_later_one_by_today(cast, sign_in):
    page = text(sign_in().get("/roster/import/"))
    assert 'name="as_of" value="2025-09-01"' in page
    make_child(cast.here)
    page = text(sign_in().get("/roster/import/"))
    assert f'name="as_of" value="{TODAY:%Y-%m-%d}"' in page
